import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { RunButton } from "@/app/_ui/run-button";
import { RunProgress } from "@/app/_ui/run-progress";
import { moment } from "@/lib/platform/format/date";
import type { SourceCheck, SourceChecks } from "@/lib/tracking/source-check-schemas";
import { SourceFindings } from "./source-findings";

type Props = {
  checks: SourceChecks;
  /** The check that the address names; else the newest. */
  chosen: string | null;
  slug: string;
  now: Date;
  timeZone: string;
  isSandbox: boolean;
  mayCheck: boolean;
  /** Of the newest check. */
  canStop: boolean;
};

/** What is assumed of the provider, held against what it answers: a check, its price, and what the last ones found. */
export function SourceCheckCard({ checks, chosen, slug, now, timeZone, isSandbox, mayCheck, canStop }: Props) {
  const t = useTranslations("sourceCheck");
  const locale = useLocale();
  const labels = useLabels();
  const { items, credits, requests } = checks;
  const [newest] = items;
  const shown = items.find(({ run }) => run.id === chosen) ?? newest;
  const isUnderWay = newest !== undefined && newest.run.finishedAt === null;
  const told = ({ run, key }: SourceCheck) =>
    t("checked", {
      when: moment(run.requestedAt, now, locale, timeZone),
      name: run.member.name,
      price: labels.credits(run.creditsSpent),
      key: key.name || t("keyOf", { lastFour: key.lastFour }),
    });
  return (
    <section id="source" className="sheet scroll-mt-4 p-4 sm:p-5" aria-labelledby="check-source">
      <h2 id="check-source">{t("title")}</h2>
      <p className="mt-1 text-pretty text-text-2">
        {t("lead", { count: requests })}{" "}
        <Link href="/help#assumed" prefetch={false} className="link">
          {t("assumed")}
        </Link>
      </p>
      {isSandbox && <p className="mt-1 text-pretty text-text-2">{t("sandbox")}</p>}
      <div className="mt-3.5 grid gap-3">
        {newest && newest.run.state !== "done" && <RunProgress slug={slug} run={newest.run} canStop={canStop} />}
        {mayCheck && !isUnderWay && (
          <div className="flex flex-wrap items-center gap-2">
            <RunButton
              slug={slug}
              path="/key/check"
              label={t("button", { price: labels.credits(credits) })}
              priceCredits={credits}
              canSpend
              timeZone={timeZone}
              className="max-sm:w-full"
            />
          </div>
        )}
        {!shown && <p className="text-text-2">{t("none")}</p>}
        {shown?.run.finishedAt && (
          <div className="grid gap-2">
            <p className="num text-pretty text-text-2">{told(shown)}</p>
            {shown.findings === null ? (
              <p className="text-text-2">{t("nothingAsked")}</p>
            ) : (
              <>
                {shown.run.state !== "done" && <p className="text-pretty text-text-2">{t("short")}</p>}
                <SourceFindings check={shown} slug={slug} now={now} timeZone={timeZone} />
              </>
            )}
          </div>
        )}
        {items.length > 1 && (
          <nav aria-label={t("earlier")}>
            <h3 className="font-medium">{t("earlier")}</h3>
            <ul className="num mt-1 grid gap-0.5">
              {items.map((check) => (
                <li key={check.run.id}>
                  <Link
                    href={`/t/${slug}/settings/key?check=${check.run.id}#source`}
                    prefetch={false}
                    className="link"
                    aria-current={check.run.id === shown?.run.id ? "true" : undefined}
                  >
                    {told(check)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </section>
  );
}
