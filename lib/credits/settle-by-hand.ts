import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { AppError, notFound } from "@/lib/platform/errors";
import type { SettleByHandInput } from "./schemas";

/**
 * A person says what a request really cost, as their KeyAPI dashboard shows it. A correction is added; nothing is
 * altered. @throws `not_found`; `conflict` with reason `under_way` while the request may still be answered.
 */
export async function settleByHand(
  ctx: TeamContext,
  requestId: string,
  input: SettleByHandInput,
): Promise<{ id: string; outcome: "charged" | "not_charged" | "released" }> {
  return withTeam(ctx, "credits:settle", async (tx) => {
    const [settled] = await tx.$queryRaw<{ result: "settled" | "unchanged" | "under_way" | "not_found" }[]>`
      select credits_settle_by_hand(${ctx.team.id}::uuid, ${requestId}::uuid, ${input.charged}, ${input.reason},
        ${ctx.member.id}::uuid) as result`;
    if (!settled || settled.result === "not_found") throw notFound();
    if (settled.result === "under_way") throw new AppError("conflict", { reason: "under_way" });
    const request = await tx.creditRequest.findUniqueOrThrow({
      where: { teamId_id: { teamId: ctx.team.id, id: requestId } },
    });
    if (settled.result === "settled") {
      await audit(tx, ctx, "credits.settled_by_hand", { requestId, charged: input.charged, reason: input.reason });
    }
    return { id: requestId, outcome: request.state as "charged" | "not_charged" | "released" };
  });
}
