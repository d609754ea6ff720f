import Link from "next/link";
import { useTranslations } from "next-intl";

/** Back to what a page shows to who has chosen nothing; its address says so, so that it also counts as chosen. */
export function ResetFilters({ href, className }: { href: string; className: string }) {
  const t = useTranslations("filters");
  return (
    <Link href={href} prefetch={false} scroll={false} className={`btn btn-quiet ${className}`}>
      {t("reset")}
    </Link>
  );
}
