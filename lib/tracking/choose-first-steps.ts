import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { FirstStepsChoice } from "./first-steps-schemas";

/** The member's own wish about their own screen, so the team's audit does not hold it. */
export async function chooseFirstSteps(ctx: TeamContext, { hidden }: FirstStepsChoice): Promise<FirstStepsChoice> {
  return withTeam(ctx, "first_steps:write", async (tx) => {
    await tx.membership.update({
      where: { teamId_id: { teamId: ctx.team.id, id: ctx.member.id } },
      data: { firstStepsHidden: hidden },
    });
    return { hidden };
  });
}
