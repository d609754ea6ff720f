import "server-only";

/** Two answers to one question, one right after the other, and whether the later one says something else. */
export type AnswerPair = { from: Date; to: Date; changed: boolean };

/** Hours of the day, 0 to 23: the data changes from the first on, before `toHour` begins. */
export type SourceHours = {
  fromHour: number;
  toHour: number;
  /** Times at which the change was caught between two answers. */
  observations: number;
};

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Fewer changes that were caught than this say nothing. */
const LEAST_OBSERVATIONS = 5;
/** So many of them must agree: a provider that changes at any hour has no hour to wait for. */
const LEAST_AGREEING = 0.8;
/** A wider stretch of the day helps nobody to choose an hour. */
const MOST_HOURS = 6;

/**
 * At which hours of the day, in UTC, the provider's data changes: those that nearly all changes fell into, without those
 * that went by unchanged more often. Null while too little is known, or when the hours disagree. Answers that lie a day
 * or more apart saw every hour and say nothing; those of the same two hours count once, however many lists asked.
 */
export function estimateSourceHours(pairs: readonly AnswerPair[]): SourceHours | null {
  const seen = new Map<string, { from: number; to: number; changed: boolean }>();
  for (const pair of pairs) {
    const [from, to] = [pair.from.getTime() / HOUR_MS, pair.to.getTime() / HOUR_MS];
    if (to - from >= DAY_HOURS || to <= from) continue;
    const key = `${Math.floor(from)} ${Math.floor(to)}`;
    // A list may stay the same while the source moves on: what changed in any of them has changed.
    const before = seen.get(key);
    if (!before || (pair.changed && !before.changed)) seen.set(key, { from, to, changed: pair.changed });
  }
  const intervals = [...seen.values()];
  const changes = intervals.filter(({ changed }) => changed);
  if (changes.length < LEAST_OBSERVATIONS) return null;
  const hours = Array.from({ length: DAY_HOURS }, (_, hour) => hour);
  const support = hours.map((hour) => changes.filter(({ from, to }) => touches(from, to, hour)).length);
  const most = Math.max(...support);
  if (most < changes.length * LEAST_AGREEING) return null;
  const quiet = intervals.filter(({ changed }) => !changed);
  const against = hours.map((hour) => quiet.filter(({ from, to }) => holds(from, to, hour)).length);
  const likely = hours.filter((hour) => support[hour] === most);
  const least = Math.min(...likely.map((hour) => against[hour] ?? 0));
  const span = asSpan(likely.filter((hour) => against[hour] === least));
  return span && { ...span, observations: changes.length };
}

/** Some moment of that hour of a day lies between the two. Hours since 1970. */
function touches(from: number, to: number, hour: number): boolean {
  const begin = hour + Math.floor((from - hour) / DAY_HOURS) * DAY_HOURS;
  return from < begin + 1 || to > begin + DAY_HOURS;
}

/** The whole of that hour of a day lies between the two. */
function holds(from: number, to: number, hour: number): boolean {
  const begin = hour + Math.ceil((from - hour) / DAY_HOURS) * DAY_HOURS;
  return to >= begin + 1;
}

/** Hours that follow one another, also over midnight; null where they do not, or are too many. */
function asSpan(hours: number[]): { fromHour: number; toHour: number } | null {
  if (hours.length > MOST_HOURS) return null;
  const has = new Set(hours);
  const begins = hours.filter((hour) => !has.has((hour + DAY_HOURS - 1) % DAY_HOURS));
  const [fromHour] = begins;
  if (fromHour === undefined || begins.length > 1) return null;
  return { fromHour, toHour: (fromHour + hours.length) % DAY_HOURS };
}

/** The same on the clock of a zone that is so many minutes ahead of UTC, and the first full hour that is surely behind it. */
export function onClock({ fromHour, toHour, observations }: SourceHours, offsetMinutes: number) {
  const minuteOf = (hour: number) => (((hour * 60 + offsetMinutes) % 1440) + 1440) % 1440;
  const to = minuteOf(toHour);
  return { fromMinute: minuteOf(fromHour), toMinute: to, runHour: (Math.floor(to / 60) + 1) % DAY_HOURS, observations };
}
