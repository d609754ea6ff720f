import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import { fetchOwnNumbers } from "./own-number-rows";
import type { OwnNumber } from "./own-number-schemas";

/** What the team's own account says of a category, in every region, the newest month first. */
export async function readOwnNumbers(ctx: TeamContext, categoryId: string): Promise<{ items: OwnNumber[] }> {
  return withTeamLookups(ctx, "tracking:read", async (tx) => ({ items: await fetchOwnNumbers(tx, ctx, categoryId) }));
}
