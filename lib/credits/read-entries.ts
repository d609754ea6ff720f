import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { assertMemberShown } from "./assert-member-shown";
import { type EntryRow, entriesSql, PAGE, readCursor, toEntry, writeCursor } from "./entry-rows";
import { fetchCreditSettings, usageView } from "./internal";
import type { EntriesInput, LedgerEntry } from "./schemas";

/**
 * The ledger of the team's upstream, newest first, so many entries at a time; others' entries only where the team's setting
 * lets this reader see them. @throws `invalid_request` for a foreign cursor or member.
 */
export async function readEntries(
  ctx: TeamContext,
  input: EntriesInput,
  most = PAGE,
): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> {
  const { cursor, ...filter } = input;
  const before = cursor ? readCursor(cursor) : null;
  return withTeam(ctx, "credits:read", async (tx) => {
    const settings = await fetchCreditSettings(tx, ctx.team.id);
    await assertMemberShown(tx, ctx, filter.member, { see: usageView(ctx, settings) === "all" });
    const rows = await tx.$queryRaw<EntryRow[]>(entriesSql({ ctx, filter, settings }, before, most));
    const last = rows.length > most ? rows[most - 1] : null;
    return { items: rows.slice(0, most).map(toEntry), nextCursor: last ? writeCursor(last) : null };
  });
}
