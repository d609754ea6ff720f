import Link from "next/link";
import { useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { EmptyState } from "@/app/_ui/empty-state";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import type { CategoryFacts, CategoryPlace } from "@/lib/insights/read-category";
import { tablePageOf } from "@/lib/platform/format/table-page";

type Props = { slug: string; level: CategoryFacts["level"]; below: CategoryPlace[]; table: TableAddress };

/** A first- or second-level category has no figures: those below it that the team has learned of. */
export function BelowList({ slug, level, below, table }: Props) {
  const t = useTranslations("category");
  const shown = tablePageOf(below, table.look, ({ id, name }) => [name, id]);
  const links = shown.items.map(({ id, name }) => (
    <li key={id}>
      <Link href={categoryHref(slug, id)} prefetch={false} className="link">
        {name ?? t("unnamed", { id })}
      </Link>
    </li>
  ));
  return (
    <div id="below" className="sheet">
      <TableFind address={table} shown={shown} table={t("below")} />
      <EmptyState title={t("noFiguresTitle")}>
        <p>{t("noFiguresText", { level: t(`levels.${level}`) })}</p>
        {links.length > 0 && <ul className="mt-2 grid gap-1 text-left sm:grid-cols-2 sm:gap-x-6">{links}</ul>}
      </EmptyState>
      {below.length > 0 && shown.total === 0 && <NothingFound address={table} table={t("below")} />}
      <TablePages address={table} shown={shown} table={t("below")} />
    </div>
  );
}
