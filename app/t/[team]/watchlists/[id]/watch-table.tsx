import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { MetricHead } from "@/app/_ui/metric-head";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { Metric } from "@/lib/insights/schemas";
import type { Watched, WatchView } from "@/lib/tracking/watch-view";
import { OrderedRows } from "./ordered-rows";
import type { WatchTableWords } from "./watch-row-cells";
import { watchRows } from "./watch-rows";

type Props = {
  slug: string;
  view: WatchView;
  figures: readonly Metric[];
  /** How many windows back changes are counted. */
  span: number;
  now: Date;
  timeZone: string;
  /** Where the items stand, and what lists there are; null for those who may not change any. */
  watched: Watched | null;
  /** Items before those of this page. */
  before: number;
  /** Where the months of an item are shown, up to its id. */
  monthsHref: string;
};

/** What is watched, one row a category in a region. On a phone the same table reads as cards. */
export function WatchTable({ slug, view, figures, span, now, timeZone, watched, before, monthsHref }: Props) {
  const t = useTranslations();
  const labels = useLabels();
  const locale = useLocale();
  const act = (key: "up" | "down" | "edit") => ({
    name: t(`watchlists.act.${key}`, { name: "{name}" }),
    hint: t(`watchlists.hint.${key}`),
  });
  const words: WatchTableWords = {
    figures: figures.map((metric) => t(`metric.${metric}.label`)),
    rank: t("watchlists.column.rank"),
    fetched: t("watchlists.column.fetched"),
    notFetched: t("watchlists.notFetched"),
    withinRounding: t("watchlists.withinRounding"),
    receipt: t("receipts.linkOf", { what: "{what}" }),
    receiptTitle: t("receipts.title"),
    months: t("months.open", { name: "{name}" }),
    monthsHint: t("watchlists.hint.months"),
    pick: t("compare.pick", { name: "{name}" }),
    actions: watched && {
      up: act("up"),
      down: act("down"),
      edit: act("edit"),
      drag: t("watchlists.hint.drag"),
      star: t("client.star.on", { name: "{name}", lists: "{lists}" }),
    },
  };
  return (
    <ScrollRegion label={t("watchlists.scroll")} className={figures.length > 6 ? "overflow-x-auto" : "scroller"}>
      <table className="table ranking watch cards" aria-label={t("watchlists.table")}>
        <thead>
          <tr>
            <th scope="col" className="rank">
              {t("metric.position.label")}
            </th>
            <MetricHead column="category" className="cat" />
            {figures.map((metric) => (
              <MetricHead key={metric} column={metric} />
            ))}
            <th scope="col">{words.rank}</th>
            <th scope="col">{words.fetched}</th>
            <th scope="col">
              <span className="sr-only">{t("watchlists.column.actions")}</span>
            </th>
          </tr>
        </thead>
        <OrderedRows
          slug={slug}
          listId={view.list.id}
          window={view.window}
          rowsJson={JSON.stringify(
            watchRows(view, figures, span, {
              t,
              locale,
              region: labels.region,
              age: (at) => labels.age(at, now),
              now,
              timeZone,
              watched,
            }),
          )}
          lists={watched?.lists ?? []}
          words={words}
          before={before}
          total={view.total}
          mayMove={view.tag === null}
          monthsHref={monthsHref}
        />
      </table>
    </ScrollRegion>
  );
}
