import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { unreachable } from "@/lib/platform/errors";
import type { CreditSummary, SummaryInput } from "./schemas";

/** The group's key as SQL over `r` (a request), and over `x` (a served answer) for what was free. */
function groupKeys(ctx: TeamContext, groupBy: SummaryInput["groupBy"]): { request: Prisma.Sql; served: Prisma.Sql } {
  switch (groupBy) {
    case "member":
      return { request: Prisma.sql`r.member_id::text`, served: Prisma.sql`x.member_id::text` };
    case "day":
      return {
        request: Prisma.sql`(r.reserved_at at time zone ${ctx.team.timeZone})::date::text`,
        served: Prisma.sql`(x.at at time zone ${ctx.team.timeZone})::date::text`,
      };
    case "purpose":
      return { request: Prisma.sql`r.purpose`, served: Prisma.sql`coalesce(r.purpose, 'stored')` };
    case "search":
      return {
        request: Prisma.sql`coalesce(r.search_id::text, 'none')`,
        served: Prisma.sql`coalesce(r.search_id::text, 'none')`,
      };
    default:
      return unreachable(groupBy, "groupKeys");
  }
}

type Sums = { key: string; spent: number; held: number; unsettled: number; requests: number; free: number };

/**
 * Credits of the team's upstream between two days of the team's time zone, by default in the running period.
 * A request belongs to the period of its reservation; one whose lease ran out counts as what it will become.
 */
export async function readSummary(ctx: TeamContext, input: Partial<SummaryInput> = {}): Promise<CreditSummary> {
  const { from, to, groupBy = "member" } = input;
  const upstream = ctx.team.upstream ?? "";
  const keys = groupKeys(ctx, groupBy);
  return withTeam(ctx, "credits:read", async (tx) => {
    const [period] = await tx.$queryRaw<{ start: string; last: string; resets_at: Date }[]>`
      select start::text, last::text, resets_at from credit_period(${ctx.team.id}::uuid, app_now())`;
    if (!period) throw new Error("The credit period could not be read");
    const first = from ?? period.start;
    const last = to ?? (from && from > period.last ? from : period.last);
    const whole = first === period.start && last === period.last;
    // By period when a whole one is asked for: a request belongs to the period of its claim.
    const requestSpan = whole
      ? Prisma.sql`r.period_start = ${period.start}::date`
      : Prisma.sql`r.reserved_at >= (${first}::date)::timestamp at time zone ${ctx.team.timeZone}
          and r.reserved_at < (${last}::date + 1)::timestamp at time zone ${ctx.team.timeZone}`;

    const sums = await tx.$queryRaw<Sums[]>`
      with bought as (
        select ${keys.request} as key,
          sum(case when r.state = 'charged' then r.price_credits else 0 end)::int as spent,
          sum(case when r.state = 'unsettled' or (r.state in ('reserved', 'sending') and r.lease_until > clock_timestamp())
            or (r.state = 'sending') then r.price_credits else 0 end)::int as held,
          sum(case when r.state = 'unsettled' or (r.state = 'sending' and r.lease_until <= clock_timestamp())
            then r.price_credits else 0 end)::int as unsettled,
          count(*)::int as requests
        from credit_request r
        where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${upstream} and ${requestSpan}
        group by 1),
      free as (
        select ${keys.served} as key, count(*)::int as free
        from served_answer x
          left join credit_request r on r.team_id = x.team_id and r.id = x.request_id
          left join snapshot s on s.team_id = x.team_id and s.id = x.snapshot_id
        where x.team_id = ${ctx.team.id}::uuid and x.source <> 'bought' and coalesce(r.upstream, s.upstream) = ${upstream}
          and x.at >= (${first}::date)::timestamp at time zone ${ctx.team.timeZone}
          and x.at < (${last}::date + 1)::timestamp at time zone ${ctx.team.timeZone}
        group by 1)
      select key, coalesce(b.spent, 0) as spent, coalesce(b.held, 0) as held, coalesce(b.unsettled, 0) as unsettled,
        coalesce(b.requests, 0) as requests, coalesce(f.free, 0) as free
      from bought b full join free f using (key)`;
    const limits = await tx.creditLimit.findMany({ where: { teamId: ctx.team.id, scope: { in: ["team", "member"] } } });
    const limitOf = (subjectId: string) => limits.find((limit) => limit.subjectId === subjectId)?.credits ?? null;
    const groups = await namedGroups(ctx, tx, groupBy, sums, limitOf);

    const total = (pick: "spent" | "held" | "unsettled") => sums.reduce((sum, group) => sum + group[pick], 0);
    const limit = whole ? limitOf(ctx.team.id) : null;
    const [spent, held] = [total("spent"), total("held")];
    return {
      from: first,
      to: last,
      resetsAt: period.resets_at.toISOString(),
      spent,
      held,
      unsettled: total("unsettled"),
      limit,
      left: limit === null ? null : Math.max(0, limit - spent - held),
      groups,
    };
  });
}

async function namedGroups(
  ctx: TeamContext,
  tx: Parameters<Parameters<typeof withTeam>[2]>[0],
  groupBy: SummaryInput["groupBy"],
  sums: Sums[],
  limitOf: (subjectId: string) => number | null,
): Promise<CreditSummary["groups"]> {
  if (groupBy !== "member") {
    return sums
      .map((group) => ({ ...group, name: group.key, limit: null }))
      .sort((a, b) =>
        groupBy === "day" ? a.key.localeCompare(b.key) : b.spent - a.spent || a.key.localeCompare(b.key),
      );
  }
  const members = await tx.membership.findMany({
    where: { teamId: ctx.team.id },
    select: { id: true, removedAt: true, user: { select: { name: true } } },
  });
  return members
    .flatMap((member) => {
      const group = sums.find(({ key }) => key === member.id);
      // Members of today are listed also when they spent nothing; removed ones only with what they spent.
      if (!group && member.removedAt) return [];
      const empty = { key: member.id, spent: 0, held: 0, unsettled: 0, requests: 0, free: 0 };
      return [{ ...(group ?? empty), name: member.user.name, limit: limitOf(member.id) }];
    })
    .sort((a, b) => b.spent - a.spent || a.name.localeCompare(b.name));
}
