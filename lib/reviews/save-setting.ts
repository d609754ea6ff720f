import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { fetchSetting } from "./read-reviews";
import type { ReviewSetting } from "./schemas";

/** Whether and when the weekly review goes out by itself; what was due before now does not. */
export async function saveReviewSetting(ctx: TeamContext, input: ReviewSetting): Promise<ReviewSetting> {
  const teamId = ctx.team.id;
  return withTeam(ctx, "team:write", async (tx) => {
    const before = await fetchSetting(tx, teamId);
    const change = { ...input, changedAt: await appNow(tx) };
    await tx.weeklyReviewSetting.upsert({ where: { teamId }, create: { teamId, ...change }, update: change });
    await audit(tx, ctx, "weekly_review.scheduled", {}, { before: { ...before }, after: { ...input } });
    return input;
  });
}
