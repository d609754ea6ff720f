import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { monthNumber, monthOfNumber } from "./day-points";
import { figureColumns } from "./figure-columns";
import { METRICS } from "./schemas";

type Team = Pick<TeamContext["team"], "id" | "upstream" | "timeZone">;
export type SeriesPlace = { region: string; window: string };

export type NowRow = {
  id: string;
  parent_id: string | null;
  name: string | null;
  window: string;
  fetched_at: Date;
  rank: number | null;
  place: number;
  figures: (number | null)[];
  request_id: string;
  bought_by: string;
};

/** A row with its figures; of several of one moment the one of an unfiltered ranking, then the one that stands first. */
const FOUND = Prisma.sql`r."window", r.fetched_at, r.rank, r.place, r.snapshot_id,
  jsonb_build_array(${figureColumns(METRICS)}) as figures`;
const NEWEST = Prisma.sql`order by r.fetched_at desc, r.rank nulls last, r.position limit 1`;
const ofTeam = (team: Team) => Prisma.sql`r.team_id = ${team.id}::uuid and r.upstream = ${team.upstream ?? ""}`;
/** Calendar months are the windows that begin with a year, newest month first. */
const inWindow = (window: string) =>
  window === "month" ? Prisma.sql`r."window" >= '20' and r."window" < '21'` : Prisma.sql`r."window" = ${window}`;

const withReceipt = (team: Team, row: Prisma.Sql) => Prisma.sql`
  select f.*, s.request_id, u.name as bought_by from (${row}) f
    join snapshot s on s.team_id = ${team.id}::uuid and s.id = f.snapshot_id
    join credit_request q on q.team_id = s.team_id and q.id = s.request_id
    join membership m on m.team_id = q.team_id and m.id = q.member_id
    join user_account u on u.id = m.user_id`;

/** The newest stored row of a category; of calendar months the newest month's. */
export const currentQuery = (team: Team, id: string, { region, window }: SeriesPlace): Prisma.Sql =>
  withReceipt(
    team,
    Prisma.sql`select ${FOUND} from ranking_row r
      where ${ofTeam(team)} and r.category_id = ${id} and r.region = ${region} and ${inWindow(window)}
      order by ${window === "month" ? Prisma.sql`r."window" desc,` : Prisma.empty} r.fetched_at desc, r.rank nulls last,
        r.position limit 1`,
  );

/**
 * The row that a change is counted from: a whole window or more before the current one's day, in the team's time zone;
 * of a calendar month the month before. And the newest that has a rank.
 */
export function earlierQuery(team: Team, id: string, region: string, current: { window: string; fetched_at: Date }) {
  const { window, fetched_at: at } = current;
  const isMonth = window.includes("-");
  const before = isMonth
    ? Prisma.sql`r."window" = ${monthOfNumber(monthNumber(window) - 1)}`
    : Prisma.sql`r."window" = ${window} and r.fetched_at <
        ((${at}::timestamptz at time zone ${team.timeZone})::date - ${Number(window) - 1}::int)::timestamp at time zone ${team.timeZone}`;
  const own = Prisma.sql`${ofTeam(team)} and r.category_id = ${id} and r.region = ${region}`;
  return Prisma.sql`
    (select 'before' as kind, ${FOUND} from ranking_row r where ${own} and ${before} ${NEWEST})
    union all
    (select 'ranked' as kind, ${FOUND} from ranking_row r
      where ${own} and ${isMonth ? inWindow("month") : Prisma.sql`r."window" = ${window}`} and r.rank is not null ${NEWEST})`;
}

/**
 * The newest stored row of every other category under the same first level, in the same region and window. Level by
 * level, each by the answer of the one above: as one join, tables without statistics made it walk all of them at once.
 */
export function peersQuery(team: Team, id: string, { region, window }: SeriesPlace, withReceipts: boolean): Prisma.Sql {
  const receipt = Prisma.sql`(select s.request_id from snapshot s where s.team_id = ${team.id}::uuid and s.id = f.snapshot_id)`;
  const ofLevel = Prisma.sql`c.team_id = ${team.id}::uuid and c.upstream = ${team.upstream ?? ""}`;
  const parentOf = (below: Prisma.Sql) =>
    Prisma.sql`(select c.parent_id from category c where ${ofLevel} and c.id = ${below})`;
  return Prisma.sql`
    with beside as materialized (
      select c.id from category c where ${ofLevel} and c.parent_id = ${parentOf(parentOf(Prisma.sql`${id}`))}),
    peer as materialized (
      select c.id, c.parent_id, c.name from category c
      where ${ofLevel} and c.parent_id = any(array(select b.id from beside b)) and c.id <> ${id})
    select p.id, p.parent_id, coalesce(n.name, p.name) as name, f."window", f.fetched_at, f.rank, f.place, f.figures,
      ${withReceipts ? receipt : Prisma.sql`null`} as request_id
    from peer p
      left join category_name n
        on n.team_id = ${team.id}::uuid and n.upstream = ${team.upstream ?? ""} and n.category_id = p.id
      cross join lateral (select ${FOUND} from ranking_row r
        where ${ofTeam(team)} and r.category_id = p.id and r.region = ${region} and r."window" = ${window}
        ${NEWEST}) f
    order by p.name, p.id`;
}
