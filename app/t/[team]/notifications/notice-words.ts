import { useLocale, useTranslations } from "next-intl";
import { useAlertWords } from "@/app/_ui/alert-words";
import { useBreakWords } from "@/app/_ui/break-words";
import { useLabels } from "@/app/_ui/labels";
import { alertNoticeSchema } from "@/lib/alerts/schemas";
import { METRICS } from "@/lib/insights/schemas";
import { limitWords } from "@/lib/mail/limit-words";
import type { Notification } from "@/lib/notifications/schemas";
import { day } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";

export type Reader = { memberId: string; now: Date; timeZone: string; upstream: "live" | "sandbox" | null };
export type NoticeWords = {
  title: string;
  /** Each stays on one line where it fits. */
  facts: string[];
};

/** Says a notification in the reader's language, from its facts. */
export function useNoticeWords({ memberId, now, timeZone }: Reader): (notice: Notification) => NoticeWords {
  const t = useTranslations("notifications");
  const locale = useLocale();
  const alertWords = useAlertWords(now, timeZone);
  const breakWords = useBreakWords();
  const labels = useLabels();

  return (notice) => {
    const name = notice.name ?? MISSING;
    switch (notice.kind) {
      case "alert": {
        const told = alertNoticeSchema.parse(notice.facts);
        const facts = [...alertWords.facts(told), ...alertWords.ofRule(notice.facts.ruleName)];
        return { title: alertWords.title(told), facts };
      }
      case "provider_changed": {
        const { region, window, more } = notice.facts;
        return {
          title: breakWords.title({ ...notice.facts, metric: metricOf(notice.facts.metric) }),
          facts: [
            labels.question({ region, window }),
            ...(more > 0 ? [t("provider.more", { count: more })] : []),
            t("provider.text"),
          ],
        };
      }
      case "limit_reached_percent":
        return limitWords((key, values) => t(key, values as never), locale, notice.facts, {
          name,
          isOwn: notice.facts.memberId === memberId,
          at: now,
          timeZone,
        });
      case "limit_asked": {
        const { credits } = notice.facts;
        const title = credits === null ? t("asked.titleOpen", { name }) : t("asked.title", { name, count: credits });
        return { title, facts: [t("asked.text")] };
      }
      case "limit_granted":
        return { title: t("granted.title", { count: notice.facts.credits }), facts: [t("granted.text", { name })] };
      case "limit_declined":
        return { title: t("declined.title"), facts: [t("declined.text", { name })] };
      case "recheck_due": {
        const { kind, categoryId, categoryName, decidedOn } = notice.facts;
        const date = day(`${decidedOn}T12:00:00Z`, now, locale, "UTC");
        return {
          title: t("recheck.title", { category: categoryName ?? t("recheck.unnamed", { id: categoryId }) }),
          facts: [t(`recheck.${kind}`, { day: date }), t("recheck.text")],
        };
      }
      case "schedule_skipped": {
        const { scheduleName, reason } = notice.facts;
        return {
          title: t("skipped.title", { name: scheduleName || t("skipped.private") }),
          facts: [t(`skipped.${reason}`), t("skipped.text")],
        };
      }
      case "schedules_replanned": {
        const { slower, faster, resting } = notice.facts;
        return { title: t("replanned.title"), facts: [t("replanned.text", { slower, faster, resting })] };
      }
      case "unsettled_open":
        return {
          title: t("unsettled.title", { count: notice.facts.requests }),
          facts: [t("unsettled.text", { count: notice.facts.credits })],
        };
      case "key_rejected":
        return { title: t("keyRejected.title", { lastFour: notice.facts.lastFour }), facts: [t("keyRejected.text")] };
      case "upstream_out_of_credits":
        return { title: t("outOfCredits.title"), facts: [t("outOfCredits.text", { lastFour: notice.facts.lastFour })] };
      case "webhook_off": {
        const { webhookName, reason } = notice.facts;
        return { title: t("webhookOff.title", { name: webhookName }), facts: [t(`webhookOff.${reason}`)] };
      }
      default:
        return unworded(notice);
    }
  };
}

const metricOf = (name: string | null) => METRICS.find((metric) => metric === name) ?? null;

function unworded(notice: never): never {
  throw new Error(`No words for ${JSON.stringify(notice)}: useNoticeWords names each kind`);
}
