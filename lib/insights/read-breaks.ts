import "server-only";
import { type TeamContext, withTeam, withTeamLookups } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { containing, readTablePage, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import type { ProviderBreak } from "./break-schemas";

/** So many in one answer of the API; the page shows the others. */
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

/** A page of those whose category, keyword, region or figure holds a text, newest first. */
export async function readBreaksPage(ctx: TeamContext, look: TableLook): Promise<TablePage<ProviderBreak>> {
  const part = containing(look.q);
  const where = look.q
    ? Prisma.sql`and (c.name ilike ${part} or own.name ilike ${part} or p.q ilike ${part} or p.region ilike ${part}
        or p.metric ilike ${part})`
    : Prisma.empty;
  return withTeam(ctx, "insights:read", (tx) =>
    readTablePage(
      look,
      () => countBreaks(tx, ctx, where),
      (limit, offset) => fetchBreaks(tx, ctx, where, { limit, offset }),
    ),
  );
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

const NAMES = Prisma.sql`left join category c
    on c.team_id = p.team_id and c.upstream = p.upstream and c.id = p.category_id
  left join category_name own
    on own.team_id = p.team_id and own.upstream = p.upstream and own.category_id = p.category_id`;
const ofTeam = ({ team }: TeamContext) =>
  Prisma.sql`p.team_id = ${team.id}::uuid and p.upstream = ${team.upstream ?? ""}`;

async function countBreaks(tx: Tx, ctx: TeamContext, where: Prisma.Sql): Promise<number> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from provider_break p ${NAMES} where ${ofTeam(ctx)} ${where}`;
  return found?.count ?? 0;
}

export async function fetchBreaks(
  tx: Tx,
  ctx: TeamContext,
  where: Prisma.Sql,
  { limit, offset }: { limit: number; offset: number } = { limit: MOST, offset: 0 },
): Promise<ProviderBreak[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select p.id, p.kind, p.metric, p.factor, p.was, p."is", p.region, p."window", nullif(p.category_id, '') as "categoryId",
      coalesce(own.name, c.name) as "categoryName", nullif(p.q, '') as q, p.page, b.request_id as before_receipt,
      b.fetched_at as before_at, s.request_id as after_receipt, s.fetched_at as after_at, p.ended_at,
      p.held_alerts as "heldAlerts", p.verdict, p.judged_at, u.name as "judgedBy"
    from provider_break p
      join snapshot b on b.team_id = p.team_id and b.id = p.before_snapshot_id
      join snapshot s on s.team_id = p.team_id and s.id = p.snapshot_id
      ${NAMES}
      left join membership m on m.team_id = p.team_id and m.id = p.judged_by_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
    where ${ofTeam(ctx)} ${where}
    order by p.began_at desc, p.metric nulls first, p.id limit ${limit}::int offset ${offset}::int`;
  return rows.map(({ before_receipt, before_at, after_receipt, after_at, ended_at, judged_at, ...row }) => ({
    ...row,
    before: { receiptId: before_receipt, fetchedAt: before_at.toISOString() },
    after: { receiptId: after_receipt, fetchedAt: after_at.toISOString() },
    endedAt: ended_at?.toISOString() ?? null,
    judgedAt: judged_at?.toISOString() ?? null,
  }));
}
