const formats = new Map<string, Intl.DateTimeFormat>();

/** English dates read "23 Nov" and "14:40" here, whatever the system's own habit. */
const localeOf = (locale: string) => (locale === "en" ? "en-GB" : locale);

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(localeOf(locale), { hourCycle: "h23", ...options });
    formats.set(key, found);
  }
  return found;
}

const yearOf = (at: Date, timeZone: string) => format("en", { year: "numeric", timeZone }).format(at);

/** "23 Nov", "11月23日"; with the year when it is not this one. */
export function day(at: string | Date, now: string | Date, locale: string, timeZone: string): string {
  const date = new Date(at);
  const sameYear = yearOf(date, timeZone) === yearOf(new Date(now), timeZone);
  const month = locale === "en" ? "short" : "long";
  return format(locale, { day: "numeric", month, ...(sameYear ? {} : { year: "numeric" }), timeZone }).format(date);
}

/** The day of a moment as `2026-11-23`, in a time zone: for machines. */
export const isoDate = (at: string | Date, timeZone: string) =>
  format("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit", timeZone }).format(new Date(at));

/** A calendar day, `2026-11-23`, as "23 Nov 2026", "2026年11月23日". */
export const fullDay = (date: string, locale: string) =>
  format(locale, { dateStyle: locale === "en" ? "medium" : "long", timeZone: "UTC" }).format(
    new Date(`${date}T12:00:00Z`),
  );

/** "14:40" */
export const time = (at: string | Date, locale: string, timeZone: string) =>
  format(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(new Date(at));

/** "23 Nov 14:40", "11月23日 14:40"; with the year when it is not this one. */
export const moment = (at: string | Date, now: string | Date, locale: string, timeZone: string) =>
  `${day(at, now, locale, timeZone)} ${time(at, locale, timeZone)}`;

/** The whole moment with seconds, year and offset, for a hover or a receipt. */
export function fullMoment(at: string | Date, locale: string, timeZone: string): string {
  const options = { dateStyle: "medium", timeStyle: "medium", timeZone } as const;
  const offset = format("en", { timeZone, timeZoneName: "shortOffset" })
    .formatToParts(new Date(at))
    .find((part) => part.type === "timeZoneName")?.value;
  return `${format(locale, options).format(new Date(at))} ${offset ?? timeZone}`;
}

/** "November", "11月" of a moment. */
export const monthName = (at: string | Date, locale: string, timeZone: string) =>
  format(locale, { month: locale === "en" ? "long" : "numeric", timeZone }).format(new Date(at));

/** "2026-10" → "October 2026", "2026年10月". */
export const calendarMonth = (yearAndMonth: string, locale: string) =>
  format(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${yearAndMonth}-15T00:00:00Z`));

/** The last closed calendar months as `YYYY-MM`, newest first, counted in a time zone. */
export function closedMonths(now: string | Date, count: number, timeZone: string): string[] {
  const parts = format("en", { year: "numeric", month: "2-digit", timeZone }).formatToParts(new Date(now));
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const current = part("year") * 12 + part("month") - 1;
  return Array.from({ length: count }, (_, index) => {
    const month = current - 1 - index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

/** A span of days by name: "November" for a whole calendar month, else "15 Nov – 14 Dec". Days as `YYYY-MM-DD`. */
export function periodName(from: string, to: string, now: string | Date, locale: string): string {
  const noon = (date: string) => `${date}T12:00:00Z`;
  const monthEnd = new Date(Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)), 0)).toISOString().slice(0, 10);
  if (from.endsWith("-01") && to === monthEnd) return monthName(noon(from), locale, "UTC");
  return `${day(noon(from), now, locale, "UTC")} – ${day(noon(to), now, locale, "UTC")}`;
}
