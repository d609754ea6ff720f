import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { AppError, invalid } from "@/lib/platform/errors";
import type { MarkReviewedInput, MovementReview } from "./movement-schemas";
import { fetchScope } from "./movement-scope";
import { reviewsOf, toReview } from "./review-rows";

/** So many steps back a mark can be taken. */
const MOST_KEPT = 10;

/**
 * Marks what moved as reviewed by the asking member, as it was read at `seenAt`; the same moment twice is one mark, and an
 * older one does not take back a newer. Theirs alone, of any role, so the team's audit does not hold it.
 * @throws `not_found` for a list or search that they may not see; `invalid_request` for a moment that has not come
 */
export async function markReviewed(ctx: TeamContext, input: MarkReviewedInput): Promise<MovementReview> {
  return withTeam(ctx, "reviews:write", async (tx) => {
    if (!ctx.team.upstream) throw new AppError("key_missing");
    await fetchScope(tx, ctx, input);
    const now = await appNow(tx);
    const seenAt = input.seenAt ? new Date(input.seenAt) : now;
    if (seenAt > now) throw invalid("seenAt", "seen_later");
    const mine = reviewsOf(ctx, input.scope);
    const marked = await tx.movementReview.createManyAndReturn({ data: [{ ...mine, seenAt }], skipDuplicates: true });
    const kept = await tx.movementReview.findMany({ where: mine, orderBy: { seenAt: "desc" }, take: MOST_KEPT });
    const oldest = kept[MOST_KEPT - 1];
    if (oldest) await tx.movementReview.deleteMany({ where: { ...mine, seenAt: { lt: oldest.seenAt } } });
    return toReview(marked[0] ?? (await tx.movementReview.findFirstOrThrow({ where: { ...mine, seenAt } })));
  });
}
