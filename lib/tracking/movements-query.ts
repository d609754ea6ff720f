import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { isHeldBack } from "@/lib/insights/breaks";
import { comparedColumn } from "@/lib/insights/compare-query";
import { MOST_DIFFERENCES, type Moving, unitOf } from "@/lib/insights/usual-swing";
import { Prisma } from "@/lib/platform/db";
import { MOST_WEIGHED } from "./movement-schemas";
import type { MovementScope } from "./movement-scope";

/** In pages older than this, by whole days, nothing is sought that came or went. */
const LOOK_BACK_DAYS = 92;
const DAY_MS = 86_400_000;

type Team = Pick<TeamContext["team"], "id" | "upstream" | "timeZone">;
/** Now, and the first moment that is "since": as a value, or as SQL tells it. */
type Moments = { now: Date; cutoff: Date | Prisma.Sql };

type Sight = { day: number; at: string; value: number | null; request: string };
export type MoveRow = {
  categoryId: string;
  region: string;
  now: Sight;
  before: Sight;
  past: { day: number; value: number | null }[] | null;
};
export type PageRow = {
  region: string;
  page: number;
  isNow: boolean;
  at: string;
  request: string;
  /** By their place on the page; null where it is empty. */
  categories: (string | null)[] | null;
};
export type MovementsRow = {
  stored: number;
  renewed: number;
  comparable: number;
  held: number;
  oldest: Date | null;
  since: Date;
  /** The largest moves first, one more than are weighed. */
  moves: MoveRow[] | null;
  pages: PageRow[] | null;
};

/** Whether an answer `s` is a page on which something can be new or gone: of the search, else of an unfiltered ranking. */
function isSource(scope: MovementScope): Prisma.Sql {
  if (scope.kind !== "search") return Prisma.sql`s.category_id = '' and s.q = ''`;
  const { region, category, q, pages } = scope.search;
  return Prisma.sql`s.category_id = ${category ?? ""} and s.q = ${q ?? ""} and s.region = ${region} and s.page <= ${pages}`;
}

/**
 * The newest row of each series that is looked at, before `cutoff` and since. Of a list by its items, however old an
 * answer; of anything larger from the newest answers to each question.
 */
function headsOf(team: Team, scope: MovementScope, moving: Moving, cutoff: Moments["cutoff"]): Prisma.Sql {
  const ranked = moving === "rank" ? Prisma.sql`and r.rank is not null` : Prisma.empty;
  if (scope.kind !== "list") {
    const series =
      scope.kind === "search"
        ? Prisma.sql`and (category_id, region) in (select l.category_id, l.region from line l where l.is_source)`
        : Prisma.empty;
    return Prisma.sql`
      select distinct on (category_id, region, is_now) category_id, region, is_now, fetched_at, request_id, value
      from line r where category_id is not null ${ranked} ${series}
      order by category_id, region, is_now, fetched_at desc, rank nulls last, position`;
  }
  const newest = (condition: Prisma.Sql, isNow: boolean) => Prisma.sql`
    (select ${isNow}::boolean as is_now, r.fetched_at, r.snapshot_id, ${comparedColumn(moving)} as value from ranking_row r
      where r.team_id = ${team.id}::uuid and r.upstream = ${team.upstream ?? ""} and r.category_id = i.category_id
        and r.region = i.region and r."window" = ${scope.window} ${ranked} and ${condition}
      order by r.fetched_at desc, r.rank nulls last, r.position limit 1)`;
  return Prisma.sql`
    select i.category_id, i.region, x.is_now, x.fetched_at, s.request_id, x.value from watch_item i
      cross join lateral (
        ${newest(Prisma.sql`r.fetched_at >= ${cutoff}`, true)}
        union all
        ${newest(Prisma.sql`r.fetched_at < ${cutoff}`, false)}) x
      join snapshot s on s.team_id = i.team_id and s.id = x.snapshot_id
    where i.team_id = ${team.id}::uuid and i.watchlist_id = ${scope.id}::uuid`;
}

/** How large a move is, as `changeOf` says it: only for choosing which are weighed. */
function sizeOf(moving: Moving): Prisma.Sql {
  const size = Prisma.sql`abs(n.value - b.value)`;
  return unitOf(moving) === "percent" ? Prisma.sql`${size} / nullif(abs(b.value), 0)` : size;
}

/**
 * The past of the series `m`: the newest answer that shares no day with the present one, the newest that shares none with
 * that, and so on.
 */
