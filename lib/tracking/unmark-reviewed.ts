import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";

/** Takes one of the asking member's own marks back; the one before it counts again. @throws `not_found` */
export async function unmarkReviewed(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "reviews:write", async (tx) => {
    const { count } = await tx.movementReview.deleteMany({
      where: { teamId: ctx.team.id, memberId: ctx.member.id, id },
    });
    if (count === 0) throw notFound();
  });
}
