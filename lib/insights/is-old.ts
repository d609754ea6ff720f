import "server-only";
import { ageMinutes } from "@/lib/platform/format/age";

const DAY_MS = 24 * 3_600_000;
const CLOSED_AFTER_DAYS = 3;

type Answer = { window: string; fetchedAt: string };

/** When a calendar month is closed: three days after its end (UTC, as the ledger counts it). Null for rolling days. */
function closedAt(window: string): number | null {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(window) ?? [];
  return year && month ? Date.UTC(Number(year), Number(month), 1) + CLOSED_AFTER_DAYS * DAY_MS : null;
}

/** Whether a calendar month was fetched before it was closed, so that its figures may still move. */
export function isUnfinished({ window, fetchedAt }: Answer): boolean {
  const closed = closedAt(window);
  return closed !== null && Date.parse(fetchedAt) < closed;
}

/**
 * Whether a stored answer is older than the team accepts as fresh. A calendar month that was closed when it was fetched
 * never gets old.
 */
export function isOld(answer: Answer, freshnessMinutes: number, now: Date): boolean {
  if (closedAt(answer.window) !== null && !isUnfinished(answer)) return false;
  return ageMinutes(answer.fetchedAt, now) >= freshnessMinutes;
}
