import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { endScheduleOf } from "./internal";
import { lockSearch } from "./search-rows";

/** Takes a search out of sight; its runs and answers stay, so that it can be had back whole. @throws `not_found` */
export async function deleteSearch(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "tracking:write", async (tx) => {
    await lockSearch(tx, ctx, id, { deleted: false });
    await tx.savedSearch.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { deletedAt: await appNow(tx), version: { increment: 1 } },
    });
    await endScheduleOf(tx, ctx.team.id, { searchId: id });
    await audit(tx, ctx, "search.deleted", { searchId: id });
  });
}
