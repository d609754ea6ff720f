import "server-only";
import { stringify } from "csv-stringify/sync";

/** A text, a number, an exact decimal that no float could hold, or nothing. */
export type CsvCell = string | number | { readonly decimal: string } | null;

export type CsvColumn<Row> = {
  /** Stays the same in every language and release. */
  readonly key: string;
  readonly value: (row: Row) => CsvCell;
  /** How the reader's language calls it, where its key does not say where that stands. */
  readonly words?: (t: (key: string, values?: Record<string, string>) => string) => string;
};

const BOM = "\uFEFF";
/** What makes a spreadsheet run a text, also in full width and behind blanks; a line break may open such a cell. */
const FORMULA = /^(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/;

/** A cell that no spreadsheet runs as a formula: a text that looks like one gets an apostrophe before it. */
function written(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "object") return cell.decimal;
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

const linesOf = (rows: CsvCell[][]) =>
  stringify(
    rows.map((row) => row.map(written)),
    { record_delimiter: "\r\n" },
  );

/**
 * Batches of rows as CSV (RFC 4180) in UTF-8 with a byte order mark: a row of stable keys, one of the reader's words,
 * then the values as they are. A batch is asked for only when the text before it was taken.
 */
export async function* csvText<Row>(
  columns: readonly CsvColumn<Row>[],
  words: string[],
  batches: AsyncIterable<Row[]> | Iterable<Row[]>,
): AsyncGenerator<string> {
  let head = BOM + linesOf([columns.map(({ key }) => key), words]);
  for await (const batch of batches) {
    yield head + linesOf(batch.map((row) => columns.map(({ value }) => value(row))));
    head = "";
  }
  if (head) yield head;
}
