import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { Savings } from "@/lib/credits/savings-schemas";
import { exactNumber } from "@/lib/platform/format/number";
import { PressMend } from "./press-mend";
import { timeSpan } from "./time-span";

type Props = { slug: string; savings: Savings; span: string; mayWrite: boolean };

/** What the period would have cost with a longer freshness, and the way to set it. */
export function LongerFreshness({ slug, savings, span, mayWrite }: Props) {
  const t = useTranslations("savings");
  const locale = useLocale();
  const { minutes, version, longer } = savings.freshness;
  const spanOf = (some: number) => {
    const { unit, count } = timeSpan(some);
    return t(`units.${unit}`, { count });
  };
  const title = t("freshness.title");
  return (
    <section className="sheet min-w-0">
      <header className="grid gap-1 px-3.5 pt-3 pb-2.5">
        <h2>{title}</h2>
        <p className="text-pretty text-text-2">
          {t(longer.length > 0 ? "freshness.text" : "freshness.none", { span: spanOf(minutes), period: span })}
        </p>
        {longer.length > 0 && !mayWrite && <p className="text-pretty text-text-3">{t("freshness.viewer")}</p>}
      </header>
      {longer.length > 0 && (
        <ScrollRegion label={t("scroll", { name: title })} className="overflow-x-auto">
          <table className="table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col" className="l pl-3.5!">
                  {t("freshness.column")}
                </th>
                <th scope="col">{t("freshness.credits")}</th>
                <th scope="col">{t("freshness.less")}</th>
                {mayWrite && (
                  <th scope="col">
                    <span className="sr-only">{t("freshness.act")}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {[{ minutes, credits: savings.spent }, ...longer].map((one, index) => (
                <tr key={one.minutes}>
                  <th scope="row" className="l pl-3.5! font-medium! text-[0.8125rem]! text-text!">
                    {index === 0 ? t("freshness.now", { span: spanOf(minutes) }) : spanOf(one.minutes)}
                  </th>
                  <td>{exactNumber(one.credits, locale)}</td>
                  <td className={index === 0 ? "text-text-3" : ""}>
                    {exactNumber(savings.spent - one.credits, locale)}
                  </td>
                  {mayWrite && (
                    <td>
                      {index > 0 && (
                        <PressMend
                          slug={slug}
                          path="/team"
                          body={{ freshnessMinutes: one.minutes, version }}
                          label={t("freshness.set", { span: spanOf(one.minutes) })}
                          done={t("freshness.done", { span: spanOf(one.minutes) })}
                        />
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
