import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { visibleRules, WITH_SCOPE } from "./internal";
import type { Alert, AlertPage, AlertsInput } from "./schemas";

const PAGE = 50;

type Row = Omit<Alert, "oldAt" | "newAt" | "firedAt"> & { oldAt: Date | null; newAt: Date; firedAt: Date };

/** What the rules that this member sees had to tell, newest first, 50 at a time; those of deleted rules stay. */
export async function readAlerts(ctx: TeamContext, input: AlertsInput): Promise<AlertPage> {
  const { rule, cursor } = input;
  return withTeam(ctx, "alerts:read", async (tx) => {
    const items = await fetchAlerts(
      tx,
      ctx,
      Prisma.sql`
      ${rule ? Prisma.sql`and a.rule_id = ${rule}::uuid` : Prisma.empty}
      ${
        cursor
          ? Prisma.sql`and (a.fired_at, a.id) < (select b.fired_at, b.id from alert b
              where b.team_id = a.team_id and b.id = ${cursor}::uuid)`
          : Prisma.empty
      }`,
      PAGE + 1,
    );
    const page = items.slice(0, PAGE);
    return { items: page, nextCursor: items.length > PAGE ? (page.at(-1)?.id ?? null) : null };
  });
}

/** @throws `not_found` */
export async function readAlert(ctx: TeamContext, id: string): Promise<Alert> {
  return withTeam(ctx, "alerts:read", async (tx) => {
    const [alert] = await fetchAlerts(tx, ctx, Prisma.sql`and a.id = ${id}::uuid`, 1);
    if (!alert) throw notFound();
    return alert;
  });
}

async function fetchAlerts(tx: Tx, ctx: TeamContext, where: Prisma.Sql, most: number): Promise<Alert[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select a.id, a.rule_id as "ruleId", r.name as "ruleName", a.condition, a.metric, a.value, a.against,
      a.category_id as "categoryId", coalesce(own.name, c.name) as "categoryName", a.region, a."window",
      a.old_value as "oldValue", a.new_value as "newValue", a.old_at as "oldAt", a.new_at as "newAt", a.observations,
      a.fired_at as "firedAt", o.request_id as "oldReceiptId", n.request_id as "newReceiptId"
    from alert a
      join alert_rule r on r.team_id = a.team_id and r.id = a.rule_id ${WITH_SCOPE}
      left join category c on c.team_id = a.team_id and c.upstream = a.upstream and c.id = a.category_id
      left join category_name own
        on own.team_id = a.team_id and own.upstream = a.upstream and own.category_id = a.category_id
      left join snapshot o on o.team_id = a.team_id and o.id = a.old_snapshot_id
      left join snapshot n on n.team_id = a.team_id and n.id = a.snapshot_id
    where a.team_id = ${ctx.team.id}::uuid and ${visibleRules(ctx)} ${where}
    order by a.fired_at desc, a.id desc limit ${most}`;
  return rows.map((row) => ({
    ...row,
    oldAt: row.oldAt?.toISOString() ?? null,
    newAt: row.newAt.toISOString(),
    firedAt: row.firedAt.toISOString(),
  }));
}
