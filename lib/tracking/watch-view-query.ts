import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { figureColumns } from "@/lib/insights/figure-columns";
import { METRICS, type Metric } from "@/lib/insights/schemas";
import { Prisma } from "@/lib/platform/db";
import type { ViewSpans } from "./view-spans";
import { WATCH_PAGE_SIZE } from "./watch-view";

const ALL_FIGURES = figureColumns(METRICS);

export type WatchViewRow = {
  /** Of the whole list. */
  all_tags: string[];
  /** Null in the one row of a page without items. */
  id: string | null;
  category_id: string;
  region: string;
  note: string;
  tags: string[];
  color: string;
  place: number;
  version: number;
  added_by: string | null;
  added_at: Date;
  own_name: string | null;
  provider_name: string | null;
  path: string[];
  total: number;
  fetched_at: Date | null;
  request_id: string | null;
  row_place: number | null;
  figures: (number | null)[] | null;
  before: { at: string; figures: (number | null)[] | null }[] | null;
  /** Days or months, moments and figures. */
  series: [x: number, at: string, values: (number | null)[]][] | null;
  rank: number | null;
  ranked_at: Date | null;
};

type Wanted = {
  team: Pick<TeamContext["team"], "id" | "upstream" | "timeZone">;
  id: string;
  tag: string | null;
  page: number;
  figures: readonly Metric[];
  spans: ViewSpans;
};

/**
 * One page of a list's items with all that its table shows of them. Whoever asks has checked that the list may be seen.
 */
export function watchViewQuery({ team, id, tag, page, figures, spans }: Wanted): Prisma.Sql {
  const upstream = team.upstream ?? "";
  const sameItem = Prisma.sql`r.team_id = i.team_id and r.upstream = ${upstream}
    and r.category_id = i.category_id and r.region = i.region`;
  const zone = team.timeZone;
  // The end of the day that lies so many days before the day of the current figures.
  const endOf = (days: number) =>
    Prisma.sql`((c.fetched_at at time zone ${zone})::date - ${days - 1}::int)::timestamp at time zone ${zone}`;
  const base = ({ windows, window, days }: ViewSpans["before"][number]) => Prisma.sql`
    (select json_build_object('at', r.fetched_at, 'figures', json_build_array(${ALL_FIGURES})) from ranking_row r
      where ${sameItem} and r."window" = ${window} ${days === null ? Prisma.empty : Prisma.sql`and r.fetched_at < ${endOf(days)}`}
      order by r.fetched_at desc limit 1) as before_${Prisma.raw(String(windows))}`;
  const series =
    figures.length === 0
      ? Prisma.sql`select null::int as x, null::timestamptz as at, null::json as v where false`
      : spans.months === null
        ? Prisma.sql`select distinct on (x) (r.fetched_at at time zone ${zone})::date - date '2000-01-01' as x, r.fetched_at as at,
          json_build_array(${figureColumns(figures)}) as v from ranking_row r
        where ${sameItem} and r."window" = ${spans.window} and r.fetched_at > c.fetched_at - ${spans.seriesDays}::int * interval '1 day'
        order by x, r.fetched_at desc`
        : Prisma.sql`select distinct on (x) split_part(r."window", '-', 1)::int * 12 + split_part(r."window", '-', 2)::int as x, r.fetched_at as at,
          json_build_array(${figureColumns(figures)}) as v from ranking_row r
        where ${sameItem} and r."window" = any(${spans.months}::text[])
        order by x, r.fetched_at desc`;
  return Prisma.sql`
    with i as (
      select wi.*, count(*) over ()::int as total from watch_item wi
      where wi.team_id = ${team.id}::uuid and wi.watchlist_id = ${id}::uuid
        and (${tag}::text is null or ${tag}::text = any(wi.tags))
      order by wi.place, wi.id limit ${WATCH_PAGE_SIZE} offset ${(page - 1) * WATCH_PAGE_SIZE})
    select t.all_tags, i.id, i.category_id, i.region, i.note, i.tags, i.color, i.place, i.version, i.added_at, i.total,
      u.name as added_by, cn.name as own_name, cat.name as provider_name,
      array_remove(array[top.name, parent.name], null) as path,
      c.fetched_at, c.place as row_place, c.figures, s.request_id, b.before, d.series, k.rank, k.ranked_at
    from (select array(select distinct unnest(wi.tags) from watch_item wi
        where wi.team_id = ${team.id}::uuid and wi.watchlist_id = ${id}::uuid order by 1) as all_tags) t
      left join i on true
      left join membership m on m.team_id = i.team_id and m.id = i.added_by_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
      left join category cat on cat.team_id = i.team_id and cat.upstream = ${upstream} and cat.id = i.category_id
      left join category parent on parent.team_id = i.team_id and parent.upstream = cat.upstream and parent.id = cat.parent_id
      left join category top on top.team_id = i.team_id and top.upstream = cat.upstream and top.id = parent.parent_id
      left join category_name cn
        on cn.team_id = i.team_id and cn.upstream = ${upstream} and cn.category_id = i.category_id
      left join lateral (
        select r.fetched_at, r.snapshot_id, r.place, json_build_array(${ALL_FIGURES}) as figures from ranking_row r
        where ${sameItem} and r."window" = ${spans.window} order by r.fetched_at desc limit 1) c on true
      left join snapshot s on s.team_id = i.team_id and s.id = c.snapshot_id
      left join lateral (
        select json_build_array(${Prisma.join(
          spans.before.map(({ windows }) => Prisma.raw(`q.before_${windows}`)),
          ", ",
        )}) as before from (select ${Prisma.join(spans.before.map(base), ", ")}) q
        where c.fetched_at is not null) b on true
      left join lateral (
        select json_agg(json_build_array(p.x, p.at, p.v) order by p.x) as series from (${series}) p
        where c.fetched_at is not null) d on true
      left join lateral (
        select r.rank, r.fetched_at as ranked_at from ranking_row r
        where ${sameItem} and r."window" = ${spans.window} and r.rank is not null
        order by r.fetched_at desc limit 1) k on true
    order by i.place, i.id`;
}
