import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import type { Snapshot } from "./schemas";

export type RecentAnswer = Pick<Snapshot, "query" | "fetchedAt" | "total"> & {
  snapshotId: string;
  receiptId: string;
  rowCount: number;
  boughtBy: { name: string };
  /** The team's own name of the asked category, else the provider's. */
  categoryName: string | null;
};

type Row = {
  id: string;
  request_id: string;
  region: Snapshot["query"]["region"];
  window: string;
  category_id: string;
  q: string;
  page: number;
  fetched_at: Date;
  total: number | null;
  row_count: number;
  bought_by: string;
  category_name: string | null;
};

/**
 * The newest stored answers of the team's upstream, one for each question, newest first.
 * @param below only those that come after this one
 */
export async function readRecentAnswers(
  ctx: TeamContext,
  limit: number,
  below?: Pick<RecentAnswer, "snapshotId">,
): Promise<RecentAnswer[]> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select a.*, u.name as bought_by, coalesce(n.name, c.name) as category_name
      from (select s.team_id, s.upstream, s.id, s.request_id, s.region, s."window", s.category_id, s.q, s.page,
          s.fetched_at, s.total, s.row_count
        from flight f join snapshot s on s.team_id = f.team_id and s.id = f.newest_snapshot_id
        where f.team_id = ${ctx.team.id}::uuid and s.upstream = ${ctx.team.upstream ?? ""}
          ${
            below
              ? Prisma.sql`and (f.newest_fetched_at, f.newest_snapshot_id) < (select b.fetched_at, b.id from snapshot b
                  where b.team_id = f.team_id and b.id = ${below.snapshotId}::uuid)`
              : Prisma.empty
          }
        order by f.newest_fetched_at desc, f.newest_snapshot_id desc limit ${limit}::int) a
        join credit_request q on q.team_id = a.team_id and q.id = a.request_id
        join membership m on m.team_id = q.team_id and m.id = q.member_id
        join user_account u on u.id = m.user_id
        left join category c on c.team_id = a.team_id and c.upstream = a.upstream and c.id = a.category_id
        left join category_name n
          on n.team_id = a.team_id and n.upstream = a.upstream and n.category_id = a.category_id
      order by a.fetched_at desc, a.id desc`;
    return rows.map((row) => ({
      snapshotId: row.id,
      receiptId: row.request_id,
      query: {
        region: row.region,
        window: row.window,
        category: row.category_id || null,
        q: row.q || null,
        page: row.page,
      },
      fetchedAt: row.fetched_at.toISOString(),
      total: row.total,
      rowCount: row.row_count,
      boughtBy: { name: row.bought_by },
      categoryName: row.category_name,
    }));
  });
}
