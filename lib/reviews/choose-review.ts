import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { ReadsReviewInput } from "./schemas";

/** Whether this member gets the review by mail. It is their own wish, so the team's audit does not hold it. */
export async function chooseReview(ctx: TeamContext, input: ReadsReviewInput): Promise<ReadsReviewInput> {
  const key = { teamId: ctx.team.id, memberId: ctx.member.id };
  return withTeam(ctx, "notifications:write", async (tx) => {
    if (input.isMine) await tx.weeklyReviewReader.createMany({ data: [key], skipDuplicates: true });
    else await tx.weeklyReviewReader.deleteMany({ where: key });
    return input;
  });
}
