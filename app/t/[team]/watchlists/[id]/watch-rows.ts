import "server-only";
import type { useTranslations } from "next-intl";
import { fill, memoized } from "@/app/_ui/fill";
import { figureText } from "@/app/_ui/metric-columns";
import { packSeries } from "@/lib/charts/pack-series";
import { topCategoryName } from "@/lib/insights/category-names";
import type { Metric, Region } from "@/lib/insights/schemas";
import { isStep } from "@/lib/insights/within-rounding";
import { day, fullMoment } from "@/lib/platform/format/date";
import { signedPercent } from "@/lib/platform/format/number";
import { isNotUpdated, type Watched, type WatchView, type WatchViewItem } from "@/lib/tracking/watch-view";
import type { WatchFigure, WatchRow } from "./watch-row-cells";

type Reader = {
  t: ReturnType<typeof useTranslations<never>>;
  locale: string;
  region: (code: Region) => string;
  age: (at: string) => string;
  now: Date;
  timeZone: string;
  watched: Watched | null;
};

/**
 * The rows of a list in the reader's words. Hundreds of cells say the same few sentences of the same few days, so each
 * is worded once.
 */
export function watchRows(
  { items }: WatchView,
  figures: readonly Metric[],
  span: number,
  { t, locale, now, timeZone, watched, ...reader }: Reader,
): WatchRow[] {
  const dayOf = memoized((at: string) => day(at, now, locale, timeZone));
  const momentOf = memoized((at: string) => fullMoment(at, locale, timeZone));
  const [regionOf, ageOf] = [memoized(reader.region), memoized(reader.age)];
  const since = t("watchlists.since", { value: "{value}", day: "{day}" });
  const notUpdated = t("watchlists.notUpdated", { day: "{day}" });
  const provider = t("watchlists.providerName", { name: "{name}" });
  const onList = t("client.star.onList", { list: "{list}" });
  const onBy = t("client.star.onBy", { list: "{list}", who: "{who}" });
  const heldBack = t("watchlists.heldBack");
  const nothingBefore = t("watchlists.sinceNothing");

  function figureOf(item: WatchViewItem, metric: Metric, before: WatchViewItem["before"][number] | null): WatchFigure {
    const value = item.current?.figures[metric] ?? null;
    const { text, exact } = figureText(value, metric, locale);
    if (!item.current) return { text };
    const old = before?.figures[metric] ?? null;
    const change = signedPercent(
      old === null || value === null || old === 0 ? null : ((value - old) / Math.abs(old)) * 100,
    );
    const sinceText = before?.held.includes(metric)
      ? heldBack
      : before
        ? fill(since, { value: figureText(old, metric, locale).text, day: dayOf(before.fetchedAt) })
        : nothingBefore;
    const points = item.series.map(({ x, values }) => ({ x, value: values[metric] ?? null }));
    return {
      text,
      title: exact ? `${exact} · ${sinceText}` : sinceText,
      course: packSeries(points),
      change: change && { text: change.text, tone: isStep(old, value) ? "rounded" : change.direction },
    };
  }

  return items.map((item) => {
    const before = item.before.find(({ windows }) => windows === span) ?? null;
    const path = item.path.map((part, level) => (level === 0 ? topCategoryName(part, locale) : part)).join(" › ");
    const own = item.providerName;
    const { id, categoryId, region, note, tags, color, version, current, lastRank } = item;
    const above = own ?? path;
    const places = watched?.items[`${categoryId}/${region}`] ?? [];
    return {
      id,
      categoryId,
      region,
      note,
      tags,
      color,
      version,
      name: item.name ?? t("explore.unknownCategory", { id: categoryId }),
      regionName: regionOf(region),
      above,
      title: [own === null ? "" : fill(provider, { name: own }), path].filter(Boolean).join(" · "),
      receipt: current && { id: current.receiptId, place: current.place },
      figures: figures.map((metric) => figureOf(item, metric, before)),
      rank: lastRank && { rank: lastRank.rank, day: dayOf(lastRank.fetchedAt) },
      age: current && { text: ageOf(current.fetchedAt), exact: momentOf(current.fetchedAt) },
      notUpdated: before && isNotUpdated(current, before) ? fill(notUpdated, { day: dayOf(before.fetchedAt) }) : null,
      places,
      placesText: places
        .map(({ listName, addedBy }) =>
          addedBy ? fill(onBy, { list: listName, who: addedBy }) : fill(onList, { list: listName }),
        )
        .join(" · "),
    };
  });
}
