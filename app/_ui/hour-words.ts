export const hourText = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** A Monday, for the names of the days. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The name of a day of the week, which counts from 1, Monday. */
export const weekdayText = (nth: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(MONDAY + (nth - 1) * DAY_MS);
