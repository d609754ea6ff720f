import "server-only";
import { asTeam } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/platform/db";
import { doForEach } from "@/lib/platform/do-for-each";
import { type NewAlert, storeAlerts } from "./store-alerts";

type Old = {
  ruleId: string;
  value: number;
  upstream: string;
  categoryId: string;
  region: string;
  window: string;
  snapshotId: string;
  fetchedAt: Date;
  ageDays: number;
};

/** Tells of data that has grown older than a rule allows: once for each newest answer. @returns how many were told */
export async function evaluateAges(): Promise<{ alerts: number }> {
  const teams = await db().$queryRaw<{ teamId: string }[]>`
    select team_id as "teamId" from alert_teams_waiting() where not answers`;
  let alerts = 0;
  await doForEach(teams, async ({ teamId }) => {
    const told = await asTeam(teamId, (tx) => evaluateTeam(tx, teamId));
    alerts += told;
  });
  return { alerts };
}

async function evaluateTeam(tx: Tx, teamId: string): Promise<number> {
  const old = await tx.$queryRaw<Old[]>`
    select i.id as "ruleId", i.value, i.upstream, i.category_id as "categoryId", i.region, i."window",
      n.snapshot_id as "snapshotId", n.fetched_at as "fetchedAt",
      floor(extract(epoch from app_now() - n.fetched_at) / 86400)::int as "ageDays"
    from (
        select r.id, r.value, r.upstream, r.category_id, r.region, r."window" from alert_rule r
        where r.team_id = ${teamId}::uuid and r.condition = 'older_than' and r.deleted_at is null and r.muted_at is null
          and r.category_id is not null
        union all
        select r.id, r.value, r.upstream, wi.category_id, wi.region, w."window" from alert_rule r
          join watchlist w on w.team_id = r.team_id and w.id = r.watchlist_id and w.deleted_at is null
          join watch_item wi on wi.team_id = r.team_id and wi.watchlist_id = w.id
        where r.team_id = ${teamId}::uuid and r.condition = 'older_than' and r.deleted_at is null and r.muted_at is null) i
      join team t on t.id = ${teamId}::uuid and t.upstream = i.upstream
      cross join lateral (
        select r.snapshot_id, r.fetched_at from ranking_row r
        where r.team_id = ${teamId}::uuid and r.upstream = i.upstream and r.category_id = i.category_id
          and r.region = i.region and r."window" = i."window"
        order by r.fetched_at desc limit 1) n
    where n.fetched_at < app_now() - i.value * interval '1 day'
      and not exists (select 1 from alert a where a.team_id = ${teamId}::uuid and a.rule_id = i.id
        and a.snapshot_id = n.snapshot_id and a.category_id = i.category_id)`;
  return storeAlerts(tx, teamId, old.map(toAlert));
}

const toAlert = (row: Old): NewAlert => ({
  ruleId: row.ruleId,
  categoryId: row.categoryId,
  snapshotId: row.snapshotId,
  upstream: row.upstream,
  region: row.region,
  window: row.window,
  oldValue: null,
  newValue: row.ageDays,
  oldAt: null,
  newAt: row.fetchedAt.getTime(),
  oldSnapshotId: null,
  observations: null,
  rule: { condition: "older_than", metric: null, value: row.value, against: null, cooldownHours: 0 },
});
