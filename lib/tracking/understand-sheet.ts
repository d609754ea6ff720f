import "server-only";
import type { Region } from "@/lib/insights/schemas";
import { IMPORTED_FIGURES, type ImportedFigures, type ImportHistoryInput, type ImportReport } from "./import-schemas";
import { amountIn, dayIn, monthIn, regionIn, type SheetRow, splitTable } from "./sheet-cells";
import { columnOfHead, type SheetColumn } from "./sheet-columns";
import { makeBook, type NameableCategory } from "./understand-paste";

type Miss = ImportReport["misses"][number];
export type SheetPoint = { line: number; categoryId: string; region: Region; at: string; figures: ImportedFigures };
export type UnderstoodSheet = Pick<ImportReport, "columns" | "lacks"> & { points: SheetPoint[]; misses: Miss[] };

const RATES: readonly string[] = ["ctrPct", "cvrPct", "sixSecondViewRatePct"];
const MOST = 1e15;

/**
 * A sheet's lines as figures of a category in a region at a day or month. A line is understood whole or not at all: what
 * is wrong with it is told, and nothing of it is kept.
 * @param today a day of the team; nothing after it is taken
 */
export function understandSheet(
  { text, columns: given, window, region: usual }: ImportHistoryInput,
  categories: readonly NameableCategory[],
  today: string,
): UnderstoodSheet {
  const [head, ...rows] = splitTable(text);
  const columns = (head?.cells ?? []).map((cell, nth) => ({
    head: cell,
    holds: given ? (given[nth] ?? null) : columnOfHead(cell),
  }));
  const at = (column: SheetColumn) => columns.findIndex(({ holds }) => holds === column);
  const figures = IMPORTED_FIGURES.filter((figure) => at(figure) >= 0);
  const lacks = at("month") < 0 ? "month" : at("category") < 0 ? "category" : figures.length === 0 ? "figure" : null;
  if (lacks) return { columns, lacks, points: [], misses: [] };

  const book = makeBook(categories);
  const seen = new Set<string>();
  const points: SheetPoint[] = [];
  const misses: Miss[] = [];
  for (const row of rows) {
    const read = readRow(row);
    if ("reason" in read) misses.push(read);
    else points.push(read);
  }
  return { columns, lacks, points, misses };

  function readRow({ line, cells }: SheetRow): SheetPoint | Miss {
    const cell = (column: SheetColumn) => cells[at(column)] ?? "";
    const miss = (reason: Miss["reason"], text: string): Miss => ({ line, reason, text: text.slice(0, 200) });
    const date = window === "month" ? monthIn(cell("month")) : dayIn(cell("month"));
    if (!date) return miss("date", cell("month"));
    if (date > today.slice(0, date.length)) return miss("future", cell("month"));
    const region = cell("region") === "" ? usual : regionIn(cell("region"));
    if (!region) return miss("region", cell("region"));
    const named = book.find(cell("category"));
    const [categoryId] = named;
    if (named.length > 1) return miss("ambiguous", cell("category"));
    if (!categoryId) return miss(book.isOtherLevel(cell("category")) ? "level" : "category", cell("category"));
    const found: ImportedFigures = {};
    for (const figure of figures) {
      const amount = amountIn(cell(figure).replace(/^#/, ""));
      if (amount === undefined) continue;
      const isPlace = figure !== "rank" || (amount !== null && Number.isInteger(amount.value) && amount.value > 0);
      if (amount === null || amount.value < 0 || !isPlace) return miss("figure", cell(figure));
      if (RATES.includes(figure) && amount.value > 100) return miss("rate", cell(figure));
      if (amount.value > MOST) return miss("amount", cell(figure));
      found[figure] = amount.value;
    }
    if (Object.keys(found).length === 0) return miss("nothing", cells.join(" "));
    const key = `${categoryId} ${region} ${date}`;
    if (seen.has(key)) return miss("twice", `${cell("category")} ${region} ${date}`);
    seen.add(key);
    return { line, categoryId, region, at: date, figures: found };
  }
}
