import "server-only";
import { ageMinutes } from "@/lib/platform/format/age";

const DAY_MS = 24 * 3_600_000;
const CLOSED_AFTER_DAYS = 3;

/**
 * Whether a stored answer is older than the team accepts as fresh. A calendar month fetched three days or more after
 * its end (UTC, as the ledger counts it) never gets old.
 */
export function isOld(answer: { window: string; fetchedAt: string }, freshnessMinutes: number, now: Date): boolean {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(answer.window) ?? [];
  if (year && month) {
    const closedAt = Date.UTC(Number(year), Number(month), 1) + CLOSED_AFTER_DAYS * DAY_MS;
    if (new Date(answer.fetchedAt).getTime() >= closedAt) return false;
  }
  return ageMinutes(answer.fetchedAt, now) >= freshnessMinutes;
}
