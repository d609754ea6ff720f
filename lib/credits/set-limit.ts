import "server-only";
import { asTeam } from "@/lib/auth/context";
import { AppError, notFound } from "@/lib/platform/errors";
import { applyLimits } from "./apply-limits";

/**
 * Sets (or with null removes) the monthly limit of a team or one of its members, as the operator.
 * It holds from the running period on, also beneath what is already spent.
 * @throws `not_found` for a member of another team, `invalid_request` for anything but a whole number from 0.
 */
export async function setLimit(input: {
  teamId: string;
  memberId: string | null;
  credits: number | null;
}): Promise<void> {
  if (input.credits !== null && !(Number.isInteger(input.credits) && input.credits >= 0 && input.credits <= 1e9)) {
    throw new AppError("invalid_request", { errors: [{ path: "credits", message: "credits_unknown" }] });
  }
  await asTeam(input.teamId, async (tx) => {
    if (input.memberId) {
      const member = await tx.membership.findFirst({
        where: { teamId: input.teamId, id: input.memberId, removedAt: null },
      });
      if (!member) throw notFound();
    }
    const { memberId, teamId, credits } = input;
    await applyLimits(tx, teamId, [
      memberId ? { scope: "member", subjectId: memberId, credits } : { scope: "team", subjectId: teamId, credits },
    ]);
  });
}
