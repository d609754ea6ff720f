import Link from "next/link";
import { useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { EmptyState } from "@/app/_ui/empty-state";
import type { CategoryFacts, CategoryPlace } from "@/lib/insights/read-category";

type Props = { slug: string; level: CategoryFacts["level"]; below: CategoryPlace[] };

/** A first- or second-level category has no figures: those below it that the team has learned of. */
export function BelowList({ slug, level, below }: Props) {
  const t = useTranslations("category");
  const links = below.map(({ id, name }) => (
    <li key={id}>
      <Link href={categoryHref(slug, id)} prefetch={false} className="link">
        {name ?? t("unnamed", { id })}
      </Link>
    </li>
  ));
  return (
    <div className="sheet">
      <EmptyState title={t("noFiguresTitle")}>
        <p>{t("noFiguresText", { level: t(`levels.${level}`) })}</p>
        {links.length > 0 && <ul className="mt-2 grid gap-1 text-left sm:grid-cols-2 sm:gap-x-6">{links}</ul>}
      </EmptyState>
    </div>
  );
}
