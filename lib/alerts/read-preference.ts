import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { toPreference } from "./preference-row";
import type { AlertPreference } from "./schemas";

/** How this member wants to hear of things: of their own rules and in the app, until they say otherwise. */
export async function readPreference(ctx: TeamContext): Promise<AlertPreference> {
  const key = { teamId: ctx.team.id, memberId: ctx.member.id };
  return withTeam(ctx, "alerts:read", async (tx) =>
    toPreference(ctx, await tx.alertPreference.findUnique({ where: { teamId_memberId: key } })),
  );
}
