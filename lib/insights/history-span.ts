import "server-only";
import { invalid } from "@/lib/platform/errors";
import type { HistoryInput } from "./history-schemas";

/** More of the past than this is asked for in several spans. */
const MOST_DAYS = 1100;
const YEAR_DAYS = 365;
const DAY_MS = 86_400_000;

export type HistorySpan = { from: string; to: string };

/** The days that a history covers, both included. @throws `invalid_request` when they are reversed or too many */
export function historySpan({ from, to }: Pick<HistoryInput, "from" | "to">, today: string): HistorySpan {
  const last = to ?? (from && from > today ? from : today);
  const first = from ?? new Date(Date.parse(last) - (YEAR_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  if (first > last) throw invalid("to", "dates_reversed");
  if (Date.parse(last) - Date.parse(first) >= MOST_DAYS * DAY_MS) throw invalid("from", "history_too_long");
  return { from: first, to: last };
}

/** The calendar months that a span touches, oldest first. */
export function monthsOf({ from, to }: HistorySpan): string[] {
  const count = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const first = count(from);
  return Array.from({ length: count(to) - first + 1 }, (_, index) => {
    const at = first + index;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}
