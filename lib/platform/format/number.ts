/** What stands where the provider gave no value. Never a 0. */
export const MISSING = "—";

const MINUS = "\u2212";
const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    formats.set(key, found);
  }
  return found;
}

const withMinus = (text: string) => text.replace("-", MINUS);

/** Three significant figures with the reader's short unit: "11.5K", "1.15万". */
export function compactNumber(value: number | null, locale: string): string {
  if (value === null) return MISSING;
  const options = { notation: "compact", maximumSignificantDigits: 3, useGrouping: false } as const;
  return withMinus(format(locale, options).format(value));
}

/** The value as it was given, grouped: what stands behind a compact one. */
export function exactNumber(value: number | null, locale: string): string {
  if (value === null) return MISSING;
  return withMinus(format(locale, { maximumFractionDigits: 20 }).format(value));
}

/** A rate that is per cent already: 1.83 → "1.83%". */
export function percent(value: number | null): string {
  if (value === null) return MISSING;
  return `${withMinus(format("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value))}%`;
}

/** An amount in a currency nobody has stated: two decimals below 100, none below 1,000, compact above. */
export function amount(value: number | null, locale: string): string {
  if (value === null) return MISSING;
  if (Math.abs(value) >= 1000) return compactNumber(value, locale);
  const digits = Math.abs(value) < 100 ? 2 : 0;
  return withMinus(format(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
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
  const figures =
    size < 0.005
      ? format("en", { maximumSignificantDigits: 1 })
      : format("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return {
    direction: value > 0 ? "up" : "down",
    text: `${value > 0 ? "+" : MINUS}${figures.format(size)}%`,
  };
}

/** A difference between two rates with its sign, in percentage points: 0.12 → "+0.12". */
export function signedPoints(value: number): { direction: Direction; text: string } {
  if (value === 0) return { direction: "flat", text: "0" };
  const figures = format("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const text = figures.format(Math.abs(value));
  return { direction: value > 0 ? "up" : "down", text: `${value > 0 ? "+" : MINUS}${text}` };
}
