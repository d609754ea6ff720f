import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { questionKey } from "@/lib/insights/question";
import { MAX_PAGE, type Region } from "@/lib/insights/schemas";
import type { Tx } from "@/lib/platform/db";
import { ownQuestion, type PlanItem, type PlanRanking } from "./plan-refresh";

/** A category in a region, seen through a window, that is to be renewed. */
export type RefreshTarget = { region: Region; window: string; category: string; watchlistId: string | null };

type Accepted = {
  /** When the refresh was asked for: an answer that came since is young enough, whatever its age is now. */
  askedAt: Date;
  maxAgeMinutes: number;
};

/** Sights of an item that say how far it moves. */
const SIGHTS = 4;
const FINAL_AFTER_MS = 3 * 86_400_000;

/** From when on an answer serves. A closed month that was fetched late enough always does, unless age 0 was asked for. */
export function servesFrom(window: string, { askedAt, maxAgeMinutes }: Accepted): Date {
  const since = askedAt.getTime() - maxAgeMinutes * 60_000;
  const [year, month] = window.split("-").map(Number);
  const isFinalFrom = year && month && maxAgeMinutes > 0 ? Date.UTC(year, month, 1) + FINAL_AFTER_MS : since;
  return new Date(Math.min(since, isFinalFrom));
}

/**
 * What the store knows of these targets, in their order, and of the rankings that they stand in: two statements,
 * whatever their number. No target may stand there twice.
 */
export async function fetchRefreshFacts(
  tx: Tx,
  team: Pick<TeamContext["team"], "id" | "upstream">,
  targets: readonly RefreshTarget[],
  accepted: Accepted,
): Promise<{ items: PlanItem[]; rankings: PlanRanking[] }> {
  const { upstream } = team;
  if (!upstream || targets.length === 0) return { items: [], rankings: [] };
  const groups = [
    ...new Map(targets.map(({ region, window }) => [`${region} ${window}`, { region, window }])).values(),
  ];
  const items = await tx.$queryRaw<
    { fresh: boolean | null; answered: boolean | null; ranks: [number, number][] | null }[]
  >`
    with clock as materialized (select app_now() as now)
    select n.fetched_at > i.since as fresh, o.fetched_at > i.since as answered, k.ranks
    from unnest(${targets.map(({ region }) => region)}::text[], ${targets.map(({ window }) => window)}::text[],
        ${targets.map(({ category }) => category)}::text[],
        ${targets.map(({ window }) => servesFrom(window, accepted).toISOString())}::timestamptz[],
        ${targets.map((target) => questionKey(upstream, ownQuestion(target)))}::text[])
      with ordinality as i (region, "window", category_id, since, own_key, nth) cross join clock
    left join lateral (
      select r.fetched_at from ranking_row r
      where r.team_id = ${team.id}::uuid and r.upstream = ${upstream} and r.category_id = i.category_id
        and r.region = i.region and r."window" = i."window" order by r.fetched_at desc limit 1) n on true
    left join lateral (
      select s.fetched_at from snapshot s where s.team_id = ${team.id}::uuid and s.question_key = i.own_key
      order by s.sent_at desc limit 1) o on true
    left join lateral (
      select json_agg(json_build_array(q.rank, extract(epoch from clock.now - q.fetched_at)) order by q.fetched_at desc) as ranks
      from (select r.rank, r.fetched_at from ranking_row r
        where r.team_id = ${team.id}::uuid and r.upstream = ${upstream} and r.category_id = i.category_id
          and r.region = i.region and r."window" = i."window" and r.rank is not null
        order by r.fetched_at desc limit ${SIGHTS}) q) k on true
    order by i.nth`;
  const pages = groups.flatMap((group) =>
    Array.from({ length: MAX_PAGE }, (_, index) => ({
      group,
      page: index + 1,
      key: questionKey(upstream, { ...group, category: undefined, q: undefined, page: index + 1 }),
    })),
  );
  const stored = await tx.$queryRaw<{ question_key: string; fetched_at: Date; total: number | null }[]>`
    select f.question_key, f.newest_fetched_at as fetched_at, s.total
    from flight f join snapshot s on s.team_id = f.team_id and s.id = f.newest_snapshot_id
    where f.team_id = ${team.id}::uuid and f.question_key = any(${pages.map(({ key }) => key)}::text[])`;
  const answers = new Map(stored.map((row) => [row.question_key, row]));
  return {
    items: targets.map(({ region, window, category }, index) => {
      const row = items[index];
      return {
        region,
        window,
        category,
        state: row?.fresh ? "fresh" : row?.answered ? "absent" : "due",
        ranks: (row?.ranks ?? []).map(([rank, seconds]) => ({ rank, ageDays: Math.max(0, seconds / 86_400) })),
      };
    }),
    rankings: groups.map((group) => {
      const mine = pages.flatMap(({ group: of, page, key }) => {
        const answer = of === group ? answers.get(key) : undefined;
        return answer ? [{ page, ...answer }] : [];
      });
      const since = servesFrom(group.window, accepted);
      const newest = mine
        .filter(({ total }) => total !== null)
        .reduce<(typeof mine)[number] | null>(
          (top, one) => (top && top.fetched_at >= one.fetched_at ? top : one),
          null,
        );
      return {
        ...group,
        total: newest?.total ?? null,
        known: new Set(mine.filter(({ fetched_at }) => fetched_at > since).map(({ page }) => page)),
        failed: new Set<number>(),
      };
    }),
  };
}
