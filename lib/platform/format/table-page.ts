/** Rows of a long table that stand on one page of it. */
export const TABLE_ROWS = 50;

/** What is asked of a long table: the rows that hold a text, and which page of them, from 1. */
export type TableLook = { q: string; page: number };

export type TablePage<Row> = {
  items: Row[];
  /** Rows on all pages. */
  total: number;
  /** The page that is shown, from 1: a page beyond the last is the last. */
  page: number;
  pages: number;
};

const pagesOf = (total: number, rows: number) => Math.max(1, Math.ceil(total / rows));

/** A page of what a database holds: counted first, so that a page beyond the last is the last. */
export async function readTablePage<Row>(
  { page }: TableLook,
  count: () => Promise<number>,
  read: (limit: number, offset: number) => Promise<Row[]>,
  rows = TABLE_ROWS,
): Promise<TablePage<Row>> {
  const total = await count();
  const pages = pagesOf(total, rows);
  const shown = Math.min(page, pages);
  return { items: total === 0 ? [] : await read(rows, (shown - 1) * rows), total, page: shown, pages };
}

/** The same where one statement read the page, as near as there is one, and counted all rows. */
export function pageOfCounted<Row>(
  items: Row[],
  total: number,
  { page }: TableLook,
  rows = TABLE_ROWS,
): TablePage<Row> {
  const pages = pagesOf(total, rows);
  return { items, total, page: Math.min(page, pages), pages };
}

/** The same of rows that are all at hand; `textOf` says what a row is found by. */
export function tablePageOf<Row>(
  all: readonly Row[],
  { q, page }: TableLook,
  textOf: (row: Row) => readonly (string | null)[],
  rows = TABLE_ROWS,
): TablePage<Row> {
  const word = q.toLowerCase();
  const found = word === "" ? all : all.filter((row) => textOf(row).some((text) => text?.toLowerCase().includes(word)));
  const pages = pagesOf(found.length, rows);
  const shown = Math.min(page, pages);
  return { items: found.slice((shown - 1) * rows, shown * rows), total: found.length, page: shown, pages };
}

/** A text as `ilike` takes it, whatever signs stand in it; Prisma's `contains` is one and takes it so. */
export const literally = (q: string): string => q.replace(/[\\%_]/g, "\\$&");

/** What `ilike` takes for "holds this text". */
export const containing = (q: string): string => `%${literally(q)}%`;
