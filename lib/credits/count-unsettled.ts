import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { fetchCreditSettings, usageView } from "./internal";

/** How many requests of the team's upstream wait for their cost, of those that this reader may see. */
export async function countUnsettled(ctx: TeamContext): Promise<number> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const view = usageView(ctx, await fetchCreditSettings(tx, ctx.team.id));
    const [waiting] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from credit_request r
      where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""}
        and (r.state = 'unsettled' or (r.state = 'sending' and r.lease_until <= clock_timestamp()))
        ${view === "all" ? Prisma.empty : Prisma.sql`and r.member_id = ${ctx.member.id}::uuid`}`;
    return waiting?.count ?? 0;
  });
}
