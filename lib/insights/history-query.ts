import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { figureColumns } from "./figure-columns";
import type { HistoryInput } from "./history-schemas";
import { type HistorySpan, monthsOf } from "./history-span";
import { METRICS } from "./schemas";

/** Four answers a day for more than three years. */
export const MOST_POINTS = 5000;

export type HistoryRow = {
  window: string;
  fetched_at: Date;
  rank: number | null;
  place: number;
  figures: (number | null)[];
  request_id: string;
};

/** The rows `r` of a window within days of the team, or of the calendar months that these days touch. */
export const withinSpan = (timeZone: string, window: string, span: HistorySpan): Prisma.Sql =>
  window === "month"
    ? Prisma.sql`r."window" = any(${monthsOf(span)}::text[])`
    : Prisma.sql`r."window" = ${window} and r.fetched_at >= ${span.from}::timestamp at time zone ${timeZone}
      and r.fetched_at < (${span.to}::date + 1)::timestamp at time zone ${timeZone}`;

/**
 * The newest points of a series, newest first, one more than fit. A moment is one point: of several rows the one of an
 * unfiltered ranking, then the one that stands first. A month is one point, from its newest answer.
 */
export function historyQuery(
  team: Pick<TeamContext["team"], "id" | "upstream" | "timeZone">,
  categoryId: string,
  { region, window }: Pick<HistoryInput, "region" | "window">,
  span: HistorySpan,
): Prisma.Sql {
  const point = window === "month" ? Prisma.sql`r."window"` : Prisma.sql`r.fetched_at`;
  return Prisma.sql`
    select p."window", p.fetched_at, p.rank, p.place, p.figures, s.request_id
    from (
      select distinct on (${point}) r.team_id, r.snapshot_id, r."window", r.fetched_at, r.rank, r.place,
        jsonb_build_array(${figureColumns(METRICS)}) as figures
      from ranking_row r
      where r.team_id = ${team.id}::uuid and r.upstream = ${team.upstream ?? ""} and r.category_id = ${categoryId}
        and r.region = ${region} and ${withinSpan(team.timeZone, window, span)}
      order by ${point} desc, r.fetched_at desc, r.rank nulls last, r.position
      limit ${MOST_POINTS + 1}) p
      join snapshot s on s.team_id = p.team_id and s.id = p.snapshot_id
    order by p."window" desc, p.fetched_at desc`;
}
