import "server-only";
import type { Region } from "@/lib/insights/schemas";
import { OWN_FIGURES, type OwnFigure } from "./own-number-schemas";
import type { PasteReason } from "./paste-own-schemas";
import { amountIn, currencyIn, currencyOfHead, monthIn, regionIn, type SheetRow, splitTable } from "./sheet-cells";
import { columnOfHead, type SheetColumn } from "./sheet-columns";

export type PastedNumber = {
  line: number;
  region: Region;
  month: string;
  /** Only what the table has a number for. */
  figures: Partial<Record<OwnFigure, number>>;
  currency: string | null;
};

export type PasteMiss = {
  line: number;
  /** What stands in the cell. */
  text: string;
  reason: Exclude<PasteReason, "future" | "currencyMissing">;
};

export type UnderstoodNumbers = {
  numbers: PastedNumber[];
  misses: PasteMiss[];
  /** Heads of columns that hold nothing we keep. */
  ignored: string[];
  /** What the first line must name and does not. */
  missing: "month" | "figure" | null;
};

const isRate = (figure: OwnFigure) => figure !== "cpa" && figure !== "cost";
const MOST_AMOUNT = 1e12;

/**
 * A team's own numbers from a table whose first line names its columns in either language. A line is understood whole or
 * not at all: what is wrong with it is told, and nothing of it is kept. `usual` stands in where the table says no region
 * or no currency.
 */
export function understandOwnNumbers(
  text: string,
  usual: { region: Region; currency: string | null },
): UnderstoodNumbers {
  const [head, ...rows] = splitTable(text);
  const columns = (head?.cells ?? []).map((cell) => ({
    cell,
    column: columnOfHead(cell),
    currency: currencyOfHead(cell),
  }));
  const at = (column: SheetColumn) => columns.findIndex((one) => one.column === column);
  const figures = OWN_FIGURES.filter((figure) => at(figure) >= 0);
  const kept = new Set<SheetColumn>(["month", "region", "currency", ...OWN_FIGURES]);
  const ignored = columns.flatMap(({ cell, column }) => (cell && !(column && kept.has(column)) ? [cell] : []));
  const missing = at("month") < 0 ? "month" : figures.length === 0 ? "figure" : null;
  if (missing) return { numbers: [], misses: [], ignored, missing };

  const seen = new Set<string>();
  const numbers: PastedNumber[] = [];
  const misses: PasteMiss[] = [];
  for (const row of rows) {
    const read = readRow(row);
    if ("reason" in read) misses.push(read);
    else numbers.push(read);
  }
  return { numbers, misses, ignored, missing };

  function readRow({ line, cells }: SheetRow): PastedNumber | PasteMiss {
    const cell = (column: SheetColumn) => cells[at(column)] ?? "";
    const miss = (reason: PasteMiss["reason"], text: string): PasteMiss => ({ line, reason, text });
    const month = monthIn(cell("month"));
    if (!month) return miss("month", cell("month"));
    const region = cell("region") === "" ? usual.region : regionIn(cell("region"));
    if (!region) return miss("region", cell("region"));
    const found: PastedNumber["figures"] = {};
    const currencies = new Set<string>();
    for (const figure of figures) {
      const amount = amountIn(cell(figure));
      if (amount === undefined) continue;
      if (amount === null || amount.value < 0) return miss("figure", cell(figure));
      if (amount.value > (isRate(figure) ? 100 : MOST_AMOUNT))
        return miss(isRate(figure) ? "rate" : "amount", cell(figure));
      found[figure] = amount.value;
      if (isRate(figure)) continue;
      const named = amount.currency ?? columns[at(figure)]?.currency;
      if (named) currencies.add(named);
    }
    if (Object.keys(found).length === 0) return miss("nothing", cells.join(" "));
    if (cell("currency") !== "") {
      const named = currencyIn(cell("currency"));
      if (!named) return miss("currency", cell("currency"));
      currencies.add(named);
    }
    if (currencies.size > 1) return miss("currencies", [...currencies].join(", "));
    const hasAmount = found.cpa !== undefined || found.cost !== undefined;
    const currency = hasAmount ? ([...currencies][0] ?? usual.currency) : null;
    const key = `${region} ${month}`;
    if (seen.has(key)) return miss("twice", key);
    seen.add(key);
    return { line, region, month, figures: found, currency };
  }
}
