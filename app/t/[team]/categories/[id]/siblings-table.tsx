import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { CategoryStar } from "@/app/_ui/category-star";
import { Change } from "@/app/_ui/change";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { MetricHead } from "@/app/_ui/metric-head";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { DatedFigures, Peer } from "@/lib/insights/read-category-now";
import type { Watched } from "@/lib/tracking/watch-view";
import type { CategoryAddress } from "./address";

type Row = DatedFigures & Pick<Peer, "id" | "name">;
type Props = {
  slug: string;
  chosen: CategoryAddress;
  /** With the category itself among them. */
  rows: Row[];
  id: string;
  now: Date;
  /** What is watched of them; left out where that is not said. */
  watched?: Watched | null;
};

const COLUMNS = ["posts", "postsChangePct", "ctrPct", "cvrPct", "cpa"] as const;

/** The categories under the same second level, by popularity, each by its newest stored figures. */
export function SiblingsTable({ slug, chosen, rows, id, now, watched = null }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  return (
    <ScrollRegion label={t("category.siblingsScroll")} className="max-h-[28rem] overflow-auto">
      <table className="table siblings" aria-label={t("category.siblings")}>
        <thead>
          <tr>
            <MetricHead column="category" className="l" />
            {COLUMNS.map((column) => (
              <MetricHead key={column} column={column} />
            ))}
            <th scope="col">{t("category.fetched")}</th>
          </tr>
        </thead>
        <tbody>
          {[...rows]
            .sort((a, b) => (b.figures.posts ?? -1) - (a.figures.posts ?? -1))
            .map((row) => {
              const name = row.name ?? t("explore.unknownCategory", { id: row.id });
              return (
                <tr key={row.id}>
                  <th scope="row" className="l">
                    <span className="inline-flex items-center">
                      <CategoryStar
                        slug={slug}
                        categoryId={row.id}
                        region={chosen.region}
                        name={name}
                        watched={watched}
                      />
                      {row.id === id ? (
                        <b>{name}</b>
                      ) : (
                        <Link href={categoryHref(slug, row.id, chosen)} prefetch={false} className="link">
                          {name}
                        </Link>
                      )}
                    </span>
                  </th>
                  {COLUMNS.map((column) => {
                    const { text, exact } = figureText(row.figures[column], column, locale);
                    return (
                      <td key={column} title={exact}>
                        {column === "postsChangePct" ? <Change pct={row.figures.postsChangePct} /> : text}
                      </td>
                    );
                  })}
                  <td className="text-text-3">{labels.age(row.fetchedAt, now)}</td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
