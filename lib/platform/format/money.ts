/** What one of something costs: an amount with at most six decimals, in an ISO 4217 currency. */
export type Price = { readonly amount: number; readonly currency: string };

const DECIMALS = 6;
const MINUS = "\u2212";
const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, { style: "currency", ...options });
    formats.set(key, found);
  }
  return found;
}

// In millionths, as a whole number: what a price is times a count has no float in it.
const millionths = (count: number, price: Price) =>
  BigInt(count) * BigInt(price.amount.toFixed(DECIMALS).replace(".", ""));

/** So many of it in money, to the last decimal and without a sign of currency: 549 at 0.0123 → "6.7527". */
export function exactMoney(count: number, price: Price): Intl.StringNumericLiteral {
  const total = millionths(count, price);
  const digits = (total < 0n ? -total : total).toString().padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return `${total < 0n ? "-" : ""}${digits.slice(0, -DECIMALS)}${fraction && `.${fraction}`}` as Intl.StringNumericLiteral;
}

/**
 * So many of it in money, rounded half away from zero to the currency's own digits: "$6.75", "¥384.30", "JP¥8".
 * What would round to nothing keeps two figures, so that only nothing reads as 0. Null without a price.
 */
export function money(count: number, price: Price | null, locale: string): string | null {
  if (price === null) return null;
  const { currency } = price;
  const exact = exactMoney(count, price);
  const usual = format(locale, { currency });
  const smallest = 10 ** -(usual.resolvedOptions().maximumFractionDigits ?? 2);
  const isTiny = exact !== "0" && Math.abs(Number(exact)) < smallest / 2;
  const chosen = isTiny ? format(locale, { currency, maximumSignificantDigits: 2 }) : usual;
  return chosen.format(exact).replace("-", MINUS);
}

/** The price of one, with all of its decimals: "$0.0123". */
export const priceOfOne = (price: Price, locale: string) =>
  format(locale, { currency: price.currency, maximumFractionDigits: DECIMALS }).format(exactMoney(1, price));
