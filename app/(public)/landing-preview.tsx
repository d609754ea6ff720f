import { useLocale, useTranslations } from "next-intl";
import { Change } from "@/app/_ui/change";
import { useLabels } from "@/app/_ui/labels";
import { topCategoryName } from "@/lib/insights/category-names";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import { amount, compactNumber, percent } from "@/lib/platform/format/number";

const ROWS = [
  { name: "Perfume", top: "Beauty & Personal Care", posts: 61_200, change: 4.2, ctr: 1.2, cpa: 4.6 },
  { name: "Lipstick & Lip Gloss", top: "Beauty & Personal Care", posts: 39_500, change: 27.3, ctr: 2.05, cpa: 8.77 },
  { name: "Storage Boxes & Bins", top: "Home Supplies", posts: 29_100, change: -6.1, ctr: 2.3, cpa: 9.35 },
  { name: "Pet Beds", top: "Pet Supplies", posts: 19_100, change: 12.4, ctr: 2.68, cpa: null },
] as const;

/** A glimpse of the ranking for the landing page, with figures that say they are invented. */
export function LandingPreview() {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  return (
    <figure className="sheet overflow-hidden shadow-float">
      <div className="num flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-4 py-2.5 text-text-2">
        <span className="grow">{labels.question({ region: "US", window: "7" })}</span>
        <span className="max-sm:hidden">
          {t.rich("explore.storedCopy", { free: labels.credits(0), b: (text) => <strong>{text}</strong> })}
        </span>
        <span className="btn btn-spend pointer-events-none" aria-hidden="true">
          {t("explore.refresh", { price: labels.credits(PRICE_CREDITS) })}
        </span>
      </div>
      <table className="table [&_th]:max-w-20 [&_th]:whitespace-normal! max-sm:[&_:is(td,th)]:px-2">
        <thead>
          <tr>
            <th scope="col" className="l pl-4!">
              {t("metric.category.label")}
            </th>
            <th scope="col">{t("metric.posts.label")}</th>
            <th scope="col">{t("metric.postsChangePct.label")}</th>
            <th scope="col" className="max-sm:hidden">
              CTR
            </th>
            <th scope="col" className="max-sm:hidden">
              CPA
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.name}>
              <td className="l pl-4!">
                <span className="block font-semibold leading-tight">{row.name}</span>
                <span className="block text-[0.71875rem] text-text-3 leading-tight">
                  {topCategoryName(row.top, locale)}
                </span>
              </td>
              <td>{compactNumber(row.posts, locale)}</td>
              <td>
                <Change pct={row.change} />
              </td>
              <td className="max-sm:hidden">{percent(row.ctr)}</td>
              <td className="max-sm:hidden">{amount(row.cpa, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="border-line border-t px-4 py-2 text-text-3 text-xs">{t("landing.preview")}</figcaption>
    </figure>
  );
}