function pastOf(team: Team, window: string, moving: Moving): Prisma.Sql {
  const days = Number(window);
  if (Number.isNaN(days)) return Prisma.sql`select null::json as past`;
  return Prisma.sql`
    with recursive walk (nth, day, value) as (
      select 0, m.day, null::float8
      union all
      select w.nth + 1, o.day, o.value from walk w cross join lateral (
        select ${dayOf(team, Prisma.sql`r.fetched_at`)} as day, ${comparedColumn(moving)} as value from ranking_row r
        where r.team_id = ${team.id}::uuid and r.upstream = ${team.upstream ?? ""} and r.category_id = m.category_id
          and r.region = m.region and r."window" = ${window} and ${comparedColumn(moving)} is not null and r.fetched_at <
            (date '1970-01-01' + w.day - ${days - 1}::int)::timestamp at time zone ${team.timeZone}
        order by r.fetched_at desc, r.rank nulls last, r.position limit 1) o
      where w.nth <= ${MOST_DIFFERENCES}::int)
    select json_agg(json_build_object('day', w.day, 'value', w.value) order by w.nth) as past from walk w where w.nth > 0`;
}

const dayOf = (team: Team, at: Prisma.Sql) =>
  Prisma.sql`(${at} at time zone ${team.timeZone})::date - date '1970-01-01'`;

/**
 * What was newest before `cutoff` and since: how many series that are, the largest moves with their past, and the pages
 * on which something can be new or gone. One statement.
 */
export function movementsQuery(team: Team, scope: MovementScope, moving: Moving, { now, cutoff }: Moments): Prisma.Sql {
  const sought = Math.floor(now.getTime() / DAY_MS) - LOOK_BACK_DAYS;
  const newest = (condition: Prisma.Sql, isNow: boolean) => Prisma.sql`
    (select s.id, s.fetched_at, s.request_id, ${isNow}::boolean as is_now from snapshot s
      where s.team_id = ${team.id}::uuid and s.question_key = q.question_key and ${condition}
      order by s.sent_at desc limit 1)`;
  const held = isHeldBack(team, moving, {
    region: Prisma.sql`n.region`,
    window: Prisma.sql`${scope.window}`,
    from: Prisma.sql`b.fetched_at`,
    to: Prisma.sql`n.fetched_at`,
  });
  const sight = (side: string) => Prisma.sql`json_build_object('at', ${Prisma.raw(`m.${side}at`)},
    'day', ${dayOf(team, Prisma.raw(`m.${side}at`))}, 'value', ${Prisma.raw(`m.${side}value`)},
    'request', ${Prisma.raw(`m.${side}request`)})`;
  return Prisma.sql`
    with question as materialized (
      select f.question_key, s.region, s.page, ${isSource(scope)} as is_source
      from flight f join snapshot s on s.team_id = f.team_id and s.id = f.newest_snapshot_id
      where f.team_id = ${team.id}::uuid and s.upstream = ${team.upstream ?? ""} and s."window" = ${scope.window}),
    answer as materialized (
      select q.region, q.page, q.is_source, a.* from question q cross join lateral (
        ${newest(Prisma.sql`s.fetched_at >= ${cutoff}`, true)}
        union all
        ${newest(Prisma.sql`s.fetched_at < ${cutoff}`, false)}) a),
    line as materialized (
      select a.*, r.category_id, r.place, r.rank, r.position, ${comparedColumn(moving)} as value
      from answer a join ranking_row r on r.team_id = ${team.id}::uuid and r.snapshot_id = a.id),
    head as materialized (
      ${headsOf(team, scope, moving, cutoff)}),
    found as materialized (
      select category_id, region, n.fetched_at as at, n.value, n.request_id as request,
        b.fetched_at as before_at, b.value as before_value, b.request_id as before_request, ${sizeOf(moving)} as size,
        ${held} as held
      from (select * from head where is_now) n full join (select * from head where not is_now) b
        using (category_id, region)),
    m as materialized (
      select f.*, ${dayOf(team, Prisma.sql`f.at`)} as day from found f where f.at is not null and f.before_at is not null and not f.held
      order by f.size desc nulls last, f.category_id, f.region limit ${MOST_WEIGHED + 1})
    select count(*)::int as stored, count(at)::int as renewed,
      (count(*) filter (where at is not null and before_at is not null and not held))::int as comparable,
      (count(*) filter (where held))::int as held,
      min(coalesce(at, before_at)) as oldest, ${cutoff}::timestamptz as since,
      (select json_agg(json_build_object('categoryId', m.category_id, 'region', m.region, 'now', ${sight("")},
          'before', ${sight("before_")}, 'past', p.past) order by m.size desc nulls last, m.category_id, m.region)
        from m cross join lateral (${pastOf(team, scope.window, moving)}) p) as moves,
      (select json_agg(json_build_object('region', a.region, 'page', a.page, 'isNow', a.is_now, 'at', a.fetched_at,
          'request', a.request_id, 'categories', l.categories) order by a.region, a.is_now, a.page)
        from answer a
          left join (select id, json_agg(category_id order by place) as categories from line group by id) l on l.id = a.id
        where a.is_source and a.fetched_at > ${new Date(sought * DAY_MS)}) as pages
    from found`;
}
