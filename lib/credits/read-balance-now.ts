import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchKeyInUse, fetchSpans, toBalanceNow } from "./balance-entries";
import type { BalanceNow } from "./schemas";

/** The stated KeyAPI balance of the key in use and what it should be by now, in credits; null when none was stated. */
export async function readBalanceNow(ctx: TeamContext): Promise<BalanceNow | null> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const key = await fetchKeyInUse(tx, ctx);
    if (!key) return null;
    const last = (await fetchSpans(tx, ctx, { keyInUse: key.id, onlyNow: true })).get("now");
    return last ? toBalanceNow(last) : null;
  });
}
