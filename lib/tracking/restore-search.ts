import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { SavedSearch } from "./schemas";
import { fetchSearch, lockSearch } from "./search-rows";

/** Brings a deleted search back as it was. @throws `not_found`, also when it is not deleted */
export async function restoreSearch(ctx: TeamContext, id: string): Promise<SavedSearch> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    await lockSearch(tx, ctx, id, { deleted: true });
    await tx.savedSearch.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { deletedAt: null, version: { increment: 1 } },
    });
    await audit(tx, ctx, "search.restored", { searchId: id });
    return fetchSearch(tx, ctx, id);
  });
}
