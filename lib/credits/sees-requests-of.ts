import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { fetchCreditSettings, usageView } from "./internal";

/** Whether this reader may see single requests of a member, by the team's setting; within the caller's transaction. */
export async function seesRequestsOf(tx: Tx, ctx: TeamContext, memberId: string): Promise<boolean> {
  return memberId === ctx.member.id || usageView(ctx, await fetchCreditSettings(tx, ctx.team.id)) === "all";
}
