import "server-only";
import { type TeamContext, withTeam, withTeamLookups } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import type { ProviderBreak } from "./break-schemas";

/** Nobody reads through more. */
const MOST = 200;

type Row = Omit<ProviderBreak, "before" | "after" | "endedAt" | "judgedAt"> & {
  before_receipt: string;
  before_at: Date;
  after_receipt: string;
  after_at: Date;
  ended_at: Date | null;
  judged_at: Date | null;
};

/** Where the provider's answers changed their shape, newest first. */
export async function readBreaks(ctx: TeamContext): Promise<{ items: ProviderBreak[] }> {
  return withTeam(ctx, "insights:read", async (tx) => ({ items: await fetchBreaks(tx, ctx, Prisma.empty) }));
}

/** Those that somebody has to look at: not judged yet, and not over for a week. */
export async function readOpenBreaks(ctx: TeamContext): Promise<ProviderBreak[]> {
  return withTeamLookups(ctx, "insights:read", (tx) =>
    fetchBreaks(
      tx,
      ctx,
      Prisma.sql`and p.verdict is null and (p.ended_at is null or p.ended_at > app_now() - interval '7 days')`,
    ),
  );
}

export async function fetchBreaks(tx: Tx, ctx: TeamContext, where: Prisma.Sql): Promise<ProviderBreak[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select p.id, p.kind, p.metric, p.factor, p.was, p."is", p.region, p."window", nullif(p.category_id, '') as "categoryId",
      coalesce(own.name, c.name) as "categoryName", nullif(p.q, '') as q, p.page, b.request_id as before_receipt,
      b.fetched_at as before_at, s.request_id as after_receipt, s.fetched_at as after_at, p.ended_at,
      p.held_alerts as "heldAlerts", p.verdict, p.judged_at, u.name as "judgedBy"
    from provider_break p
      join snapshot b on b.team_id = p.team_id and b.id = p.before_snapshot_id
      join snapshot s on s.team_id = p.team_id and s.id = p.snapshot_id
      left join category c on c.team_id = p.team_id and c.upstream = p.upstream and c.id = p.category_id
      left join category_name own
        on own.team_id = p.team_id and own.upstream = p.upstream and own.category_id = p.category_id
      left join membership m on m.team_id = p.team_id and m.id = p.judged_by_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
    where p.team_id = ${ctx.team.id}::uuid and p.upstream = ${ctx.team.upstream ?? ""} ${where}
    order by p.began_at desc, p.metric nulls first, p.id limit ${MOST}`;
  return rows.map(({ before_receipt, before_at, after_receipt, after_at, ended_at, judged_at, ...row }) => ({
    ...row,
    before: { receiptId: before_receipt, fetchedAt: before_at.toISOString() },
    after: { receiptId: after_receipt, fetchedAt: after_at.toISOString() },
    endedAt: ended_at?.toISOString() ?? null,
    judgedAt: judged_at?.toISOString() ?? null,
  }));
}
