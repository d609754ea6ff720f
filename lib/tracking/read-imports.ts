import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { HistoryImport } from "./import-schemas";

/** The sheets that a team brought its history from, the newest first. */
export async function readImports(ctx: TeamContext): Promise<{ items: HistoryImport[] }> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const rows = await tx.historyImport.findMany({
      where: { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", removedAt: null },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: { member: { select: { id: true, removedAt: true, user: { select: { name: true } } } } },
    });
    return {
      items: rows.map(({ id, name, window, rows: count, member, createdAt }) => ({
        id,
        name,
        window: window as HistoryImport["window"],
        rows: count,
        maker: member && member.removedAt === null ? { id: member.id, name: member.user.name } : null,
        createdAt: createdAt.toISOString(),
      })),
    };
  });
}
