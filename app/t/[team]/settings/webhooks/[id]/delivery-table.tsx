import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { fullMoment, moment, time } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import type { Delivery } from "@/lib/webhooks/schemas";
import { Redeliver } from "./redeliver";

type Props = {
  slug: string;
  webhookId: string;
  deliveries: Delivery[];
  now: Date;
  timeZone: string;
  canWrite: boolean;
};

const KINDS = [
  "kinds.alert",
  "kinds.limit_reached_percent",
  "kinds.unsettled_open",
  "kinds.key_rejected",
  "kinds.upstream_out_of_credits",
  "kinds.provider_changed",
  "kinds.review",
  "kinds.test",
] as const;

/** What was sent, with each attempt: when, what was answered, how long it took. */
export function DeliveryTable({ slug, webhookId, deliveries, now, timeZone, canWrite }: Props) {
  const t = useTranslations("webhooks");
  const locale = useLocale();
  const kind = (word: string) => t(KINDS.find((known) => known === `kinds.${word}`) ?? "kinds.other");
  return (
    <ScrollRegion label={t("logScroll")}>
      <table className="table searches cards" aria-label={t("log")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("message")}
            </th>
            <th scope="col" className="l">
              {t("state")}
            </th>
            <th scope="col" className="l">
              {t("attempts")}
            </th>
            <th scope="col">{t("actions")}</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map(({ id, createdAt, kinds, items, state, nextTryAt, attempts }) => {
            const at = moment(createdAt, now, locale, timeZone);
            const what = kinds.map(kind).join(", ");
            return (
              <tr key={id}>
                <th scope="row" className="name l">
                  {what}
                  {items > 1 && ` · ${t("items", { count: items })}`}
                  <time
                    dateTime={createdAt}
                    title={fullMoment(createdAt, locale, timeZone)}
                    className="num block font-normal text-text-3 text-xs"
                  >
                    {at}
                  </time>
                </th>
                <td className={`l ${state === "failed" ? "text-bad" : "text-text-2"}`}>
                  {t(`states.${state}`, { at: nextTryAt ? moment(nextTryAt, now, locale, timeZone) : "" })}
                </td>
                <td className="l text-text-2">
                  <ol className="num grid gap-0.5">
                    {attempts.map(({ number, startedAt, byHand, status, latencyMs, problem, answer }) => (
                      <li key={number} className="wrap-anywhere text-xs" title={answer ?? undefined}>
                        {[
                          time(startedAt, locale, timeZone),
                          ...(status === null ? [] : [`HTTP ${status}`]),
                          ...(latencyMs === null ? [] : [t("milliseconds", { ms: exactNumber(latencyMs, locale) })]),
                          ...(byHand ? [t("byHand")] : []),
                          ...(problem === null ? [] : [t(`problem.${problem}`)]),
                        ].join(" · ")}
                        {problem !== null && answer !== null && (
                          <code className="block max-w-96 text-text-3">{answer}</code>
                        )}
                      </li>
                    ))}
                  </ol>
                </td>
                <td className="next">
                  {canWrite && <Redeliver slug={slug} webhookId={webhookId} deliveryId={id} what={`${what}, ${at}`} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
