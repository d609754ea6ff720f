import type { TableLook } from "@/lib/platform/format/table-page";

export type Address = Record<string, string | string[] | undefined>;

export type TableAddress = {
  /** What the address asks of the table, as the verb that reads it takes it. */
  look: TableLook;
  /** The page that the table stands on. */
  path: string;
  /** The field of the address that holds what is looked for. */
  field: string;
  /** Whatever else the address says: it stays when the table shows another page. */
  kept: [name: string, value: string][];
  /** Where a page of the table is. */
  href: (page: number) => string;
  /** Where the whole table is, with nothing looked for. */
  wholeHref: string;
};

const LONGEST = 200;
/** More pages than any table has; a larger number is no number that a database takes. */
const MOST_PAGES = 1_000_000;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

/**
 * What an address asks of a long table, and where its other pages are. What is no page is the first.
 * @param name where a page has several: `?invitations.page=2` instead of `?page=2`
 * @param anchor the id of what the table stands in, where another page of it shall not lead to the top of the whole
 */
export function tableAddress(path: string, given: Address, name = "", anchor = ""): TableAddress {
  const [field, pageField] = name ? [`${name}.q`, `${name}.page`] : ["q", "page"];
  // What a database cannot hold, such as a NUL, is found nowhere.
  const q = first(given[field])
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, LONGEST);
  const asked = first(given[pageField]);
  const page = /^\d{1,7}$/.test(asked) ? Math.min(Math.max(Number(asked), 1), MOST_PAGES) : 1;
  const kept = Object.entries(given).flatMap(([key, value]) =>
    key === field || key === pageField || value === undefined
      ? []
      : [value].flat().map((one): [string, string] => [key, one]),
  );
  const at = (pairs: [string, string][]) => {
    const query = new URLSearchParams([...kept, ...pairs]).toString();
    return `${path}${query && `?${query}`}${anchor && `#${anchor}`}`;
  };
  const looked: [string, string][] = q ? [[field, q]] : [];
  return {
    look: { q, page },
    path,
    field,
    kept,
    href: (to) => at(to > 1 ? [...looked, [pageField, `${to}`]] : looked),
    wholeHref: at([]),
  };
}
