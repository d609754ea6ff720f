import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { comparedColumn } from "@/lib/insights/compare-query";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import { Prisma } from "@/lib/platform/db";
import { MOST_WEIGHED } from "./movement-schemas";
import type { SavedSearch } from "./schemas";
import { MOST_DIFFERENCES, type Moving } from "./swing";

/** Rankings older than this say nothing of now, and nobody looks for them. */
const LOOK_BACK_DAYS = 92;

type Team = Pick<TeamContext["team"], "id" | "upstream" | "timeZone">;
export type MovementScope =
  | { kind: "all"; window: string }
  | { kind: "list"; window: string; id: string }
  | { kind: "search"; window: string; search: SavedSearch };

export type SeriesRow = {
  category_id: string;
  region: string;
  stored: number;
  renewed: number;
  comparable: number;
  oldest: Date;
  fetched_at: Date;
  day: number;
  value: number | null;
  request_id: string;
  before: { day: number; at: string; value: number | null; request: string };
  past: { day: number; value: number | null }[];
};

const ofTeam = (team: Team, table: "r" | "s") =>
  Prisma.sql`${Prisma.raw(table)}.team_id = ${team.id}::uuid and ${Prisma.raw(table)}.upstream = ${team.upstream ?? ""}`;

/** The pages of rankings in which something can be new or gone: of the search, else the unfiltered ones. */
function ofSource(team: Team, scope: MovementScope): Prisma.Sql {
  const search = scope.kind === "search" ? scope.search : null;
  return Prisma.sql`${ofTeam(team, "s")} and s."window" = ${scope.window}
    and s.category_id = ${search?.category ?? ""} and s.q = ${search?.q ?? ""}
    and s.fetched_at > app_now() - ${LOOK_BACK_DAYS}::int * interval '1 day'
    ${search ? Prisma.sql`and s.region = ${search.region} and s.page <= ${search.pages}` : Prisma.empty}`;
}

/** The categories in regions that are looked at. */
function seriesOf(team: Team, scope: MovementScope): Prisma.Sql {
  if (scope.kind === "list") {
    return Prisma.sql`select wi.category_id, wi.region from watch_item wi
      where wi.team_id = ${team.id}::uuid and wi.watchlist_id = ${scope.id}::uuid`;
  }
  if (scope.kind === "search") {
    return Prisma.sql`select distinct r.category_id, r.region
      from (select distinct on (s.page) s.id from snapshot s where ${ofSource(team, scope)}
        order by s.page, s.fetched_at desc) p
        join ranking_row r on r.team_id = ${team.id}::uuid and r.snapshot_id = p.id
      where r.category_id is not null`;
  }
  return Prisma.sql`select c.id as category_id, g.region
    from (select distinct s.region from snapshot s where ${ofTeam(team, "s")} and s."window" = ${scope.window}
        and s.fetched_at > app_now() - ${LOOK_BACK_DAYS}::int * interval '1 day') g
      cross join category c
    where c.team_id = ${team.id}::uuid and c.upstream = ${team.upstream ?? ""} and c.level = 3`;
}

/** How large a move is, as `changeOf` says it: only for choosing which are weighed. */
function sizeOf(moving: Moving): Prisma.Sql {
  if (moving === "rank") return Prisma.sql`abs(b.value - c.value)`;
  const { kind } = METRIC_DICTIONARY[moving];
  const points = kind === "rate" || kind === "change";
  return points ? Prisma.sql`abs(c.value - b.value)` : Prisma.sql`abs(c.value - b.value) / nullif(abs(b.value), 0)`;
}

/**
 * The series of a scope that have an answer before and one after `cutoff`, with the largest moves first, each with its
 * past: the newest answer that shares no day with the present one, the newest that shares none with that, and so on.
 */
