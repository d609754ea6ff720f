import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { hourText, weekdayText } from "@/app/_ui/hour-words";
import { useLabels } from "@/app/_ui/labels";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { WEBHOOK_SUBJECTS, type Webhook } from "@/lib/webhooks/schemas";

type Props = { slug: string; webhooks: Webhook[]; now: Date };

/** Webhooks with what each is told and when, and whether it works. */
export function WebhookTable({ slug, webhooks, now }: Props) {
  const t = useTranslations("webhooks");
  const locale = useLocale();
  const labels = useLabels();
  const state = ({ offReason, failingSince, lastDeliveredAt }: Webhook) => {
    if (offReason) return <span className="tag">{t(`off.${offReason}`)}</span>;
    if (failingSince) return <span className="text-bad">{t("failing", { age: labels.age(failingSince, now) })}</span>;
    return lastDeliveredAt ? t("fine", { age: labels.age(lastDeliveredAt, now) }) : t("unused");
  };
  const when = (webhook: Webhook) => {
    const { timing, digestHour, digestWeekday, quietFrom, quietTo } = webhook;
    const weekday = weekdayText(digestWeekday, locale);
    const told = t(`timing.${timing}`, { hour: hourText(digestHour), weekday });
    if (timing !== "at_once" || quietFrom === null || quietTo === null) return told;
    return `${told} · ${t("quiet", { from: hourText(quietFrom), to: hourText(quietTo) })}`;
  };
  return (
    <ScrollRegion label={t("scroll")}>
      <table className="table searches cards" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("name")}
            </th>
            <th scope="col" className="l">
              {t("told")}
            </th>
            <th scope="col" className="l">
              {t("when")}
            </th>
            <th scope="col" className="l">
              {t("state")}
            </th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <tr key={webhook.id}>
              <th scope="row" className="name l">
                <Link
                  href={`/t/${slug}/settings/webhooks/${webhook.id}`}
                  prefetch={false}
                  className="link wrap-anywhere inline-block font-semibold"
                >
                  {webhook.name}
                </Link>
                <span className="wrap-anywhere block font-normal text-text-3 text-xs">
                  {t(`formats.${webhook.format}`)} · {webhook.host}
                </span>
              </th>
              <td className="l text-text-2">
                {[
                  t("rules", { count: webhook.rules }),
                  ...WEBHOOK_SUBJECTS.filter((one) => webhook[one]).map((one) => t(one)),
                ].join(" · ")}
              </td>
              <td className="l text-text-2">{when(webhook)}</td>
              <td className="l text-text-2">{state(webhook)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
