import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchRuns, isRunFor } from "./internal";
import type { Run } from "./schemas";
import { fetchSearch } from "./search-rows";

/** The newest runs of a search that this reader may see, those of several things at once too. @throws `not_found` */
export async function readRuns(ctx: TeamContext, searchId: string, most: number): Promise<Run[]> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const { id } = await fetchSearch(tx, ctx, searchId);
    return fetchRuns(tx, ctx, isRunFor("search_id", id), most);
  });
}
