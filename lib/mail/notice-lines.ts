import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { NOTICE_FACTS } from "@/lib/notifications/schemas";
import { MISSING } from "@/lib/platform/format/number";
import { factWords } from "./fact-words";
import { limitWords, type Say } from "./limit-words";

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
    case "limit_reached_percent": {
      const told = { name: own(name ?? MISSING), isOwn, at, timeZone };
      const say: Say = (key, values) => t(`notifications.${key}`, values);
      const { title, facts: lines } = limitWords(say, locale, NOTICE_FACTS[kind].parse(facts), told);
      return `${title}\n${lines.join(" · ")}`;
    }
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
    case "provider_changed": {
      const { kind: change, metric, region, window, more } = NOTICE_FACTS[kind].parse(facts);
      const words = { metric: metric ? t(`metric.${metric}.label`) : "" };
      const place = factWords(t, locale);
      return [
        t(`providerChanges.titleOf.${change}`, words),
        `${place.region(region)} · ${place.window(window)}`,
        ...(more > 0 ? [t("notifications.provider.more", { count: more })] : []),
        t("notifications.provider.text"),
      ].join("\n");
    }
    case "schedules_replanned": {
      const { slower, faster, resting } = NOTICE_FACTS[kind].parse(facts);
      return `${t("notifications.replanned.title")}\n${t("notifications.replanned.text", { slower, faster, resting })}`;
    }
    case "webhook_off": {
      const { webhookName, reason } = NOTICE_FACTS[kind].parse(facts);
      return `${t("notifications.webhookOff.title", { name: own(webhookName) })}\n${t(`notifications.webhookOff.${reason}`)}`;
    }
    default:
      throw new Error(`No words outside of the app for ${kind}: noticeLine names each kind that is told there`);
  }
}
