export type DayGroup<Item> = { day: string; name: "today" | "yesterday" | null; items: Item[] };

/** Puts what comes in order of time under the days of a time zone; the newest two may have names. */
export function dayGroups<Item extends { createdAt: string }>(
  items: readonly Item[],
  now: Date,
  timeZone: string,
): DayGroup<Item>[] {
  const format = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
  const today = format.format(now);
  // By the calendar and not by 24 hours: a day with a change of the clock is longer or shorter.
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const groups: DayGroup<Item>[] = [];
  for (const item of items) {
    const day = format.format(new Date(item.createdAt));
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, name: day === today ? "today" : day === yesterday ? "yesterday" : null, items: [item] });
  }
  return groups;
}
