/** Days are whole numbers: days since 1970-01-01, UTC. A span holds both its ends. */
export interface Span {
  from: number;
  to: number;
}

/** What a `time_scope` covers, and the equal window before it. Null where the source has nothing (any longer). */
export interface Window {
  current: Span;
  previous: Span;
}

const DAY_MS = 86_400_000;
/** The hour (UTC) at which yesterday's figures appear. Assumed. */
const AVAILABLE_FROM_HOUR = 6;
/** How many closed months back a `YYYY-MM` may lie. */
const MONTHS_BACK = 4;

/** The day that a moment (ms since 1970) belongs to, UTC. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** Midnight UTC at which a day begins. */
export function dateOf(day: number): Date {
  return new Date(day * DAY_MS);
}

/** The newest day whose figures are out at `nowMs`: yesterday, or the day before it in the early hours (UTC). */
export function lastAvailableDay(nowMs: number): number {
  const early = new Date(nowMs).getUTCHours() < AVAILABLE_FROM_HOUR;
  return dayOf(nowMs) - (early ? 2 : 1);
}

/**
 * The window of a `time_scope` as seen at `nowMs`: "1", "7", "30" or "YYYY-MM".
 * The running month covers the days that are out and is compared with as many first days of the month before.
 * @returns null for a month that is too old, not yet begun or without a day that is out; "invalid" for anything else.
 */
export function windowOf(timeScope: string, nowMs: number): Window | null | "invalid" {
  const last = lastAvailableDay(nowMs);
  if (timeScope === "1" || timeScope === "7" || timeScope === "30") {
    const days = Number(timeScope);
    return {
      current: { from: last - days + 1, to: last },
      previous: { from: last - 2 * days + 1, to: last - days },
    };
  }
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(timeScope);
  if (!match) return "invalid";
  const month = Number(match[1]) * 12 + Number(match[2]) - 1;
  const now = new Date(nowMs);
  const thisMonth = now.getUTCFullYear() * 12 + now.getUTCMonth();
  const first = firstDayOf(month);
  if (month < thisMonth - MONTHS_BACK || first > last) return null;
  const monthEnd = firstDayOf(month + 1) - 1;
  const before = firstDayOf(month - 1);
  const to = Math.min(monthEnd, last);
  const previousTo = to === monthEnd ? first - 1 : Math.min(before + (to - first), first - 1);
  return { current: { from: first, to }, previous: { from: before, to: previousTo } };
}

/** `month` counts months since year 0. */
function firstDayOf(month: number): number {
  return Math.floor(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);
}

/** The moment that an `x-sandbox-now` header names, else the real one. Anything but an ISO time of this era is ignored. */
export function nowFromHeader(header: string | string[] | undefined, realMs: number): number {
  if (typeof header !== "string" || !/^20\d\d-\d\d-\d\dT\d\d:\d\d/.test(header)) return realMs;
  const named = Date.parse(header);
  return Number.isNaN(named) ? realMs : named;
}
