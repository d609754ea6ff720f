import "server-only";
import {
  SPAN_REVERSED,
  spanInOrder,
  USAGE_GROUPS,
  type UsageFilter,
  type UsageGroup,
  usageFilterSchema,
} from "@/lib/credits/schemas";

export type Address = Record<string, string | string[] | undefined>;

const FIELDS = ["from", "to", "member", "purpose", "outcome", "region", "token", "search"] as const;
export type Field = (typeof FIELDS)[number];
export type Mistakes = Partial<Record<Field, string>>;

/** What the table can sum up by; days have their own bars. */
export const TABLES = USAGE_GROUPS.filter((group): group is TableGroup => group !== "day");
export type TableGroup = Exclude<UsageGroup, "day">;

/** What the page shows: a selection, what the table sums up by, and whether the log holds what was free. */
export type Shown = { filter: UsageFilter; by: TableGroup; free: boolean; cursor?: string | undefined };

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)?.trim();
const schema = usageFilterSchema.refine(spanInOrder, SPAN_REVERSED);

/**
 * What an address asks for. Fields that cannot be read are left out and named in `mistakes` by the key of their
 * sentence; `typed` keeps what stood there. Reversed dates leave out both.
 */
export function parseUsage(address: Address): {
  shown: Shown;
  mistakes: Mistakes;
  typed: Partial<Record<Field, string>>;
} {
  const typed: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const value = one(address[field]);
    if (value) typed[field] = value;
  }
  const by = TABLES.find((group) => group === one(address.by)) ?? "member";
  const rest = { by, free: one(address.free) === "1", cursor: one(address.cursor) || undefined };
  const mistakes: Mistakes = {};
  const given = { ...typed };
  for (;;) {
    const parsed = schema.safeParse(given);
    if (parsed.success) return { shown: { filter: parsed.data, ...rest }, mistakes, typed };
    for (const issue of parsed.error.issues) {
      const field = FIELDS.find((name) => name === issue.path[0]);
      if (!field) throw parsed.error;
      mistakes[field] ??= issue.message;
      if (issue.message === SPAN_REVERSED.error) delete given.from;
      delete given[field];
    }
  }
}

/** What a verb refused of a selection, by field; empty when the error is about something else. */
export function refusedFields(error: unknown): { path: string; message: string }[] {
  const details = (error as { details?: { errors?: { path: string; message: string }[] } }).details;
  return details?.errors ?? [];
}

const chosen = (filter: UsageFilter): Record<string, string> =>
  Object.fromEntries(FIELDS.flatMap((field) => (filter[field] ? [[field, filter[field]]] : [])));

/** The address of a selection; what is as usual is left out, but never all: then the page would show what was left. */
export function creditsHref(slug: string, { filter, by, free, cursor }: Shown, anchor = ""): string {
  const query = new URLSearchParams(chosen(filter));
  if (by !== "member") query.set("by", by);
  if (free) query.set("free", "1");
  if (cursor) query.set("cursor", cursor);
  if (query.size === 0) query.set("by", by);
  return `/t/${slug}/credits?${query}${anchor}`;
}

/** The bars of a selection as a picture to paste elsewhere. */
export const usagePictureHref = (slug: string, { filter }: Shown): string =>
  `/api/v1/credits/summary.svg?${new URLSearchParams({ team: slug, ...chosen(filter) })}`;

/** Where the selection is to be had as a file: its requests, or what the table sums up. */
export function csvHref(slug: string, what: "entries" | "summary", { filter, by }: Shown): string {
  const query = new URLSearchParams({ team: slug, ...chosen(filter) });
  if (what === "summary") query.set("groupBy", by);
  return `/api/v1/credits/${what}.csv?${query}`;
}
