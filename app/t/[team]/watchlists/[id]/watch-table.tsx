import { CalendarRange } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { CategoryName } from "@/app/_ui/category-name";
import { Sparkline } from "@/app/_ui/charts/sparkline";
import { useLabels } from "@/app/_ui/labels";
import { MetricHead } from "@/app/_ui/metric-head";
import { ReceiptLink, receiptHref } from "@/app/_ui/receipt-link";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { ColorDot } from "@/app/t/[team]/watchlists/color-dot";
import type { Metric } from "@/lib/insights/schemas";
import { day, fullMoment } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";
import { isNotUpdated, type WatchView, type WatchViewItem } from "@/lib/tracking/watch-view";
import { FigureCell } from "./figure-cell";
import { ItemActions } from "./item-actions";
import { OrderedRows } from "./ordered-rows";

type Props = {
  slug: string;
  view: WatchView;
  figures: readonly Metric[];
  /** How many windows back changes are counted. */
  span: number;
  now: Date;
  timeZone: string;
  canWrite: boolean;
  /** Items before those of this page. */
  before: number;
  /** Where the months of an item are shown. */
  monthsHref: (item: WatchViewItem) => string;
};

/** What is watched, one row a category in a region. On a phone the same table reads as cards. */
export function WatchTable({ slug, view, figures, span, now, timeZone, canWrite, before, monthsHref }: Props) {
  const t = useTranslations();
  const labels = useLabels();
  const locale = useLocale();
  const maxGap = view.window.includes("-") ? 1 : Number(view.window);
  const baseOf = (item: WatchViewItem) => item.before.find(({ windows }) => windows === span) ?? null;
  const nameOf = (item: WatchViewItem) => item.name ?? t("explore.unknownCategory", { id: item.categoryId });
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
            <th scope="col">{t("watchlists.column.rank")}</th>
            <th scope="col">{t("watchlists.column.fetched")}</th>
            <th scope="col">
              <span className="sr-only">{t("watchlists.column.actions")}</span>
            </th>
          </tr>
        </thead>
        <OrderedRows
          slug={slug}
          listId={view.list.id}
          before={before}
          rows={view.items.map((item, index) => ({
            id: item.id,
            cells: (
              <>
                <td className="rank">
                  {item.current && (
                    <ReceiptLink
                      href={receiptHref(slug, item.current.receiptId, item.current.place)}
                      what={`${nameOf(item)} · ${labels.region(item.region)}`}
                    />
                  )}
                  {before + index + 1}
                </td>
                <NameCell
                  item={item}
                  name={nameOf(item)}
                  region={labels.region(item.region)}
                  href={categoryHref(slug, item.categoryId, { region: item.region, window: view.window })}
                />
                {figures.map((metric) => (
                  <FigureCell
                    key={metric}
                    item={item}
                    metric={metric}
                    before={baseOf(item)}
                    dayOf={(at) => day(at, now, locale, timeZone)}
                  >
                    <Sparkline
                      points={item.series.map(({ x, values }) => ({ x, value: values[metric] ?? null }))}
                      maxGap={maxGap}
                    />
                  </FigureCell>
                ))}
                <td className="wrank" data-label={t("watchlists.column.rank")}>
                  {item.lastRank === null ? (
                    <span className="text-text-3">{MISSING}</span>
                  ) : (
                    <>
                      #{item.lastRank.rank}
                      <span className="block text-text-3 text-xs">
                        {day(item.lastRank.fetchedAt, now, locale, timeZone)}
                      </span>
                    </>
                  )}
                </td>
                <td className="wage text-text-2" data-label={t("watchlists.column.fetched")}>
                  {item.current === null ? (
                    <span className="text-text-3">{t("watchlists.notFetched")}</span>
                  ) : (
                    <>
                      <span title={fullMoment(item.current.fetchedAt, locale, timeZone)}>
                        {labels.age(item.current.fetchedAt, now)}
                      </span>
                      {isNotUpdated(item.current, baseOf(item)) && (
                        <span className="block whitespace-normal text-text-3 text-xs">
                          {t("watchlists.notUpdated", {
                            day: day(baseOf(item)?.fetchedAt ?? "", now, locale, timeZone),
                          })}
                        </span>
                      )}
                    </>
                  )}
                </td>
                <td className="wact">
                  <Link
                    href={monthsHref(item)}
                    prefetch={false}
                    className="row-button"
                    aria-label={t("months.open", { name: `${nameOf(item)} · ${labels.region(item.region)}` })}
                    title={t("months.open", { name: nameOf(item) })}
                  >
                    <CalendarRange size={15} aria-hidden="true" />
                  </Link>
                  {canWrite && (
                    <ItemActions
                      slug={slug}
                      listId={view.list.id}
                      item={item}
                      name={`${nameOf(item)} · ${labels.region(item.region)}`}
                      position={before + index + 1}
                      total={view.total}
                      mayMove={view.tag === null}
                    />
                  )}
                </td>
              </>
            ),
          }))}
        />
      </table>
    </ScrollRegion>
  );
}

type NameProps = { item: WatchViewItem; name: string; region: string; href: string };

function NameCell({ item, name, region, href }: NameProps) {
  const t = useTranslations("watchlists");
  const path = item.path.join(" › ");
  const provider = item.providerName === null ? null : t("providerName", { name: item.providerName });
  return (
    <th scope="row" className="cat" title={[provider, path].filter(Boolean).join(" · ") || undefined}>
      <span className="flex items-center gap-1.5">
        <ColorDot color={item.color} />
        <span className="name">
          <CategoryName name={name} href={href} />
        </span>
      </span>
      <span className="path">
        {region}
        {item.providerName !== null && ` · ${item.providerName}`}
        {item.providerName === null && path && ` · ${path}`}
      </span>
      {item.tags.length > 0 && (
        <span className="mt-0.5 flex flex-wrap gap-1">
          {item.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </span>
      )}
      {item.note && <span className="path whitespace-pre-line! text-text-2!">{item.note}</span>}
    </th>
  );
}
