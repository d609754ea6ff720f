import "server-only";
import { notifyEach } from "@/lib/notifications/notify-each";
import type { NoticeFacts } from "@/lib/notifications/schemas";
import type { Tx } from "@/lib/platform/db";
import type { Told, TriedRule } from "./try-rules";

export type NewAlert = Told & {
  rule: Pick<TriedRule, "condition" | "metric" | "value" | "against" | "cooldownHours">;
  upstream: string;
  region: string;
  window: string;
};

type Kept = Omit<NoticeFacts<"alert">, "oldAt" | "newAt"> & { oldAt: Date | null; newAt: Date; ownerId: string | null };

/**
 * Keeps what there is to tell, but for items whose cool-down is not over, and tells the owners of the rules, or owners
 * and admins of the team where the owner has left. All of it in the caller's transaction; each once for a rule, an
 * answer and an item. @returns how many were kept
 */
export async function storeAlerts(tx: Tx, teamId: string, alerts: readonly NewAlert[]): Promise<number> {
  if (alerts.length === 0) return 0;
  const rows = alerts.map(({ rule: { condition, metric, value, against, cooldownHours }, oldAt, newAt, ...alert }) => ({
    ...alert,
    ...{ condition, metric, value, against, cooldownHours },
    oldAt: oldAt === null ? null : new Date(oldAt),
    newAt: new Date(newAt),
  }));
  const kept = await tx.$queryRaw<Kept[]>`
    with kept as (
      insert into alert (team_id, id, rule_id, snapshot_id, upstream, category_id, region, "window", condition, metric,
        value, against, old_value, new_value, old_at, new_at, old_snapshot_id, observations, fired_at)
      select ${teamId}::uuid, uuid_v7_at(app_now()), n."ruleId", n."snapshotId", n.upstream, n."categoryId", n.region,
        n."window", n.condition, n.metric, n.value, n.against, n."oldValue", n."newValue", n."oldAt", n."newAt",
        n."oldSnapshotId", n.observations, app_now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("ruleId" uuid, "snapshotId" uuid, upstream text,
        "categoryId" text, region text, "window" text, condition text, metric text, value float8, against text,
        "oldValue" float8, "newValue" float8, "oldAt" timestamptz, "newAt" timestamptz, "oldSnapshotId" uuid,
        observations int, "cooldownHours" int)
      where not exists (select 1 from alert a where a.team_id = ${teamId}::uuid and a.rule_id = n."ruleId"
        and a.category_id = n."categoryId" and a.region = n.region and a."window" = n."window"
        and a.new_at > n."newAt" - make_interval(hours => n."cooldownHours") and a.new_at < n."newAt")
      on conflict (team_id, rule_id, snapshot_id, category_id) do nothing
      returning *)
    select k.id as "alertId", r.name as "ruleName", k.upstream, k.condition, k.metric, k.value, k.against,
      k.category_id as "categoryId", coalesce(own.name, c.name) as "categoryName", k.region, k."window",
      k.old_value as "oldValue", k.new_value as "newValue", k.old_at as "oldAt", k.new_at as "newAt", k.observations,
      m.id as "ownerId"
    from kept k
      join alert_rule r on r.team_id = k.team_id and r.id = k.rule_id
      left join membership m on m.team_id = k.team_id and m.id = r.member_id and m.removed_at is null
      left join category c on c.team_id = k.team_id and c.upstream = k.upstream and c.id = k.category_id
      left join category_name own
        on own.team_id = k.team_id and own.upstream = k.upstream and own.category_id = k.category_id
    order by k.category_id, k.id`;
  await notifyEach(
    tx,
    teamId,
    kept.map(({ ownerId, oldAt, newAt, ...facts }) => ({
      kind: "alert" as const,
      to: ownerId === null ? { admins: true } : { memberIds: [ownerId] },
      facts: { ...facts, oldAt: oldAt?.toISOString() ?? null, newAt: newAt.toISOString() },
      link: `/alerts/${facts.alertId}`,
      dedupe: `alert/${facts.alertId}`,
    })),
  );
  return kept.length;
}
