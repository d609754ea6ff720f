import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import { containing, readTablePage, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { visibleRules, WITH_SCOPE } from "./internal";
import type { AlertRule, AlertRuleInput } from "./schemas";

type RuleRow = Omit<AlertRule, "muted" | "owner" | "createdAt" | "lastFiredAt"> & {
  mutedAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  createdAt: Date;
  lastFiredAt: Date | null;
};

const WITH_CATEGORY = Prisma.sql`
  left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
  left join category_name own on own.team_id = r.team_id and own.upstream = r.upstream and own.category_id = r.category_id`;

/** A page of the rules that this member may see: those that hold a text in their name or in that of what they are about. */
export function fetchRulesPage(tx: Tx, ctx: TeamContext, look: TableLook, most: number): Promise<TablePage<AlertRule>> {
  const part = containing(look.q);
  const found =
    look.q === ""
      ? Prisma.sql`${WITH_SCOPE} where ${visibleRules(ctx)} and r.deleted_at is null`
      : Prisma.sql`${WITH_SCOPE} ${WITH_CATEGORY} where ${visibleRules(ctx)} and r.deleted_at is null
          and (r.name ilike ${part} or w.name ilike ${part} or s.name ilike ${part} or c.name ilike ${part}
            or own.name ilike ${part})`;
  const count = async () => {
    const rows = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total from alert_rule r ${found}`;
    return rows[0]?.total ?? 0;
  };
  const read = async (limit: number, offset: number) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select r.id from alert_rule r ${found}
      order by r.created_at desc, r.id desc limit ${limit}::int offset ${offset}::int`;
    return fetchRules(
      tx,
      ctx,
      rows.map(({ id }) => id),
    );
  };
  return readTablePage(look, count, read, most);
}

/** The rules that this member may see, newest first. */
export async function fetchRules(tx: Tx, ctx: TeamContext, ids: readonly string[] | null = null): Promise<AlertRule[]> {
  const rows = await tx.$queryRaw<RuleRow[]>`
    select r.id, r.name, r.condition, r.metric, r.value, r.against, r.category_id as "categoryId",
      coalesce(own.name, c.name) as "categoryName", r.region, r."window", r.watchlist_id as "watchlistId",
      r.search_id as "searchId", coalesce(w.name, s.name) as "scopeName",
      coalesce(w.deleted_at, s.deleted_at) is not null as "scopeGone", coalesce(w.shared, s.shared, true) as shared,
      r.cooldown_hours as "cooldownHours", array(select x.webhook_id from alert_rule_webhook x
        where x.team_id = r.team_id and x.rule_id = r.id order by 1) as "webhookIds", r.muted_at as "mutedAt", m.id as "ownerId", u.name as "ownerName", r.version,
      r.created_at as "createdAt", f.last as "lastFiredAt", coalesce(f.count, 0) as "firedCount"
    from alert_rule r ${WITH_SCOPE}
      ${WITH_CATEGORY}
      left join membership m on m.team_id = r.team_id and m.id = r.member_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
      left join (select rule_id, max(fired_at) as last,
          count(*) filter (where fired_at > app_now() - interval '30 days')::int as count
        from alert where team_id = ${ctx.team.id}::uuid
          ${ids === null ? Prisma.empty : Prisma.sql`and rule_id = any(${ids}::uuid[])`} group by rule_id) f on f.rule_id = r.id
    where ${visibleRules(ctx)} and r.deleted_at is null
      ${ids === null ? Prisma.empty : Prisma.sql`and r.id = any(${ids}::uuid[])`}
    order by r.created_at desc, r.id desc`;
  return rows.map(({ mutedAt, ownerId, ownerName, createdAt, lastFiredAt, ...row }) => ({
    ...row,
    muted: mutedAt !== null,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? "" },
    createdAt: createdAt.toISOString(),
    lastFiredAt: lastFiredAt?.toISOString() ?? null,
  }));
}

/** @throws `not_found`, also for a rule about somebody else's private list and for a deleted one */
export async function fetchRule(tx: Tx, ctx: TeamContext, id: string): Promise<AlertRule> {
  const [rule] = await fetchRules(tx, ctx, [id]);
  if (!rule) throw notFound();
  return rule;
}

/** A rule that is about to change, held until the transaction ends. @throws `not_found` */
export async function lockRule(tx: Tx, ctx: TeamContext, id: string, given = { deleted: false }): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select r.id from alert_rule r ${WITH_SCOPE}
    where ${visibleRules(ctx)} and r.id = ${id}::uuid and (r.deleted_at is not null) = ${given.deleted}::boolean
    for update of r`;
  if (rows.length === 0) throw notFound();
}

/**
 * Refuses a rule over nothing: a category that no answer held, or a list or search that this member does not see; and
 * one that tells a webhook which is not there.
 * @returns the team's upstream @throws `invalid_request` at the field; `key_missing`
 */
export async function assertScope(tx: Tx, ctx: TeamContext, rule: AlertRuleInput): Promise<string> {
  const { upstream } = ctx.team;
  if (!upstream) throw new AppError("key_missing");
  const [found] = await tx.$queryRaw<{ webhooks: number; category: boolean; list: boolean; search: boolean }[]>`
    select
      (select count(*)::int from webhook h where h.team_id = ${ctx.team.id}::uuid and h.deleted_at is null
        and h.id = any(${rule.webhookIds}::uuid[])) as webhooks,
      exists (select 1 from category c where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${upstream}
        and c.id = ${rule.categoryId} and c.level = 3) as category,
      exists (select 1 from watchlist w where w.team_id = ${ctx.team.id}::uuid and w.upstream = ${upstream}
        and w.id = ${rule.watchlistId}::uuid and w.deleted_at is null
        and (w.shared or w.member_id = ${ctx.member.id}::uuid)) as list,
      exists (select 1 from saved_search s where s.team_id = ${ctx.team.id}::uuid and s.upstream = ${upstream}
        and s.id = ${rule.searchId}::uuid and s.deleted_at is null
        and (s.shared or s.member_id = ${ctx.member.id}::uuid)) as search`;
  if ((found?.webhooks ?? 0) < rule.webhookIds.length) throw invalid("webhookIds", "alert_webhook_unknown");
  if (rule.categoryId !== null && !found?.category) throw invalid("categoryId", "alert_category_unknown");
  if (rule.watchlistId !== null && !found?.list) throw invalid("watchlistId", "alert_scope_missing");
  if (rule.searchId !== null && !found?.search) throw invalid("searchId", "alert_scope_missing");
  return upstream;
}

/** Has a rule tell these webhooks, and no others. */
export async function putWebhooks(
  tx: Tx,
  teamId: string,
  ruleId: string,
  webhookIds: readonly string[],
): Promise<void> {
  await tx.alertRuleWebhook.deleteMany({ where: { teamId, ruleId } });
  await tx.alertRuleWebhook.createMany({ data: webhookIds.map((webhookId) => ({ teamId, ruleId, webhookId })) });
}
