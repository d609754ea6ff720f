import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Price } from "@/lib/platform/format/money";
import { fetchCreditSettings } from "./internal";
import { creditPriceOf } from "./schemas";

/** What the team said that one credit costs; null when it did not. */
export async function readCreditPrice(ctx: TeamContext): Promise<Price | null> {
  return withTeam(ctx, "credits:read", async (tx) => creditPriceOf(await fetchCreditSettings(tx, ctx.team.id)));
}
