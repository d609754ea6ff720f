import "server-only";
import { writeXlsxStream } from "hucre/xlsx";
import type { CsvCell, CsvColumn } from "./csv";

/** Rows that a workbook takes; a table that is longer is whole as CSV only. */
export const MOST_XLSX_ROWS = 100_000;

/** What Excel keeps of a number, and of a text. */
const DIGITS = 15;
const MOST_LETTERS = 32_767;

/** A text stays one whatever it begins with: only a number is written as a value, and nothing as a formula. */
function written(cell: CsvCell): string | number | null {
  if (cell === null || typeof cell === "number") return cell;
  if (typeof cell === "string") return cell.slice(0, MOST_LETTERS);
  return cell.decimal.replace(/\D/g, "").length <= DIGITS ? Number(cell.decimal) : cell.decimal;
}

/**
 * Batches of rows as a workbook of one sheet: a row of stable keys, one of the reader's words, both kept in sight, then
 * the values as they are. Made only as fast as it is read.
 * @param cutNote the last row of a table that is longer than `MOST_XLSX_ROWS`
 */
export function xlsxBytes<Row>(
  columns: readonly CsvColumn<Row>[],
  words: string[],
  batches: AsyncIterable<Row[]> | Iterable<Row[]>,
  cutNote: string,
): ReadableStream<Uint8Array> {
  async function* rows(): AsyncGenerator<(string | number | null)[]> {
    yield columns.map(({ key }) => key);
    yield words;
    let count = 0;
    for await (const batch of batches) {
      for (const row of batch) {
        if (count++ === MOST_XLSX_ROWS) {
          yield [cutNote];
          return;
        }
        yield columns.map(({ value }) => written(value(row)));
      }
    }
  }
  return writeXlsxStream(rows(), { name: "Nichebook", freezePane: { rows: 2 } });
}
