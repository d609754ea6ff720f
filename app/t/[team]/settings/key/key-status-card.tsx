import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import { moment } from "@/lib/platform/format/date";
import type { KeyStatus } from "@/lib/teams/schemas";
import { TestKey } from "./test-key";

type Props = {
  status: KeyStatus;
  slug: string;
  now: Date;
  timeZone: string;
  mayWrite: boolean;
  canSpend: boolean;
};

/** Which source the team uses and how its key fares: last four characters, last success, last refusal. */
export function KeyStatusCard({ status, slug, now, timeZone, mayWrite, canSpend }: Props) {
  const t = useTranslations("key");
  const reasons = useTranslations("client.problem.reason");
  const locale = useLocale();
  const labels = useLabels();
  const { key, upstream, host } = status;
  const at = (iso: string) => moment(iso, now, locale, timeZone);

  if (!upstream || !key) {
    return (
      <section className="sheet p-4 sm:p-5">
        <p>{t("none")}</p>
      </section>
    );
  }
  const isSandbox = upstream === "sandbox";
  const refusalKey = `refusals.${key.lastRefusal}` as never;
  const refusal = key.lastRefusal && t.has(refusalKey) ? t(refusalKey) : key.lastRefusal;
  const facts: [string, string][] = [
    [t("saved"), key.createdBy ? t("savedBy", { when: at(key.createdAt), name: key.createdBy }) : at(key.createdAt)],
    [t("lastSuccess"), key.lastSuccessAt ? at(key.lastSuccessAt) : t("never")],
    [
      t("lastRefusal"),
      key.lastRefusalAt ? t("refusalOf", { when: at(key.lastRefusalAt), reason: refusal ?? "" }) : t("never"),
    ],
  ];
  return (
    <section className="sheet p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h2>{isSandbox ? t("sandbox") : host ? t("liveHost", { host }) : t("live")}</h2>
        <StateTag keyFacts={key} />
      </div>
      {isSandbox ? (
        <p className="mt-1 text-pretty text-text-2">{t("sandboxText")}</p>
      ) : (
        <p className="num mt-1 text-text-2">{t("lastFour", { lastFour: key.lastFour })}</p>
      )}
      <dl className="num mt-3.5 grid gap-x-6 gap-y-2.5 sm:grid-cols-3">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt className="text-text-3 text-xs">{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {key.rejectedAt && (
        <div className="notice notice-bad mt-3.5">
          <p className="font-semibold">{t("rejectedTitle")}</p>
          <p>
            {key.rejectedReason && reasons.has(key.rejectedReason as never)
              ? reasons(key.rejectedReason as never)
              : t("rejectedUnknown")}
          </p>
          <p>{t("rejectedText")}</p>
        </div>
      )}
      {key.outOfCreditsAt && <p className="notice notice-warn mt-3.5">{t("outOfCreditsText")}</p>}
      {mayWrite && !isSandbox && (
        <div className="mt-4 flex flex-wrap items-center gap-2">
          <TestKey
            slug={slug}
            timeZone={timeZone}
            priceCredits={PRICE_CREDITS}
            label={t("test", { price: labels.credits(PRICE_CREDITS) })}
            canSpend={canSpend}
          />
        </div>
      )}
    </section>
  );
}

type StateFacts = Pick<NonNullable<KeyStatus["key"]>, "rejectedAt" | "outOfCreditsAt" | "lastSuccessAt">;

function StateTag({ keyFacts }: { keyFacts: StateFacts }) {
  const t = useTranslations("key");
  if (keyFacts.rejectedAt) return <span className="tag tag-bad">{t("stateRejected")}</span>;
  if (keyFacts.outOfCreditsAt) return <span className="tag tag-warn">{t("stateOutOfCredits")}</span>;
  if (keyFacts.lastSuccessAt) return <span className="tag tag-good">{t("stateGood")}</span>;
  return <span className="tag">{t("stateNew")}</span>;
}
