import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { addBalance } from "./balance-entries";
import type { BalanceEntry, EnterTopUpInput } from "./schemas";

/** Notes credits that were bought for the KeyAPI account of the key in use. @throws `key_missing` */
export async function enterTopUp(ctx: TeamContext, input: EnterTopUpInput): Promise<BalanceEntry> {
  return withTeam(ctx, "credits:settle", async (tx) => {
    const entry = await addBalance(tx, ctx, { ...input, kind: "top_up" });
    await audit(tx, ctx, "balance.topped_up", { keyId: entry.key.id, credits: entry.credits });
    return entry;
  });
}
