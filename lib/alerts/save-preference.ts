import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { invalid } from "@/lib/platform/errors";
import { toPreference } from "./preference-row";
import type { AlertPreference } from "./schemas";

/**
 * It is the member's own wish, of any role, so the team's audit does not hold it. What waits to be mailed stays due.
 * @throws `invalid_request` for an owner who does not want to see limits: somebody has to
 */
export async function savePreference(ctx: TeamContext, input: AlertPreference): Promise<AlertPreference> {
  if (ctx.member.role === "owner" && !input.limitsInApp) throw invalid("limitsInApp", "alert_owner_limits");
  const key = { teamId: ctx.team.id, memberId: ctx.member.id };
  return withTeam(ctx, "notifications:write", async (tx) => {
    const change = { ...input, updatedAt: await appNow(tx) };
    return toPreference(
      ctx,
      await tx.alertPreference.upsert({
        where: { teamId_memberId: key },
        create: { ...key, ...change },
        update: change,
      }),
    );
  });
}
