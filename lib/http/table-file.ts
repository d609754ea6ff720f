import "server-only";
import { translator } from "@/lib/i18n/translate";
import { type CsvColumn, csvText } from "@/lib/platform/csv";
import { xlsxBytes } from "@/lib/platform/xlsx";
import type { ApiRoute, Call } from "./declaration";
import { fileAnswer } from "./file-answer";

/** The media type of a table to be saved, for a route's `file`. */
export const CSV = "text/csv";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What is true of every such table, for a route's description. */
export const ABOUT_CSV =
  "UTF-8 with a byte order mark, CRLF. The first row holds stable keys, the second the reader's words; numbers are raw and moments in UTC. A text that a spreadsheet would run as a formula has an apostrophe before it.";
const ABOUT_XLSX =
  "The same table as a workbook of one sheet: a row of stable keys, one of the reader's words, raw numbers, and texts that stay texts. It ends after 100,000 rows, and says so; the CSV has them all.";

/**
 * A table to be saved, made while it is read: CSV, or a workbook where `asWorkbook` was asked. Its second row says the
 * keys of the columns in the caller's language.
 * @param nameParts of the file: what it holds, of whom, of when
 */
export async function tableFile<Row>(
  { locale, as }: Pick<Call, "locale" | "as">,
  nameParts: readonly (string | undefined)[],
  columns: readonly CsvColumn<Row>[],
  batches: AsyncIterable<Row[]> | Iterable<Row[]>,
): Promise<Response> {
  const t = translator(locale);
  const called = columns.map(({ key, words }) => words?.(t) ?? t(`csv.columns.${key}`));
  if (as === "csv") return fileAnswer({ mediaType: CSV, ending: "csv" }, nameParts, csvText(columns, called, batches));
  const bytes = xlsxBytes(columns, called, await begun(batches), t("csv.cut"));
  return fileAnswer({ mediaType: XLSX, ending: "xlsx" }, nameParts, bytes);
}

/** With its first batch read: what fails there is a problem document still, before a workbook's first byte is out. */
async function begun<Row>(batches: AsyncIterable<Row[]> | Iterable<Row[]>): Promise<AsyncIterable<Row[]>> {
  const all = (async function* () {
    yield* batches;
  })();
  const first = await all.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* all;
    } finally {
      await all.return();
    }
  })();
}

/** The route of a table's CSV, answering with a workbook. */
export function asWorkbook(route: ApiRoute): ApiRoute {
  const handler: ApiRoute = Object.assign(
    (...[request, context]: Parameters<ApiRoute>) => route(request, { ...context, as: "xlsx" }),
    { spec: { ...route.spec, summary: `${route.spec.summary}, for Excel`, description: ABOUT_XLSX, file: XLSX } },
  );
  return handler;
}
