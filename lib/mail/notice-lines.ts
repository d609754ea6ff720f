import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { NOTICE_FACTS, type NoticeFacts } from "@/lib/notifications/schemas";
import { day, monthName } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

/** Facts of a notification, with the name of the member or token that they are about, and when it was told. */
export type NoticeTold = {
  kind: string;
  facts: unknown;
  name: string | null;
  at: string;
  /** It is about the very member who reads it. */
  isOwn?: boolean;
};

/**
 * What the inbox says, outside of it: a title, and one line of what there is to know. @param own makes somebody's words
 * harmless where it goes
 */
export function noticeLine(
  t: Translate,
  locale: Locale,
  { kind, facts, name, at, isOwn = false }: NoticeTold,
  timeZone: string,
  own: (text: string) => string,
): string {
  switch (kind) {
    case "limit_reached_percent":
      return limitLine(t, locale, NOTICE_FACTS[kind].parse(facts), {
        name: own(name ?? MISSING),
        at,
        isOwn,
        timeZone,
      });
    case "unsettled_open": {
      const { requests, credits } = NOTICE_FACTS[kind].parse(facts);
      const title = t("notifications.unsettled.title", { count: requests });
      return `${title}\n${t("notifications.unsettled.text", { count: credits })}`;
    }
    case "key_rejected": {
      const { lastFour } = NOTICE_FACTS[kind].parse(facts);
      return `${t("notifications.keyRejected.title", { lastFour: own(lastFour) })}\n${t("notifications.keyRejected.text")}`;
    }
    case "upstream_out_of_credits": {
      const { lastFour } = NOTICE_FACTS[kind].parse(facts);
      return `${t("notifications.outOfCredits.title")}\n${t("notifications.outOfCredits.text", { lastFour: own(lastFour) })}`;
    }
    case "webhook_off": {
      const { webhookName, reason } = NOTICE_FACTS[kind].parse(facts);
      return `${t("notifications.webhookOff.title", { name: own(webhookName) })}\n${t(`notifications.webhookOff.${reason}`)}`;
    }
    default:
      throw new Error(`No words outside of the app for ${kind}: noticeLine names each kind that is told there`);
  }
}

function limitLine(
  t: Translate,
  locale: Locale,
  facts: NoticeFacts<"limit_reached_percent">,
  { name, at, isOwn, timeZone }: { name: string; at: string; isOwn: boolean; timeZone: string },
): string {
  const { scope, percent, usedCredits, limitCredits, leftCredits, periodStart, resetsAt } = facts;
  const subject = t(`notifications.subjects.${scope === "member" && isOwn ? "own" : scope}`, { name });
  const isFull = percent === 100;
  const from = `${periodStart}T12:00:00Z`;
  const used = { used: exactNumber(usedCredits, locale), limit: limitCredits };
  const left = !isFull ? "left" : leftCredits > 0 ? "leftNotEnough" : "leftNothing";
  return [
    isFull ? t("notifications.limit.full", { subject }) : t("notifications.limit.share", { subject, percent }),
    [
      periodStart.endsWith("-01")
        ? t("notifications.limit.used", { ...used, period: monthName(from, locale, "UTC") })
        : t("notifications.limit.usedSince", { ...used, day: day(from, at, locale, "UTC") }),
      t(`notifications.limit.${left}`, { left: exactNumber(leftCredits, locale) }),
      t("notifications.limit.resets", { day: day(resetsAt, at, locale, timeZone) }),
    ].join(" · "),
  ].join("\n");
}
