import { prepareStackedBars, SLOTS, type StackedBars } from "@/lib/charts/prepare-stacked-bars";
import { OTHERS, type Usage } from "@/lib/credits/schemas";

const SCHEDULES = "schedules";
const FIXED = [
  { key: SCHEDULES, slot: SLOTS },
  { key: OTHERS, slot: SLOTS + 1 },
];

/** The key of what the bars are called. */
export const BARS_TITLES = { day: "title", week: "titleWeek", month: "titleMonth" } as const;

/** The prepared bars of who spent what on which day. */
export const usageBars = (usage: Usage): StackedBars =>
  prepareStackedBars({
    values: usage.days.map(({ day: date, series, spent }) => ({ day: date, series, value: spent })),
    from: usage.from,
    to: usage.to,
    today: usage.period.today,
    fixed: FIXED,
    order: usage.people.map(({ id }) => id),
  });

/** What a part of the bars is called: a member, the schedules, or all others. */
export function barNames(usage: Usage, words: { schedules: string; others: string }): (key: string) => string {
  const names = new Map([
    ...usage.people.map(({ id, name }) => [id, name] as const),
    [SCHEDULES, words.schedules] as const,
    [OTHERS, words.others] as const,
  ]);
  return (key) => names.get(key) ?? key;
}
