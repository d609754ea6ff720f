import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { addBalance } from "./balance-entries";
import type { BalanceEntry, StateBalanceInput } from "./schemas";

/**
 * Notes the balance that the KeyAPI dashboard shows of the key in use, in credits. Nothing else changes: what it
 * says about requests is for people to read. @throws `key_missing`; `invalid_request` for a moment to come.
 */
export async function stateBalance(ctx: TeamContext, input: StateBalanceInput): Promise<BalanceEntry> {
  return withTeam(ctx, "credits:settle", async (tx) => {
    const entry = await addBalance(tx, ctx, { ...input, kind: "stated" });
    await audit(tx, ctx, "balance.stated", { keyId: entry.key.id, credits: entry.credits });
    return entry;
  });
}
