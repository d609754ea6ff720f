import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";

/** The receipts of stored answers, by the ids of those; what is not the team's is left out. */
export async function readReceiptIds(
  ctx: TeamContext,
  snapshotIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const rows = await tx.snapshot.findMany({
      where: { teamId: ctx.team.id, id: { in: [...new Set(snapshotIds)] } },
      select: { id: true, requestId: true },
    });
    return new Map(rows.map(({ id, requestId }) => [id, requestId]));
  });
}
