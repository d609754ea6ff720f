import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { unreachable } from "@/lib/platform/errors";
import { OUTCOME, paidFrom, servedTo, usageView } from "./internal";
import { type CreditSettings, NONE, OTHERS, SHARE, type UsageFilter, type UsageGroup } from "./schemas";

/** Who looks, at what, and how far the team lets them. */
export type UsageScope = { ctx: TeamContext; filter: UsageFilter; settings: CreditSettings };

/** Days of the team, both ends included. `periodStart` is set when they are exactly one credit period. */
export type Span = { from: string; to: string; periodStart: string | null };

/** The series of scheduled purchases: nobody pressed a button. */
export const SCHEDULES = "schedules";

const localDay = (ctx: TeamContext, column: Prisma.Sql) =>
  Prisma.sql`(${column} at time zone ${ctx.team.timeZone})::date`;

const within = (ctx: TeamContext, column: Prisma.Sql, { from, to }: Span) =>
  Prisma.sql`${column} >= (${from}::date)::timestamp at time zone ${ctx.team.timeZone}
    and ${column} < (${to}::date + 1)::timestamp at time zone ${ctx.team.timeZone}`;

/**
 * Whether only the reader's own may be counted: others are shown as sums by member, so a filter that would take such a
 * sum apart leaves them out.
 */
export const countsOnlyOwn = ({ ctx, filter, settings }: UsageScope): boolean => {
  const { purpose, outcome, region, token, search } = filter;
  return usageView(ctx, settings) !== "all" && Boolean(purpose ?? outcome ?? region ?? token ?? search);
};

/** The condition over `r` (a `credit_request`) for what is summed up: wider than single requests may be seen. */
function sumConditions(scope: UsageScope, span: Span): Prisma.Sql {
  const { ctx } = scope;
  const { member, purpose, outcome, region, token, search } = scope.filter;
  return Prisma.join(
    [
      Prisma.sql`r.team_id = ${ctx.team.id}::uuid`,
      Prisma.sql`r.upstream = ${ctx.team.upstream ?? ""}`,
      // A whole period by its own column: a request belongs to the period of its claim, whatever is set later.
      span.periodStart
        ? Prisma.sql`r.period_start = ${span.periodStart}::date`
        : within(ctx, Prisma.sql`r.reserved_at`, span),
      ...(countsOnlyOwn(scope) ? [Prisma.sql`r.member_id = ${ctx.member.id}::uuid`] : []),
      ...(member ? [paidFrom(member)] : []),
      ...(purpose ? [Prisma.sql`r.purpose = ${purpose}`] : []),
      ...(outcome ? [Prisma.sql`${OUTCOME} = ${outcome}`] : []),
      ...(region ? [Prisma.sql`r.region = ${region}`] : []),
      ...(token ? [Prisma.sql`r.token_id = ${token}::uuid`] : []),
      ...(search ? [Prisma.sql`coalesce(r.search_id, r.watchlist_id) = ${search}::uuid`] : []),
    ],
    " and ",
  );
}

/** A group's key over a request `r`, or over a served answer `x` with the request `r` that it came from. */
function groupKey({ ctx, settings }: UsageScope, by: UsageGroup, of: "r" | "x"): Prisma.Sql {
  const view = usageView(ctx, settings);
  const table = Prisma.raw(of);
  const at = of === "r" ? Prisma.sql`r.reserved_at` : Prisma.sql`x.at`;
  const own = Prisma.sql`${table}.member_id = ${ctx.member.id}::uuid`;
  const folded = (key: Prisma.Sql, isFolded: boolean) =>
    isFolded ? Prisma.sql`case when ${own} then ${key} else ${OTHERS} end` : key;
  switch (by) {
    case "member":
      return of === "r"
        ? folded(Prisma.sql`case when r.by_share then ${SHARE} else r.member_id::text end`, view === "own")
        : folded(Prisma.sql`x.member_id::text`, view === "own");
    case "day":
      return Prisma.sql`${localDay(ctx, at)}::text`;
    case "purpose":
      // An answer from the store was asked for no purpose that anybody wrote down.
      return of === "r" ? folded(Prisma.sql`r.purpose`, view !== "all") : Prisma.sql`null::text`;
    case "search":
      return of === "r"
        ? folded(Prisma.sql`coalesce(r.search_id, r.watchlist_id)::text`, view !== "all")
        : Prisma.sql`null::text`;
    case "region":
      return folded(Prisma.sql`r.region`, view !== "all");
    case "token":
      return folded(Prisma.sql`coalesce(${table}.token_id::text, ${NONE})`, view !== "all");
    default:
      return unreachable(by, "groupKey");
  }
}