export function movementsQuery(team: Team, scope: MovementScope, moving: Moving, cutoff: Date): Prisma.Sql {
  const zone = team.timeZone;
  const days = Number(scope.window);
  const steps = Number.isNaN(days) ? 0 : MOST_DIFFERENCES + 1;
  const same = Prisma.sql`${ofTeam(team, "r")} and r.category_id = i.category_id and r.region = i.region
    and r."window" = ${scope.window} ${moving === "rank" ? Prisma.sql`and r.rank is not null` : Prisma.empty}`;
  const dayOf = Prisma.sql`(r.fetched_at at time zone ${zone})::date - date '1970-01-01'`;
  const found = Prisma.sql`r.fetched_at, ${dayOf} as day, ${comparedColumn(moving)} as value, r.snapshot_id`;
  const newest = Prisma.sql`order by r.fetched_at desc, r.rank nulls last, r.position limit 1`;
  // The start of the day that is the first to share one with an answer of the day given.
  const apartFrom = (day: Prisma.Sql) =>
    Prisma.sql`(date '1970-01-01' + ${day} - ${days - 1}::int)::timestamp at time zone ${zone}`;
  const past =
    steps === 0
      ? Prisma.sql`select null::json as past`
      : Prisma.sql`
        with recursive walk (nth, day, value) as (
          select 0, m.day, null::float8
          union all
          select w.nth + 1, n.day, n.value from walk w cross join lateral (
            select ${found} from ranking_row r
            where ${same} and r.fetched_at < ${apartFrom(Prisma.sql`w.day`)} ${newest}) n
          where w.nth < ${steps}::int)
        select json_agg(json_build_object('day', day, 'value', value) order by nth) as past from walk where nth > 0`;
  return Prisma.sql`
    with i as materialized (${seriesOf(team, scope)}),
    found as materialized (
      select i.category_id, i.region, c.fetched_at, c.day, c.value, c.snapshot_id,
        b.fetched_at as before_at, b.day as before_day, b.value as before_value, b.snapshot_id as before_id,
        ${sizeOf(moving)} as size
      from i
        cross join lateral (select ${found} from ranking_row r where ${same} ${newest}) c
        left join lateral (select ${found} from ranking_row r
          where c.fetched_at >= ${cutoff} and ${same} and r.fetched_at < ${cutoff} ${newest}) b on true),
    facts as (
      select count(*)::int as stored, count(*) filter (where fetched_at >= ${cutoff})::int as renewed,
        count(before_at)::int as comparable, min(fetched_at) as oldest from found),
    m as materialized (
      select * from found where before_at is not null order by size desc nulls last, category_id, region
      limit ${MOST_WEIGHED + 1})
    select f.*, i.category_id, i.region, i.fetched_at, i.day, i.value, s.request_id, i.before, i.past
    from facts f left join lateral (
      select m.*, p.past, json_build_object('day', m.before_day, 'at', m.before_at, 'value', m.before_value,
        'request', sb.request_id) as before
      from m join snapshot sb on sb.team_id = ${team.id}::uuid and sb.id = m.before_id
        cross join lateral (select q.past from (select m.category_id, m.region) i cross join lateral (${past}) q) p) i on true
      left join snapshot s on s.team_id = ${team.id}::uuid and s.id = i.snapshot_id`;
}

export type PageRow = {
  region: string;
  page: number;
  is_now: boolean;
  fetched_at: Date;
  request_id: string;
  /** By their place on the page. */
  categories: (string | null)[] | null;
};

/** The newest pages of the scope's rankings that were bought before `cutoff`, and since, each with its categories. */
export const pagesQuery = (team: Team, scope: MovementScope, cutoff: Date): Prisma.Sql => Prisma.sql`
  select p.region, p.page, p.is_now, p.fetched_at, p.request_id, r.categories
  from (select distinct on (n.region, n.page, n.is_now) n.* from (
      select s.id, s.region, s.page, s.fetched_at >= ${cutoff} as is_now, s.fetched_at, s.request_id
      from snapshot s where ${ofSource(team, scope)}) n
    order by n.region, n.page, n.is_now, n.fetched_at desc) p
    cross join lateral (select array_agg(r.category_id order by r.place) as categories from ranking_row r
      where r.team_id = ${team.id}::uuid and r.snapshot_id = p.id) r
  order by p.region, p.is_now, p.page`;
