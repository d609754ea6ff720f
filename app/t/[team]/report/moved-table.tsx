import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { Amount, valueText, Weight } from "@/app/t/[team]/movements";
import { moment } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";
import type { Movement, Movements } from "@/lib/tracking/movement-schemas";

type Props = { movements: Movements; now: Date; timeZone: string };

/** What moved as a table for paper: each with both of its figures and their moments. */
export function MovedTable({ movements, now, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const { metric, window } = movements;
  const side = (of: Movement["before"]) =>
    of && (
      <>
        {valueText(of.value, metric, locale) ?? MISSING}
        <span className="block text-text-3 text-xs">{moment(of.fetchedAt, now, locale, timeZone)}</span>
      </>
    );
  return (
    <ScrollRegion label={t("report.movedScroll")} className="overflow-x-auto">
      <table className="table answers" aria-label={t("moved.title")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("metric.category.label")}
            </th>
            <th scope="col" className="l">
              {t("report.regions")}
            </th>
            <th scope="col">{t("report.before")}</th>
            <th scope="col">{t("report.after")}</th>
            <th scope="col">{t("report.change")}</th>
            <th scope="col" className="l">
              {t("report.weight")}
            </th>
          </tr>
        </thead>
        <tbody>
          {movements.items.map((item) => (
            <tr key={`${item.region} ${item.categoryId}`}>
              <th scope="row" className="l" lang={item.ownName ? undefined : "en"}>
                {item.name ?? item.categoryId}
              </th>
              <td className="l">{labels.region(item.region)}</td>
              <td>{side(item.before)}</td>
              <td>{side(item.after)}</td>
              <td>
                <Amount item={item} metric={metric} />
              </td>
              <td className="l min-w-56 whitespace-normal! text-text-2">
                <Weight item={item} window={window} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
