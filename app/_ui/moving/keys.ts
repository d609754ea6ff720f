/** What a press of keys asks for: a panel, another page of the team, or the link to this one. */
export type Deed = { open: "find" | "keys" } | { go: string } | { copy: true };

/** After `g`: where one goes. */
export const GOES = [
  ["h", "home", ""],
  ["e", "explore", "/explore"],
  ["s", "searches", "/searches"],
  ["w", "watchlists", "/watchlists"],
  ["m", "compare", "/compare"],
  ["t", "schedules", "/schedules"],
  ["a", "alerts", "/alerts"],
  ["n", "notifications", "/notifications"],
  ["c", "credits", "/credits"],
] as const;

export const LEAD = "g";
export const FIND = "/";
export const OVERVIEW = "?";
export const COPY = "l";
/** With a modifier, as each system writes it. */
export const FIND_ALWAYS = { mac: "⌘ K", other: "Ctrl K" };

/** A second key that comes later than this is a first one. */
const PAUSE_MS = 1500;

export type Press = { key: string; at: number };

/** What a key without a modifier means, after the one before it; null when nothing. */
export function deedOf({ key, at }: Press, before: Press | null): Deed | null {
  if (before?.key === LEAD && at - before.at < PAUSE_MS) {
    const goal = GOES.find(([second]) => second === key);
    if (goal) return { go: goal[2] };
  }
  if (key === FIND) return { open: "find" };
  if (key === OVERVIEW) return { open: "keys" };
  if (key === COPY) return { copy: true };
  return null;
}
