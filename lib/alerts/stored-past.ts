import "server-only";
import { figureColumns } from "@/lib/insights/figure-columns";
import { METRICS, type Metric } from "@/lib/insights/schemas";
import type { Tx } from "@/lib/platform/db";
import type { FigurePoint } from "./try-figure";
import type { PageAnswer } from "./try-place";

/** Enough for every condition but the usual swing, which needs windows without common days. */
export const NEAR_POINTS = 60;
export const FAR_POINTS = 1500;
const FAR_DAYS = 400;

export type Series = { categoryId: string; region: string; window: string };
export const seriesKey = ({ categoryId, region, window }: Series) => `${categoryId}/${region}/${window}`;

type PointRow = Series & { at: Date; day: number; snapshotId: string; figures: (number | null)[] };
/** Points of a series with every figure, oldest first. */
export type StoredSeries = { at: number; day: number; snapshotId: string; figures: (number | null)[] }[];

/** The newest stored points of each series up to a moment, by `seriesKey`, in one statement. */
export async function fetchSeries(
  tx: Tx,
  team: { id: string; upstream: string },
  wanted: readonly Series[],
  until: Date | string,
  most: number,
): Promise<Map<string, StoredSeries>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.$queryRaw<PointRow[]>`
    select w."categoryId", w.region, w."window", p.fetched_at as at,
      (p.fetched_at at time zone t.time_zone)::date - date '1970-01-01' as day, p.snapshot_id as "snapshotId", p.figures
    from team t, jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("categoryId" text, region text, "window" text)
      cross join lateral (
        select distinct on (r.fetched_at) r.fetched_at, r.snapshot_id, jsonb_build_array(${figureColumns(METRICS)}) as figures
        from ranking_row r
        where r.team_id = ${team.id}::uuid and r.upstream = ${team.upstream} and r.category_id = w."categoryId"
          and r.region = w.region and r."window" = w."window" and r.fetched_at <= ${until}::timestamptz
          and r.fetched_at > ${until}::timestamptz - make_interval(days => ${FAR_DAYS}::int)
        order by r.fetched_at desc, r.rank nulls last, r.position
        limit ${most}) p
    where t.id = ${team.id}::uuid
    order by p.fetched_at`;
  const found = new Map<string, StoredSeries>();
  for (const row of rows) {
    const key = seriesKey(row);
    const point = { at: row.at.getTime(), day: row.day, snapshotId: row.snapshotId, figures: row.figures };
    const series = found.get(key);
    if (series) series.push(point);
    else found.set(key, [point]);
  }
  return found;
}

/** One figure of a series. */
export const figureOf = (series: StoredSeries, metric: Metric): FigurePoint[] => {
  const index = METRICS.indexOf(metric);
  return series.map(({ at, day, snapshotId, figures }) => ({ at, day, snapshotId, value: figures[index] ?? null }));
};

/** A question without its page. */
export type Family = { region: string; window: string; categoryId: string; q: string };
export const familyKey = ({ region, window, categoryId, q }: Family) => JSON.stringify([region, window, categoryId, q]);
export const RANKING = { categoryId: "", q: "" } as const;

/** The newest answers of each question up to a moment, oldest first, by `familyKey`, in one statement. */
export async function fetchPageAnswers(
  tx: Tx,
  team: { id: string; upstream: string },
  families: readonly Family[],
  until: Date | string,
  days: number,
  most: number,
): Promise<Map<string, PageAnswer[]>> {
  if (families.length === 0) return new Map();
  const rows = await tx.$queryRaw<(Family & { id: string; page: number; at: Date; places: Record<string, number> })[]>`
    select f.region, f."window", f."categoryId", f.q, s.id, s.page, s.fetched_at as at,
      (select coalesce(jsonb_object_agg(r.category_id, r.position), '{}') from ranking_row r
        where r.team_id = ${team.id}::uuid and r.snapshot_id = s.id and r.category_id is not null) as places
    from jsonb_to_recordset(${JSON.stringify(families)}::jsonb)
        as f(region text, "window" text, "categoryId" text, q text)
      cross join lateral (
        select s.id, s.page, s.fetched_at from snapshot s
        where s.team_id = ${team.id}::uuid and s.upstream = ${team.upstream} and s.region = f.region
          and s."window" = f."window" and s.category_id = f."categoryId" and s.q = f.q and s.fetched_at <= ${until}::timestamptz
          and s.fetched_at > ${until}::timestamptz - make_interval(days => ${days}::int)
        order by s.fetched_at desc, s.page desc limit ${most}) s
    order by s.fetched_at, s.page`;
  const found = new Map<string, PageAnswer[]>();
  for (const row of rows) {
    const key = familyKey(row);
    const answer = {
      page: row.page,
      at: row.at.getTime(),
      snapshotId: row.id,
      places: new Map(Object.entries(row.places)),
    };
    const answers = found.get(key);
    if (answers) answers.push(answer);
    else found.set(key, [answer]);
  }
  return found;
}
