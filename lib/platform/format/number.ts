/** What stands where the provider gave no value. Never a 0. */
export const MISSING = "—";

const MINUS = "\u2212";
/** One format for each language, made when it is first needed: making them is what takes long. */
function formatOf(options: Intl.NumberFormatOptions): (locale: string) => Intl.NumberFormat {
  const formats = new Map<string, Intl.NumberFormat>();
  return (locale) => {
    const format = formats.get(locale) ?? new Intl.NumberFormat(locale, options);
    formats.set(locale, format);
    return format;
  };
}

const COMPACT = formatOf({ notation: "compact", maximumSignificantDigits: 3, useGrouping: false });
const EXACT = formatOf({ maximumFractionDigits: 20 });
const FIRST_FIGURE = formatOf({ maximumSignificantDigits: 1 });
const DECIMALS = [0, 1, 2].map((digits) => formatOf({ minimumFractionDigits: digits, maximumFractionDigits: digits }));
const decimals = (locale: string, digits: 0 | 1 | 2) => (DECIMALS[digits] as (typeof DECIMALS)[number])(locale);

const withMinus = (text: string) => text.replace("-", MINUS);

/** Three significant figures with the reader's short unit: "11.5K", "1.15万". */
export function compactNumber(value: number | null, locale: string): string {
  if (value === null) return MISSING;
  return withMinus(COMPACT(locale).format(value));
}

/** The value as it was given, grouped: what stands behind a compact one. */
export function exactNumber(value: number | null, locale: string): string {
  if (value === null) return MISSING;
  return withMinus(EXACT(locale).format(value));
}

/** A rate that is per cent already: 1.83 → "1.83%". */
export function percent(value: number | null): string {
  if (value === null) return MISSING;
  return `${withMinus(decimals("en", 2).format(value))}%`;
}

/** An amount in a currency nobody has stated: two decimals below 100, none below 1,000, compact above. */
export function amount(value: number | null, locale: string): string {
  if (value === null) return MISSING;
  if (Math.abs(value) >= 1000) return compactNumber(value, locale);
  const digits = Math.abs(value) < 100 ? 2 : 0;
  return withMinus(decimals(locale, digits).format(value));
}

export type Direction = "up" | "down" | "flat";

/**
 * A change in per cent with its sign. Two decimals below 1, one above; a change too small for two decimals keeps its
 * first figure, so that it never reads as "no change".
 */
export function signedPercent(value: number | null): { direction: Direction; text: string } | null {
  if (value === null) return null;
  if (value === 0) return { direction: "flat", text: "0%" };
  const size = Math.abs(value);
  const digits = size < 1 ? 2 : size < 1000 ? 1 : 0;
  const figures = size < 0.005 ? FIRST_FIGURE("en") : decimals("en", digits);
  return {
    direction: value > 0 ? "up" : "down",
    text: `${value > 0 ? "+" : MINUS}${figures.format(size)}%`,
  };
}

/** A difference between two rates with its sign, in percentage points: 0.12 → "+0.12". */
export function signedPoints(value: number): { direction: Direction; text: string } {
  if (value === 0) return { direction: "flat", text: "0" };
  const text = decimals("en", 2).format(Math.abs(value));
  return { direction: value > 0 ? "up" : "down", text: `${value > 0 ? "+" : MINUS}${text}` };
}
