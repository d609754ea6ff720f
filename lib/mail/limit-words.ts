import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { NoticeFacts } from "@/lib/notifications/schemas";
import { day, monthName } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";

type Facts = NoticeFacts<"limit_reached_percent">;
type Key =
  | `subjects.${Facts["scope"] | "own"}`
  | `limit.${"full" | "share" | "used" | "usedSince" | "left" | "leftNotEnough" | "leftNothing" | "resets"}`;
/** Words below `notifications`. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

type Told = {
  /** Of the member or token that the limit is of. */
  name: string;
  /** It is the reader's own. */
  isOwn: boolean;
  /** When it is read. */
  at: Date | string;
  timeZone: string;
};

/** What is said of a limit that was reached, or nearly so: in the inbox and outside of it. */
export function limitWords(
  say: Say,
  locale: Locale,
  { scope, percent, usedCredits, limitCredits, leftCredits, periodStart, resetsAt }: Facts,
  { name, isOwn, at, timeZone }: Told,
): { title: string; facts: string[] } {
  const subject = say(`subjects.${scope === "member" && isOwn ? "own" : scope}`, { name });
  const isFull = percent === 100;
  const from = `${periodStart}T12:00:00Z`;
  const used = { used: exactNumber(usedCredits, locale), limit: limitCredits };
  return {
    title: isFull ? say("limit.full", { subject }) : say("limit.share", { subject, percent }),
    facts: [
      periodStart.endsWith("-01")
        ? say("limit.used", { ...used, period: monthName(from, locale, "UTC") })
        : say("limit.usedSince", { ...used, day: day(from, at, locale, "UTC") }),
      say(!isFull ? "limit.left" : leftCredits > 0 ? "limit.leftNotEnough" : "limit.leftNothing", {
        left: exactNumber(leftCredits, locale),
      }),
      say("limit.resets", { day: day(resetsAt, at, locale, timeZone) }),
    ],
  };
}
