import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { maySpendOf, type Payer } from "@/lib/credits/may-spend-of";
import type { Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";

/**
 * What renews by itself spends its payer's credits: others neither let it ask for something else or for more, nor does
 * its maker hide it while somebody else pays. Their schedule is held until the change is done.
 * @throws `invalid_request` at each such field
 */
export async function refuseSpendingOfOthers(
  tx: Tx,
  ctx: TeamContext,
  renewedId: string,
  { hides, asks = [] }: { hides: boolean; asks?: string[] },
): Promise<void> {
  if (!hides && asks.length === 0) return;
  const [payer] = await tx.$queryRaw<Payer[]>`
    select member_id as "memberId", by_share as "byShare" from schedule
    where team_id = ${ctx.team.id}::uuid and ended_at is null
      and (search_id = ${renewedId}::uuid or watchlist_id = ${renewedId}::uuid)
    for share`;
  if (!payer) return;
  const isHidden = hides && (payer.byShare || payer.memberId !== ctx.member.id);
  const errors = [
    ...(maySpendOf(ctx.member, payer) ? [] : asks.map((path) => ({ path, message: "renewal_of_others" }))),
    ...(isHidden ? [{ path: "shared", message: "renewal_paid_by_others" }] : []),
  ];
  if (errors.length > 0) throw new AppError("invalid_request", { errors });
}
