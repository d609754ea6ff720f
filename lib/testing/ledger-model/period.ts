// Credit periods of the model: from Intl's time zones instead of the database's.

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone, as if it were UTC, in ms. */
function wallClock(zone: string, at: number): number {
  const format =
    formatters.get(zone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      ...({ year: "numeric", month: "numeric", day: "numeric" } as const),
      ...({ hour: "numeric", minute: "numeric", second: "numeric" } as const),
    });
  formatters.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Days of the month on which periods begin, each from a day (`YYYY-MM-DD`) on; oldest first. */
export type FirstDays = { from: string; day: number }[];

export type Period = { start: string; next: string };

/** The period that holds a moment (ms): its first day, and the next one's. A change of the first day cuts it short. */
export function periodAt(zone: string, firstDays: FirstDays, at: number): Period {
  const local = new Date(wallClock(zone, at));
  const today = isoDay(local.getTime());
  const rule = firstDays.findLast(({ from }) => from <= today) ?? { from: "", day: 1 };
  const change = firstDays.find(({ from }) => from > today);
  const month = local.getUTCMonth() - (local.getUTCDate() < rule.day ? 1 : 0);
  const begin = (months: number) => isoDay(Date.UTC(local.getUTCFullYear(), month + months, rule.day));
  const [start, next] = [begin(0), begin(1)];
  return {
    start: rule.from > start ? rule.from : start,
    next: change && change.from < next ? change.from : next,
  };
}

/** The moment (ms) at which a day begins in a zone. */
export function midnight(zone: string, day: string): number {
  const asUtc = Date.parse(day);
  const offsetAt = (at: number) => wallClock(zone, at) - at;
  return asUtc - offsetAt(asUtc - offsetAt(asUtc));
}
