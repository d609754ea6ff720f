import "server-only";

/** How far back a change looks, in windows. */
export const CHANGE_WINDOWS = [1, 4] as const;
const SERIES_DAYS = 30;
const SERIES_MONTHS = 12;

export type ViewSpans = {
  window: string;
  /** What the current figures are compared with: another window, or the same so many days before. */
  before: { windows: number; window: string; days: number | null }[];
  /** Rolling windows: how many days a series goes back. */
  seriesDays: number;
  /** A calendar month: the months that are joined to a series, the shown one last; else null. */
  months: string[] | null;
};

/**
 * What is looked up for a window. Two values of a rolling window share days unless a whole window lies between them, so
 * that is the least they are compared over; calendar months are compared with calendar months.
 */
export function viewSpans(window: string): ViewSpans {
  const [year = 0, month] = window.split("-").map(Number);
  if (month === undefined) {
    const before = CHANGE_WINDOWS.map((windows) => ({ windows, window, days: windows * Number(window) }));
    return { window, before, seriesDays: SERIES_DAYS, months: null };
  }
  const monthsBack = (count: number) => {
    const at = year * 12 + month - 1 - count;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  };
  return {
    window,
    before: CHANGE_WINDOWS.map((windows) => ({ windows, window: monthsBack(windows), days: null })),
    seriesDays: 0,
    months: Array.from({ length: SERIES_MONTHS }, (_, index) => monthsBack(SERIES_MONTHS - 1 - index)),
  };
}
