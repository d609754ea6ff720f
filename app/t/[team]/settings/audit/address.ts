import "server-only";
import { type AuditInput, auditFilterSchema } from "@/lib/teams/audit-schemas";

const FIELDS = ["from", "to", "member", "kind"] as const;
type Field = (typeof FIELDS)[number];
export type Typed = Partial<Record<Field, string>>;

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)?.trim() || undefined;

/**
 * What an address asks for. A field that cannot be read is left out and named in `mistakes` by the key of its
 * sentence; `typed` keeps what stood there. Reversed dates leave out both.
 */
export function parseAudit(address: Record<string, string | string[] | undefined>): {
  shown: AuditInput;
  typed: Typed;
  mistakes: Typed;
} {
  const typed: Typed = {};
  for (const field of FIELDS) {
    const value = one(address[field]);
    if (value) typed[field] = value;
  }
  const parsed = auditFilterSchema.safeParse(typed);
  if (parsed.success) return { shown: { ...parsed.data, cursor: one(address.cursor) }, typed, mistakes: {} };
  const mistakes: Typed = {};
  const kept = { ...typed };
  for (const { path, message } of parsed.error.issues) {
    const field = FIELDS.find((name) => name === path[0]);
    if (!field) throw parsed.error;
    // Whether two days are in order is no question while one of them is no day.
    if (message === "dates_reversed" && mistakes.from) continue;
    mistakes[field] ??= message;
    delete kept[field];
    if (message === "dates_reversed") delete kept.from;
  }
  return { shown: auditFilterSchema.parse(kept), typed, mistakes };
}

const queryOf = (shown: AuditInput) => {
  const query = new URLSearchParams();
  for (const field of FIELDS) if (shown[field]) query.set(field, shown[field]);
  return query;
};

/** The address of a filter, and of what comes before its cursor. */
export function auditHref(slug: string, shown: AuditInput = {}): string {
  const query = queryOf(shown);
  if (shown.cursor) query.set("cursor", shown.cursor);
  return `/t/${slug}/settings/audit${query.size > 0 ? `?${query}` : ""}`;
}

/** Where the filter is to be had as a file. */
export function auditCsvHref(slug: string, shown: AuditInput): string {
  const query = queryOf(shown);
  query.set("team", slug);
  return `/api/v1/audit.csv?${query}`;
}
