import "server-only";
import { invalid } from "@/lib/platform/errors";

/** A month that has not begun has no ranking; asking would be paid for nothing. @throws `invalid_request` */
export function refuseFutureMonth(window: string, now: Date): void {
  if (!/^\d{4}-\d{2}$/.test(window)) return;
  // The furthest time zone is 14 hours ahead of UTC.
  const thisMonth = new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 7);
  if (window > thisMonth) throw invalid("window", "window_future");
}
