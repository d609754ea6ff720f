import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { assertMemberShown } from "./assert-member-shown";
import {
  type EntryRow,
  entriesSql,
  PAGE,
  readCursor,
  type ServedRow,
  servedSql,
  toEntry,
  toServed,
  writeCursor,
} from "./entry-rows";
import { fetchCreditSettings, usageView } from "./internal";
import type { EntriesInput, UsageLog } from "./schemas";

/**
 * The request log, newest first, 50 lines at a time; with `free`, answers that cost nothing stand between the bought
 * ones (unless the filter is about purchases alone). Others' lines only where the team's setting lets this reader see
 * them; a member whose lines are hidden is refused. @throws `invalid_request` for a foreign cursor or member.
 */
export async function readLog(ctx: TeamContext, input: EntriesInput & { free: boolean }): Promise<UsageLog> {
  const { cursor, free, ...filter } = input;
  const before = cursor ? readCursor(cursor) : null;
  return withTeam(ctx, "credits:read", async (tx) => {
    const settings = await fetchCreditSettings(tx, ctx.team.id);
    await assertMemberShown(tx, ctx, filter.member, { see: usageView(ctx, settings) === "all" });
    const scope = { ctx, filter, settings };
    const bought = await tx.$queryRaw<EntryRow[]>(entriesSql(scope, before));
    const withFree = free && !filter.purpose && !filter.outcome && !filter.search;
    const served = withFree ? await tx.$queryRaw<ServedRow[]>(servedSql(scope, before)) : [];
    const lines = [
      ...bought.map((row) => ({ place: row, item: { kind: "bought" as const, entry: toEntry(row) } })),
      ...served.map((row) => ({ place: row, item: { kind: "served" as const, served: toServed(scope, row) } })),
    ].sort((a, b) => compare(instant(b.place.at_text), instant(a.place.at_text)) || compare(b.place.id, a.place.id));
    const last = lines.length > PAGE ? lines[PAGE - 1] : null;
    return {
      items: lines.slice(0, PAGE).map(({ item }) => item),
      nextCursor: last ? writeCursor(last.place) : null,
    };
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** PostgreSQL drops trailing zeros of a fraction; filled up, instants sort as text. */
const instant = (at: string) => {
  const [, second = "", fraction = ""] = /^(.{19})(?:\.(\d+))?/.exec(at) ?? [];
  return `${second}.${fraction.padEnd(6, "0")}`;
};
