import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Category } from "./schemas";

/** Categories learned from the team's answers, by level and name. `q` matches part of a name, `parent` an id. */
export async function readCategories(
  ctx: TeamContext,
  input: { q?: string; parent?: string },
): Promise<{ items: Category[] }> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const items = await tx.category.findMany({
      where: {
        teamId: ctx.team.id,
        upstream: ctx.team.upstream ?? "",
        ...(input.q ? { name: { contains: input.q.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const } } : {}),
        ...(input.parent ? { parentId: input.parent } : {}),
      },
      orderBy: [{ level: "asc" }, { name: "asc" }, { id: "asc" }],
      select: { id: true, level: true, parentId: true, name: true },
    });
    return { items };
  });
}
