import "server-only";
import { auditEach } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";
import { MOST_SETTLED_AT_ONCE, type SettledMany, type SettleManyInput } from "./schemas";

/**
 * A person says the same of several requests, or of every unsettled one (at most 1,000 at once, the oldest first).
 * Each gets its own correction and its own audit entry; one that may still be answered is left as it is.
 * @throws `not_found` when one of the ids is not the team's; then none is settled.
 */
export async function settleMany(ctx: TeamContext, input: SettleManyInput): Promise<SettledMany> {
  const { charged, reason } = input;
  return withTeam(ctx, "credits:settle", async (tx) => {
    const waiting = () => tx.$queryRaw<{ id: string }[]>`
      select r.id from credit_request r
      where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""}
        and (r.state = 'unsettled' or (r.state = 'sending' and r.lease_until <= clock_timestamp()))
      order by r.sent_at limit ${MOST_SETTLED_AT_ONCE}`;
    const ids = [...new Set(input.ids ?? (await waiting()).map(({ id }) => id))];
    const items = await tx.$queryRaw<SettledMany["items"]>`
      select id, result from credits_settle_many_by_hand(${ctx.team.id}::uuid, ${ids}::uuid[], ${charged}, ${reason},
        ${ctx.member.id}::uuid)`;
    if (items.length < ids.length) throw notFound();
    const settled = items.filter(({ result }) => result === "settled");
    await auditEach(
      tx,
      ctx,
      "credits.settled_by_hand",
      settled.map(({ id }) => ({ details: { requestId: id, charged, reason } })),
    );
    const [left] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from credit_request r
      where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""} and r.state = 'unsettled'`;
    return { items, remaining: left?.count ?? 0 };
  });
}
