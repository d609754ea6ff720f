import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";

export type CategoryPlace = { id: string; name: string | null };

/** What is stored of a category in one region and window; calendar months are one window, `month`. */
export type StoredSeries = {
  region: string;
  window: string;
  /** Its first window: of calendar months the first month. */
  first: string;
  since: string;
  until: string;
  answers: number;
};

export type CategoryFacts = {
  id: string;
  level: 1 | 2 | 3;
  /** The team's own name, else the provider's. */
  name: string | null;
  /** The provider's, where the team uses its own. */
  providerName: string | null;
  /** What stands above it, the first level first. */
  path: CategoryPlace[];
  /** What stands right below it; third-level categories have nothing below. */
  below: CategoryPlace[];
  series: StoredSeries[];
};

type Row = {
  id: string;
  level: 1 | 2 | 3;
  provider_name: string | null;
  own_name: string | null;
  path: CategoryPlace[];
  below: CategoryPlace[] | null;
  series: StoredSeries[] | null;
};

/**
 * A category as learned from the team's answers, its place among the others, and in which regions and windows something
 * is stored of it, since when. @throws `not_found` when no answer ever held it
 */
export async function readCategory(ctx: TeamContext, id: string): Promise<CategoryFacts> {
  return withTeamLookups(ctx, "insights:read", async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select c.id, c.level, c.name as provider_name, n.name as own_name,
        jsonb_path_query_array(jsonb_build_array(
          case when top.id is not null then jsonb_build_object('id', top.id, 'name', top.name) end,
          case when parent.id is not null then jsonb_build_object('id', parent.id, 'name', parent.name) end),
          '$[*] ? (@ != null)') as path,
        (select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name) order by b.name, b.id) from category b
          where b.team_id = c.team_id and b.upstream = c.upstream and b.parent_id = c.id) as below,
        (select jsonb_agg(jsonb_build_object('region', s.region, 'window', s."window", 'first', s.first, 'since', s.since,
            'until', s.until, 'answers', s.answers) order by s.region, s."window")
          from (select r.region, case when r."window" like '%-%' then 'month' else r."window" end as "window",
              min(r."window") as first, min(r.fetched_at) as since, max(r.fetched_at) as until, count(distinct r.fetched_at)::int as answers
            from ranking_row r
            where r.team_id = c.team_id and r.upstream = c.upstream and r.category_id = c.id
            group by 1, 2) s) as series
      from category c
        left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
        left join category parent
          on parent.team_id = c.team_id and parent.upstream = c.upstream and parent.id = c.parent_id
        left join category top
          on top.team_id = c.team_id and top.upstream = c.upstream and top.id = parent.parent_id
      where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""} and c.id = ${id}`;
    if (!row) throw notFound();
    return {
      id: row.id,
      level: row.level,
      name: row.own_name ?? row.provider_name,
      providerName: row.own_name === null ? null : row.provider_name,
      path: row.path,
      below: row.below ?? [],
      series: (row.series ?? []).map((one) => ({
        ...one,
        since: new Date(one.since).toISOString(),
        until: new Date(one.until).toISOString(),
      })),
    };
  });
}