/** Sums of requests; a row of days has `day` and `series`, a row of groups has `key`. */
export type UsageRow = {
  is_day: boolean;
  day: string | null;
  series: string | null;
  key: string | null;
  spent: number;
  held: number;
  unsettled: number;
  under_way: number;
  to_confirm: number;
  requests: number;
};

/** Both shapes of a usage view, by day and series and by group, in one pass over the requests. */
export function usageSql(scope: UsageScope, span: Span, by: UsageGroup): Prisma.Sql {
  const member = groupKey(scope, "member", "r");
  return Prisma.sql`
    select grouping(q.key) = 1 as is_day, q.day::text, q.series, q.key,
      coalesce(sum(q.price_credits) filter (where q.outcome = 'charged'), 0)::int as spent,
      coalesce(sum(q.price_credits) filter (where q.outcome in ('held', 'unsettled')), 0)::int as held,
      coalesce(sum(q.price_credits) filter (where q.outcome = 'unsettled'), 0)::int as unsettled,
      count(*) filter (where q.outcome = 'held')::int as under_way,
      count(*) filter (where q.outcome = 'unsettled')::int as to_confirm, count(*)::int as requests
    from (
      select ${localDay(scope.ctx, Prisma.sql`r.reserved_at`)} as day,
        case when r.purpose = 'schedule' and ${member} <> ${OTHERS} then ${SCHEDULES} else ${member} end as series,
        coalesce(${groupKey(scope, by, "r")}, ${NONE}) as key, ${OUTCOME} as outcome, r.price_credits
      from credit_request r where ${sumConditions(scope, span)}) q
    group by grouping sets ((q.day, q.series), (q.key))`;
}

export type SavedRow = { key: string | null; answers: number; credits: number };

/** Answers that cost nothing, by group: from the store, or with another's request that brought one. */
export function savedSql(scope: UsageScope, span: Span, by: UsageGroup): Prisma.Sql {
  const { ctx } = scope;
  const { member, region, token } = scope.filter;
  return Prisma.sql`
    select ${groupKey(scope, by, "x")} as key, count(*)::int as answers, sum(r.price_credits)::int as credits
    from served_answer x
      left join snapshot s on s.team_id = x.team_id and s.id = x.snapshot_id
      join credit_request r on r.team_id = x.team_id and r.id = coalesce(x.request_id, s.request_id)
    where x.team_id = ${ctx.team.id}::uuid and x.source <> 'bought' and ${within(ctx, Prisma.sql`x.at`, span)}
      and r.upstream = ${ctx.team.upstream ?? ""}
      and (x.source = 'stored' or (r.state = 'charged' and r.problem is null))
      ${countsOnlyOwn(scope) ? Prisma.sql`and x.member_id = ${ctx.member.id}::uuid` : Prisma.empty}
      ${member ? Prisma.sql`and ${servedTo(member)}` : Prisma.empty}
      ${region ? Prisma.sql`and r.region = ${region}` : Prisma.empty}
      ${token ? Prisma.sql`and x.token_id = ${token}::uuid` : Prisma.empty}
    group by 1`;
}

/** Charged credits of the whole team by day, in the periods that begin on these days; for the forecast. */
export const dailySql = ({ ctx }: Pick<UsageScope, "ctx">, periodStarts: string[]): Prisma.Sql => Prisma.sql`
  select ${localDay(ctx, Prisma.sql`r.reserved_at`)}::text as day, sum(r.price_credits)::int as spent
  from credit_request r
  where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""}
    and r.period_start = any(${periodStarts}::date[]) and r.state = 'charged'
  group by 1`;
