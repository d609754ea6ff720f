import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Snapshot } from "./schemas";

export type RecentAnswer = Pick<Snapshot, "query" | "fetchedAt" | "total"> & {
  snapshotId: string;
  receiptId: string;
  rowCount: number;
  boughtBy: { name: string };
};

/** The newest stored answers of the team's upstream, one for each question, newest first. */
export async function readRecentAnswers(ctx: TeamContext, limit: number): Promise<RecentAnswer[]> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const flights = await tx.$queryRaw<{ id: string }[]>`
      select f.newest_snapshot_id as id from flight f join snapshot s
        on s.team_id = f.team_id and s.id = f.newest_snapshot_id
      where f.team_id = ${ctx.team.id}::uuid and s.upstream = ${ctx.team.upstream ?? ""}
      order by f.newest_fetched_at desc limit ${limit}::int`;
    const rows = await tx.snapshot.findMany({
      where: { teamId: ctx.team.id, id: { in: flights.map(({ id }) => id) } },
      orderBy: { fetchedAt: "desc" },
      include: { request: { select: { member: { select: { user: { select: { name: true } } } } } } },
    });
    return rows.map((row) => ({
      snapshotId: row.id,
      receiptId: row.requestId,
      query: {
        region: row.region as Snapshot["query"]["region"],
        window: row.window,
        category: row.categoryId || null,
        q: row.q || null,
        page: row.page,
      },
      fetchedAt: row.fetchedAt.toISOString(),
      total: row.total,
      rowCount: row.rowCount,
      boughtBy: { name: row.request.member.user.name },
    }));
  });
}
