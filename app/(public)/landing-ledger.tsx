import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { exactNumber } from "@/lib/platform/format/number";

const LINES = [
  { who: "Mia Keller", query: { region: "US", window: "7" }, outcome: "charged", credits: 2 },
  { who: "Chen Wei", query: { region: "US", window: "7" }, outcome: "stored", credits: 0 },
  { who: "Li Na", query: { region: "DE", window: "30" }, outcome: "not_charged", credits: 0 },
  { who: "Li Na", query: { region: "GB", window: "7" }, outcome: "unsettled", credits: 2 },
] as const;

/** A glimpse of the ledger: who asked for what, and what came of it. */
export function LandingLedger() {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  return (
    <figure className="sheet grid grid-rows-[auto_1fr_auto] gap-2 p-4">
      <figcaption>
        <strong className="block font-semibold">{t("landing.ledgerTitle")}</strong>
        <span className="text-pretty text-text-2">{t("landing.ledgerText")}</span>
      </figcaption>
      <table className="table self-center max-sm:[&_:is(td,th)]:px-1">
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("credits.who")}
            </th>
            <th scope="col" className="l">
              {t("credits.question")}
            </th>
            <th scope="col" className="l">
              {t("credits.outcome")}
            </th>
            <th scope="col">{t("credits.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {LINES.map(({ who, query, outcome, credits }) => (
            <tr key={`${query.region} ${outcome}`}>
              <td className="l">{who}</td>
              <td className="l whitespace-normal!">{labels.question(query, { brief: true })}</td>
              <td className="l whitespace-normal!">
                {outcome === "stored" ? (
                  t("usage.log.stored")
                ) : (
                  <span className={outcome === "unsettled" ? "tag tag-warn" : ""}>
                    {t(`credits.outcomes.${outcome}`)}
                  </span>
                )}
              </td>
              <td>{exactNumber(credits, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-text-3 text-xs">{t("landing.preview")}</p>
    </figure>
  );
}
