import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Question } from "./schemas";

export type StoredPage = { page: number; fetchedAt: string };

/** Which pages of a question are stored, each with the time of its newest answer. */
export async function readStoredPages(ctx: TeamContext, question: Question): Promise<StoredPage[]> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const rows = await tx.snapshot.groupBy({
      by: ["page"],
      where: {
        teamId: ctx.team.id,
        upstream: ctx.team.upstream ?? "",
        region: question.region,
        window: question.window,
        categoryId: question.category ?? "",
        q: question.q ?? "",
      },
      _max: { fetchedAt: true },
      orderBy: { page: "asc" },
    });
    return rows.flatMap(({ page, _max }) =>
      _max.fetchedAt ? [{ page, fetchedAt: _max.fetchedAt.toISOString() }] : [],
    );
  });
}
