import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { categoryHref } from "@/app/_ui/category-href";
import { type FigureHead, FigureHeads } from "@/app/_ui/figure-heads";
import { type FigureRow, FigureRows } from "@/app/_ui/figure-rows";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { SaveFoot } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { useFigureHead } from "@/app/_ui/use-figure-head";
import type { DatedFigures, Peer } from "@/lib/insights/read-category-now";
import type { Watched } from "@/lib/tracking/watch-view";
import { type CategoryAddress, categoryFileHref } from "./address";

type Sibling = DatedFigures & Pick<Peer, "id" | "name">;
type Props = {
  slug: string;
  chosen: CategoryAddress;
  /** In the order in which they stand, with the category itself among them. */
  rows: readonly Sibling[];
  id: string;
  now: Date;
  /** What is watched of them; left out where that is not said. */
  watched?: Watched | null;
  /** The way to the other rows. */
  pages?: ReactNode;
};

const COLUMNS = ["posts", "postsChangePct", "ctrPct", "cvrPct", "cpa"] as const;

/** The categories under the same second level, by popularity, each by its newest stored figures. */
export function SiblingsTable({ slug, chosen, rows, id, now, watched = null, pages }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const head = useFigureHead();
  const heads: FigureHead[] = [
    head("category", { className: "l" }),
    ...COLUMNS.map((column) => head(column)),
    { key: "fetched", text: t("category.fetched") },
  ];
  const drawn = rows.map((row): FigureRow => {
    const name = row.name ?? t("explore.unknownCategory", { id: row.id });
    const { region } = chosen;
    return {
      id: row.id,
      name,
      href: categoryHref(slug, row.id, chosen),
      isHere: row.id === id,
      ...(watched && {
        star: {
          categoryId: row.id,
          region,
          name: `${name} · ${labels.region(region)}`,
          places: watched.items[`${row.id}/${region}`] ?? [],
        },
      }),
      cells: [
        ...COLUMNS.map((column) => ({
          ...figureText(row.figures[column], column, locale),
          ...(column === "postsChangePct" && { changePct: row.figures.postsChangePct }),
        })),
        { text: labels.age(row.fetchedAt, now), kind: "age" as const },
      ],
    };
  });
  return (
    <>
      <ScrollRegion label={t("category.siblingsScroll")} className="max-h-[28rem] overflow-auto">
        <table className="table siblings" aria-label={t("category.siblings")}>
          <FigureHeads headsJson={JSON.stringify(heads)} />
          <FigureRows slug={slug} rowsJson={JSON.stringify(drawn)} watching={watched} />
        </table>
      </ScrollRegion>
      {pages}
      <SaveFoot href={categoryFileHref(slug, id, "siblings", chosen)} name={t("category.siblings")} />
    </>
  );
}
