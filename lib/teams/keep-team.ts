import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { lockTeamAs } from "./internal";
import type { TeamSettings } from "./schemas";
import { fetchTeamSettings } from "./team-settings";

/** Keeps a team that was about to be deleted: as it was, from the next request on. */
export async function keepTeam(ctx: TeamContext): Promise<TeamSettings> {
  return withTeam(ctx, "team:delete", async (tx) => {
    await lockTeamAs(tx, ctx, "team:delete");
    const { deletesAt } = await fetchTeamSettings(tx, ctx.team.id);
    if (deletesAt) {
      await tx.team.update({ where: { id: ctx.team.id }, data: { deletesAt: null } });
      await audit(tx, ctx, "team.kept", {}, { before: { deletesAt }, after: { deletesAt: null } });
    }
    return fetchTeamSettings(tx, ctx.team.id);
  });
}
