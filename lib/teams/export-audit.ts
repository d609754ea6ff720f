import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { CsvColumn } from "@/lib/platform/csv";
import { isoDate } from "@/lib/platform/format/date";
import type { AuditEntry, AuditFilter } from "./audit-schemas";
import { readAudit } from "./read-audit";

const BATCH = 1_000;

/** The whole log within a filter, newest first; each batch is read only when the one before it was taken. */
export async function* exportAudit(ctx: TeamContext, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await readAudit(ctx, { ...filter, cursor }, BATCH);
    yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}

const asJson = (facts: object | null) => (facts && Object.keys(facts).length > 0 ? JSON.stringify(facts) : null);

/** The columns of the log. `happened_at` is in UTC, `date` is the team's; facts are JSON objects. */
export const auditColumns = (timeZone: string): CsvColumn<AuditEntry>[] => [
  { key: "entry_id", value: ({ id }) => id },
  { key: "happened_at", value: ({ at }) => at },
  { key: "date", value: ({ at }) => isoDate(at, timeZone) },
  { key: "actor", value: ({ actor }) => actor },
  { key: "member_id", value: ({ member }) => member?.id ?? null },
  { key: "member", value: ({ member }) => member?.name ?? null },
  { key: "token", value: ({ token }) => token?.name ?? null },
  { key: "action", value: ({ action }) => action },
  { key: "details", value: ({ details }) => asJson(details) },
  { key: "before", value: ({ before }) => asJson(before) },
  { key: "after", value: ({ after }) => asJson(after) },
  { key: "address", value: ({ address }) => address },
  { key: "device", value: ({ device }) => device },
];
