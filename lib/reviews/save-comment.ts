import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { AppError, invalid } from "@/lib/platform/errors";
import { fetchComment } from "./read-reviews";
import type { SaveCommentInput } from "./schemas";

/**
 * What somebody has to say beside the figures of a week's review, before it goes out.
 * @throws `conflict` when it was written anew meanwhile (`edited_meanwhile`) or has gone out (`review_sent`)
 */
export async function saveComment(ctx: TeamContext, week: string, input: SaveCommentInput) {
  const teamId = ctx.team.id;
  if (new Date(week).getUTCDay() !== 1) throw invalid("week", "review_week");
  return withTeam(ctx, "tracking:write", async (tx) => {
    const rows = await tx.$queryRaw<{ version: number }[]>`
      insert into weekly_review as v (team_id, week, comment, commented_by_id)
      values (${teamId}::uuid, ${week}::date, ${input.comment}, ${ctx.member.id}::uuid)
      on conflict (team_id, week) do update
        set comment = excluded.comment, commented_by_id = excluded.commented_by_id, version = v.version + 1
        where v.sent_at is null and v.version = coalesce(${input.version ?? null}::int, v.version)
      returning version`;
    if (rows.length === 0) {
      const there = await tx.weeklyReview.findUnique({ where: { teamId_week: { teamId, week: new Date(week) } } });
      throw new AppError("conflict", { reason: there?.sentAt ? "review_sent" : "edited_meanwhile" });
    }
    await audit(tx, ctx, "weekly_review.commented", { week });
    return fetchComment(tx, teamId, week);
  });
}
