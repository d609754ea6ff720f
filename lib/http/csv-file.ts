import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/translate";
import { type CsvColumn, csvText } from "@/lib/platform/csv";
import { fileAnswer } from "./file-answer";

/** The media type of a table to be saved, for a route's `file`. */
export const CSV = "text/csv";

/** What is true of every such table, for a route's description. */
export const ABOUT_CSV =
  "UTF-8 with a byte order mark, CRLF. The first row holds stable keys, the second the reader's words; numbers are raw and moments in UTC. A text that a spreadsheet would run as a formula has an apostrophe before it.";

/**
 * A table to be saved, made while it is read. Its second row says the keys of the columns in the caller's language.
 * @param nameParts of the file: what it holds, of whom, of when
 */
export function csvFile<Row>(
  locale: Locale,
  nameParts: readonly (string | undefined)[],
  columns: readonly CsvColumn<Row>[],
  batches: AsyncIterable<Row[]> | Iterable<Row[]>,
): Promise<Response> {
  const t = translator(locale);
  const words = columns.map(({ key }) => t(`csv.columns.${key}`));
  return fileAnswer({ mediaType: CSV, ending: "csv" }, nameParts, csvText(columns, words, batches));
}
