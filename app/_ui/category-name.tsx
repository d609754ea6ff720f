import Link from "next/link";

/** The name of a category in a table, leading to its own page where it has one. */
export function CategoryName({ name, href }: { name: string; href: string | null }) {
  if (href === null) return name;
  return (
    <Link href={href} prefetch={false} className="hover:underline">
      {name}
    </Link>
  );
}
