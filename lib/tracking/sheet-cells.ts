import "server-only";
import { REGIONS, type Region } from "@/lib/insights/schemas";

/** A pasted or uploaded table: each row by its line in the text, from 1. */
export type SheetRow = { line: number; cells: string[] };

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
/** Signs that stand for one currency only; "$" and "¥" do not. */
const SIGNS: Record<string, string> = {
  "€": "EUR",
  "£": "GBP",
  "₩": "KRW",
  "₹": "INR",
  US$: "USD",
  RMB: "CNY",
  "CN¥": "CNY",
  元: "CNY",
};
const AMBIGUOUS_SIGNS = /[$¥]/g;
const SCALES: Record<string, number> = { k: 1e3, m: 1e6, 千: 1e3, 万: 1e4, 亿: 1e8 };
const OTHER_REGION_NAMES: Record<string, Region> = {
  uk: "GB",
  "great britain": "GB",
  usa: "US",
  america: "US",
  "all regions": "all_regions",
  all: "all_regions",
  全部: "all_regions",
  全部地区: "all_regions",
  台湾: "TW",
  taiwan: "TW",
};
const MONTH_WORDS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAMES = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

export const tidyCell = (text: string) => text.normalize("NFKC").replace(/\s+/g, " ").trim();

/**
 * The rows of a table as spreadsheets give it: by tabs where its first line has one, else by semicolons, else by commas;
 * quotes may hold any of them, and lines. Rows without a word are left out.
 */
export function splitTable(text: string): SheetRow[] {
  const firstLine = text.trimStart().split(/\r\n|\r|\n/, 1)[0] ?? "";
  const separator = ["\t", ";", "；"].find((one) => firstLine.includes(one)) ?? ",";
  const rows: SheetRow[] = [];
  let [row, cell, line, from, quoted]: [string[], string, number, number, boolean] = [[], "", 1, 1, false];
  const endRow = () => {
    if ([...row, cell].some((one) => one.trim() !== "")) rows.push({ line: from, cells: [...row, cell].map(tidyCell) });
    [row, cell, from] = [[], "", line];
  };
  const chars = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    if (char === "\n") line++;
    if (quoted && char === '"' && chars[at + 1] === '"') cell += chars[++at];
    else if (char === '"' && (quoted || cell.trim() === "")) {
      quoted = !quoted;
      if (quoted) cell = "";
    } else if (quoted) cell += char;
    else if (char === separator) {
      row.push(cell);
      cell = "";
    } else if (char === "\n") endRow();
    else cell += char;
  }
  endRow();
  return rows;
}

/** "2026-10", "2026/10/05", "202610", "10/2026", "Oct 2026", "2026年10月" as `YYYY-MM`; null for anything else. */
export function monthIn(cell: string): string | null {
  const text = tidyCell(cell).toLowerCase();
  const numbers =
    /^(?<year>20\d\d)(?:[-/.]| )(?<month>\d{1,2})(?:[-/.]\d{1,2}(?:[ t].*)?)?$/.exec(text) ??
    /^(?<year>20\d\d)(?<month>\d\d)$/.exec(text) ??
    /^(?<month>\d{1,2})[-/.](?<year>20\d\d)$/.exec(text) ??
    /^(?<year>20\d\d) ?年 ?(?<month>\d{1,2}) ?月(?: ?\d{1,2} ?[日号])?$/.exec(text);
  if (numbers?.groups) return monthOf(Number(numbers.groups.year), Number(numbers.groups.month));
  const words =
    /^(?<word>[a-z]{3,9})\.?[ ,'-]*(?<year>20\d\d|\d\d)$/.exec(text) ??
    /^(?<year>20\d\d)[ ,-]*(?<word>[a-z]{3,9})\.?$/.exec(text);
  const { word = "", year = "" } = words?.groups ?? {};
  const index =
    MONTH_NAMES.indexOf(word) >= 0 ? MONTH_NAMES.indexOf(word) : MONTH_WORDS.indexOf(word === "sept" ? "sep" : word);
  return index < 0 ? null : monthOf(Number(year.length === 2 ? `20${year}` : year), index + 1);
}

const monthOf = (year: number, month: number) =>
  month >= 1 && month <= 12 ? `${year}-${String(month).padStart(2, "0")}` : null;

/** "2026-10-05", "2026/10/5", "20261005", "2026年10月5日" as a day; null for anything else, and for a day that is none. */
export function dayIn(cell: string): string | null {
  const text = tidyCell(cell);
  const found =
    /^(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/.exec(text) ??
    /^(20\d\d)(\d\d)(\d\d)$/.exec(text) ??
    /^(20\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]$/.exec(text);
  if (!found) return null;
  const [, year = "", month = "", day = ""] = found;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const real = new Date(`${date}T12:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date) ? date : null;
}

const regionNames = new Map<string, Region>(
  REGIONS.flatMap((code) => {
    const names =
      code === "all_regions"
        ? []
        : ["en", "zh-CN"].map((locale) => new Intl.DisplayNames(locale, { type: "region" }).of(code));
    return [code, ...names].flatMap((name) => (name ? [[name.toLowerCase(), code] as const] : []));
  }),
);

/** A region by its code or its name in either language; null for anything else. */
export function regionIn(cell: string): Region | null {
  const text = tidyCell(cell).toLowerCase();
  return regionNames.get(text) ?? OTHER_REGION_NAMES[text] ?? null;
}

export type Amount = { value: number; currency: string | null };

/**
 * A number as people write it in either language: "1.83%", "1,234.5", "US$ 1,234", "12.5万", "3.4K". Null for "1,23" and
 * whatever else could be read in two ways; an empty cell, "-", "—" or "N/A" has no number and is undefined.
 */
export function amountIn(cell: string): Amount | null | undefined {
  const text = tidyCell(cell);
  if (/^(|-|–|—|n\/?a|无)$/i.test(text)) return undefined;
  const sign = Object.keys(SIGNS).find((one) => text.toUpperCase().includes(one.toUpperCase()));
  const code = /\b[A-Z]{3}\b/.exec(text)?.[0];
  const currency = sign ? (SIGNS[sign] ?? null) : code && CURRENCIES.has(code) ? code : null;
  const bare = text
    .replace(sign ?? "", "")
    .replace(currency && !sign ? currency : "", "")
    .replace(AMBIGUOUS_SIGNS, "")
    .replace(/[\s%]/g, "")
    .toLowerCase();
  const found = /^([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)([km千万亿]?)$/.exec(bare);
  if (!found) return null;
  const scale = SCALES[found[2] ?? ""] ?? 1;
  const value = Number((found[1] ?? "").replaceAll(",", ""));
  return { value: scale === 1 ? value : Number((value * scale).toPrecision(15)), currency };
}

/** A currency by its code or its sign; null for anything else. */
export function currencyIn(cell: string): string | null {
  const text = tidyCell(cell).toUpperCase();
  return CURRENCIES.has(text) ? text : (SIGNS[tidyCell(cell)] ?? SIGNS[text] ?? null);
}

/** A currency that stands in the head of a column, as in "Spend (USD)". */
export function currencyOfHead(head: string): string | null {
  const found = tidyCell(head).match(/[A-Z]{3}|[€£₩₹元]/g) ?? [];
  return found.map(currencyIn).find((code) => code !== null) ?? null;
}
