import "server-only";
import { notifyEach } from "@/lib/notifications/notify-each";
import type { NoticeFacts } from "@/lib/notifications/schemas";
import type { Tx } from "@/lib/platform/db";
import { tellOfAlerts } from "@/lib/webhooks/tell-of-alerts";
import { WITH_SCOPE } from "./internal";
import type { Told, TriedRule } from "./try-rules";

export type NewAlert = Told & {
  rule: Pick<TriedRule, "condition" | "metric" | "value" | "against" | "cooldownHours">;
  upstream: string;
  region: string;
  window: string;
};

type Kept = Omit<NoticeFacts<"alert">, "oldAt" | "newAt"> & { ruleId: string; oldAt: Date | null; newAt: Date };
type Hearer = { ruleId: string; memberId: string; inApp: boolean; isMailed: boolean };

/**
 * Keeps what there is to tell, but for items whose cool-down is not over, and tells whoever hears of the rule, as each
 * chose. All of it in the caller's transaction; each once for a rule, an answer and an item. @returns how many were kept
 */
export async function storeAlerts(tx: Tx, teamId: string, alerts: readonly NewAlert[]): Promise<number> {
  if (alerts.length === 0) return 0;
  const kept = await insertAlerts(tx, teamId, alerts);
  const hearers = await fetchHearers(tx, teamId, [...new Set(kept.map(({ ruleId }) => ruleId))]);
  const hearing = (ruleId: string, how: (one: Hearer) => boolean) =>
    hearers.filter((one) => one.ruleId === ruleId && how(one)).map(({ memberId }) => memberId);
  const told = kept.map(({ ruleId, oldAt, newAt, ...facts }) => ({
    ruleId,
    facts: { ...facts, oldAt: oldAt?.toISOString() ?? null, newAt: newAt.toISOString() },
  }));
  await notifyEach(
    tx,
    teamId,
    told.map(({ ruleId, facts }) => ({
      kind: "alert" as const,
      to: { memberIds: hearing(ruleId, ({ inApp }) => inApp) },
      facts,
      link: `/alerts/${facts.alertId}`,
      dedupe: `alert/${facts.alertId}`,
    })),
  );
  await tellOfAlerts(tx, teamId, told);
  const mailed = kept.flatMap(({ ruleId, alertId }) =>
    hearing(ruleId, ({ isMailed }) => isMailed).map((memberId) => ({ alertId, memberId })),
  );
  if (mailed.length > 0) await enqueueMails(tx, teamId, mailed);
  return kept.length;
}

/** How far something moved, as a part of where it was; what came from nowhere has only its place. */
const weightOf = ({ oldValue, newValue }: Told) =>
  oldValue === null || oldValue === 0 || newValue === null ? 0 : Math.abs(newValue / oldValue - 1);

/** Lists stand newest first: what matters most is told last, a microsecond after the rest; of places the lowest first. */
const byWeight = (a: Told, b: Told) => weightOf(a) - weightOf(b) || (b.newValue ?? 0) - (a.newValue ?? 0);

async function insertAlerts(tx: Tx, teamId: string, alerts: readonly NewAlert[]): Promise<Kept[]> {
  const rows = [...alerts]
    .sort(byWeight)
    .map(({ rule: { condition, metric, value, against, cooldownHours }, oldAt, newAt, ...alert }, nth) => ({
      ...alert,
      ...{ condition, metric, value, against, cooldownHours, nth },
      oldAt: oldAt === null ? null : new Date(oldAt),
      newAt: new Date(newAt),
    }));
  return tx.$queryRaw<Kept[]>`
    with kept as (
      insert into alert (team_id, id, rule_id, snapshot_id, upstream, category_id, region, "window", condition, metric,
        value, against, old_value, new_value, old_at, new_at, old_snapshot_id, observations, fired_at)
      select ${teamId}::uuid, uuid_v7_at(app_now()), n."ruleId", n."snapshotId", n.upstream, n."categoryId", n.region,
        n."window", n.condition, n.metric, n.value, n.against, n."oldValue", n."newValue", n."oldAt", n."newAt",
        n."oldSnapshotId", n.observations, (select app_now()) + n.nth * interval '1 microsecond'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("ruleId" uuid, "snapshotId" uuid, upstream text,
        "categoryId" text, region text, "window" text, condition text, metric text, value float8, against text,
        "oldValue" float8, "newValue" float8, "oldAt" timestamptz, "newAt" timestamptz, "oldSnapshotId" uuid,
        observations int, "cooldownHours" int, nth int)
      where not exists (select 1 from alert a where a.team_id = ${teamId}::uuid and a.rule_id = n."ruleId"
        and a.category_id = n."categoryId" and a.region = n.region and a."window" = n."window"
        and a.new_at > n."newAt" - make_interval(hours => n."cooldownHours") and a.new_at < n."newAt")
      on conflict (team_id, rule_id, snapshot_id, category_id) do nothing
      returning *)
    select k.id as "alertId", r.name as "ruleName", k.upstream, k.condition, k.metric, k.value, k.against,
      k.category_id as "categoryId", coalesce(own.name, c.name) as "categoryName", k.region, k."window",
      k.old_value as "oldValue", k.new_value as "newValue", k.old_at as "oldAt", k.new_at as "newAt", k.observations,
      k.rule_id as "ruleId"
    from kept k
      join alert_rule r on r.team_id = k.team_id and r.id = k.rule_id
      left join category c on c.team_id = k.team_id and c.upstream = k.upstream and c.id = k.category_id
      left join category_name own
        on own.team_id = k.team_id and own.upstream = k.upstream and own.category_id = k.category_id
    order by k.fired_at, k.id`;
}

/** A rule's owner, or owners and admins where the owner has left, and who wants to hear of every rule that they see. */
async function fetchHearers(tx: Tx, teamId: string, ruleIds: readonly string[]): Promise<Hearer[]> {
  return tx.$queryRaw<Hearer[]>`
    select r.id as "ruleId", m.id as "memberId", coalesce(p.in_app, true) as "inApp",
      coalesce(p.mail <> 'off' and p.alerts_mailed, false) as "isMailed"
    from alert_rule r
      join membership o on o.team_id = r.team_id and o.id = r.member_id
      join membership m on m.team_id = r.team_id and m.removed_at is null
      left join alert_preference p on p.team_id = m.team_id and p.member_id = m.id ${WITH_SCOPE}
    where r.team_id = ${teamId}::uuid and r.id = any(${ruleIds}::uuid[])
      and (m.id = r.member_id or p.hears = 'all' or (o.removed_at is not null and m.role in ('owner', 'admin')))
      and (r.watchlist_id is null or w.shared or w.member_id = m.id)
      and (r.search_id is null or s.shared or s.member_id = m.id)
    order by m.id`;
}

async function enqueueMails(tx: Tx, teamId: string, mailed: { alertId: string; memberId: string }[]): Promise<void> {
  await tx.$executeRaw`
    insert into alert_mail (team_id, member_id, alert_id, due_at)
    select t.id, n."memberId", n."alertId", alert_mail_at(p.mail, p.digest_hour, p.digest_weekday, p.quiet_from,
      p.quiet_to, app_now() at time zone t.time_zone) at time zone t.time_zone
    from jsonb_to_recordset(${JSON.stringify(mailed)}::jsonb) as n("alertId" uuid, "memberId" uuid)
      join team t on t.id = ${teamId}::uuid
      join alert_preference p on p.team_id = t.id and p.member_id = n."memberId"
    on conflict do nothing`;
}
