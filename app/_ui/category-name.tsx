import { SoftLink } from "./soft-link";

/** The name of a category in a table, leading to its own page where it has one. */
export function CategoryName({ name, href }: { name: string; href: string | null }) {
  if (href === null) return name;
  return (
    <SoftLink href={href} className="hover:underline">
      {name}
    </SoftLink>
  );
}
