export type Age = { unit: "now" | "minutes" | "hours" | "days"; count: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago something was, in whole units rounded down. A moment in the future (clocks differ) is "now". */
export function ageOf(at: string | Date, now: string | Date): Age {
  const ms = new Date(now).getTime() - new Date(at).getTime();
  if (ms < MINUTE_MS) return { unit: "now", count: 0 };
  if (ms < HOUR_MS) return { unit: "minutes", count: Math.floor(ms / MINUTE_MS) };
  if (ms < 2 * DAY_MS) return { unit: "hours", count: Math.floor(ms / HOUR_MS) };
  return { unit: "days", count: Math.floor(ms / DAY_MS) };
}

export const ageMinutes = (at: string | Date, now: string | Date) =>
  Math.max(0, (new Date(now).getTime() - new Date(at).getTime()) / MINUTE_MS);
