import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { CategoryStar } from "@/app/_ui/category-star";
import { useLabels } from "@/app/_ui/labels";
import { MetricHead } from "@/app/_ui/metric-head";
import { Opened } from "@/app/_ui/opened";
import { ReceiptLink, receiptHref } from "@/app/_ui/receipt-link";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { SpendButton } from "@/app/_ui/spend-button";
import { ShownChange } from "@/app/t/[team]/categories/[id]/shown-change";
import { useShownWords } from "@/app/t/[team]/categories/[id]/shown-words";
import type { Compared } from "@/lib/insights/compare-schemas";
import type { RegionsOfCategory } from "@/lib/insights/read-regions";
import { type Standing, standingsOf } from "@/lib/insights/region-standing";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import { day, fullMoment } from "@/lib/platform/format/date";
import type { Watched } from "@/lib/tracking/watch-view";

type Props = {
  slug: string;
  categoryId: string;
  name: string;
  /** Rolling days, or one calendar month. */
  window: string;
  metric: Compared;
  found: RegionsOfCategory;
  /** Null where nothing is offered to be bought. */
  canSpend: boolean | null;
  now: Date;
  timeZone: string;
  /** What is watched of it in these regions; left out where that is not said. */
  watched?: Watched | null;
};

/** One category in every region that the team has anything of: where it is high or rising, and what filling a hole costs. */
export function WhereTable(props: Props) {
  const { slug, categoryId, name, window, metric, found, canSpend, now, timeZone, watched = null } = props;
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const standings = standingsOf(
    metric,
    found.items.map(({ region, value, before }) => ({ region, value, before: before?.value ?? null })),
  );
  const rows = found.items
    .map((item, index) => ({ item, standing: standings[index] as Standing }))
    .sort(
      (a, b) =>
        order(b.standing) - order(a.standing) ||
        labels.region(a.item.region).localeCompare(labels.region(b.item.region), locale),
    );
  const holes = [...found.holes].sort((a, b) => labels.region(a).localeCompare(labels.region(b), locale));
  const star = (region: string) => (
    <CategoryStar slug={slug} categoryId={categoryId} region={region} name={name} watched={watched} />
  );
  return (
    <ScrollRegion label={t("compare.whereScroll")} className="overflow-x-auto">
      <Opened slug={slug} receiptIds={found.items.map(({ receiptId }) => receiptId)} />
      <table className="table answers" aria-label={t("compare.view.where")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("explore.region")}
            </th>
            <MetricHead column={metric === "rank" ? "position" : metric} label={words.label(metric)} />
            <th scope="col" className="l">
              {t("compare.change")}
            </th>
            <th scope="col" className="l">
              {t("compare.standing")}
            </th>
            <th scope="col" className="l">
              {t("category.fetched")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ item, standing }) => {
            const { text, exact } = words.value(item.value, metric);
            return (
              <tr key={item.region}>
                <th scope="row" className="l">
                  <span className="inline-flex items-center">
                    {star(item.region)}
                    <Link
                      href={categoryHref(slug, categoryId, { region: item.region, window })}
                      prefetch={false}
                      className="link"
                    >
                      {labels.region(item.region)}
                    </Link>
                  </span>
                </th>
                <td title={exact}>
                  <ReceiptLink
                    href={receiptHref(slug, item.receiptId, item.place)}
                    what={`${name} · ${labels.region(item.region)}`}
                  />
                  {text}
                </td>
                <td className="l">
                  <ShownChange
                    metric={metric}
                    {...standing}
                    since={item.before && day(item.before.fetchedAt, now, locale, timeZone)}
                  />
                </td>
                <td className="l">{standingText(standing)}</td>
                <td className="l text-text-3" title={fullMoment(item.fetchedAt, locale, timeZone)}>
                  {labels.age(item.fetchedAt, now)}
                </td>
              </tr>
            );
          })}
          {holes.map((region) => (
            <tr key={region}>
              <th scope="row" className="l">
                <span className="inline-flex items-center">
                  {star(region)}
                  {labels.region(region)}
                </span>
              </th>
              <td colSpan={4} className="l whitespace-normal!">
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-text-3 max-sm:w-44">
                  {t("compare.hole")}
                  {canSpend !== null && (
                    <span className="print:hidden">
                      <SpendButton
                        slug={slug}
                        label={t("compare.fetchIn", {
                          price: labels.credits(PRICE_CREDITS),
                          region: labels.region(region),
                        })}
                        priceCredits={PRICE_CREDITS}
                        question={{ region, window, category: categoryId, page: 1 }}
                        canSpend={canSpend}
                        timeZone={timeZone}
                      />
                    </span>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );

  function standingText({ isHigh, isRising }: Standing): string {
    if (isHigh && isRising) return t("compare.standings.both");
    if (isHigh) return t("compare.standings.high");
    if (isRising) return t("compare.standings.rising");
    return t(isHigh === null && isRising === null ? "compare.standings.unknown" : "compare.standings.neither");
  }
}

const order = ({ isHigh, isRising }: Standing) => (isHigh ? 2 : 0) + (isRising ? 1 : 0);
