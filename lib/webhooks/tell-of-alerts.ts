import "server-only";
import type { NoticeFacts } from "@/lib/notifications/schemas";
import type { Tx } from "@/lib/platform/db";

export type ToldAlert = { ruleId: string; facts: NoticeFacts<"alert"> };

/** Lays alerts down for the webhooks that their rules tell, each once, due by the webhook's hours; in the caller's transaction. */
export async function tellOfAlerts(tx: Tx, teamId: string, alerts: readonly ToldAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  // A message says its oldest first: what is last here, because it matters most, comes before the others there.
  const ordered = alerts.map((alert, index) => ({ ...alert, nth: alerts.length - index }));
  await tx.$executeRaw`
    insert into webhook_item (team_id, webhook_id, dedupe, kind, facts, link, at, due_at)
    select w.team_id, w.id, 'alert/' || (n.facts ->> 'alertId'), 'alert', n.facts, '/alerts/' || (n.facts ->> 'alertId'),
      (select app_now()) + n.nth * interval '1 microsecond', alert_mail_at(w.timing, w.digest_hour, w.digest_weekday,
        w.quiet_from, w.quiet_to, app_now() at time zone t.time_zone) at time zone t.time_zone
    from jsonb_to_recordset(${JSON.stringify(ordered)}::jsonb) as n("ruleId" uuid, facts jsonb, nth int)
      join alert_rule_webhook x on x.team_id = ${teamId}::uuid and x.rule_id = n."ruleId"
      join webhook w on w.team_id = x.team_id and w.id = x.webhook_id and w.off_reason is null and w.deleted_at is null
      join team t on t.id = w.team_id
    on conflict do nothing`;
}
