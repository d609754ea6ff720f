import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { visibleTo } from "./visible-to";

export type MovementScopes = Record<"lists" | "searches", { id: string; name: string }[]>;

/** More than anybody chooses from; the newest are offered. */
const MOST_OFFERED = 200;

/** The lists and searches that this reader may see, newest first, by name only. */
export async function readMovementScopes(ctx: TeamContext): Promise<MovementScopes> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const query = {
      where: { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", deletedAt: null, ...visibleTo(ctx) },
      orderBy: [{ createdAt: "desc" as const }, { id: "desc" as const }],
      take: MOST_OFFERED,
      select: { id: true, name: true },
    };
    return { lists: await tx.watchlist.findMany(query), searches: await tx.savedSearch.findMany(query) };
  });
}
