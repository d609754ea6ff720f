import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { invalid } from "@/lib/platform/errors";
import { lockTeamAs } from "./internal";
import type { DeleteTeamInput, TeamSettings } from "./schemas";
import { stopRunsOf } from "./stop-runs-of";
import { fetchTeamSettings } from "./team-settings";

const UNDO_MS = 7 * 86_400_000;

/**
 * Lets the team be purged in seven days. Until then everything can be read and exported, nothing bought or changed,
 * and an owner can keep it after all. Runs stop before their next request.
 * @throws `invalid_request` when what was typed is not the team's slug
 */
export async function deleteTeam(ctx: TeamContext, { slug }: DeleteTeamInput): Promise<TeamSettings> {
  return withTeam(ctx, "team:delete", async (tx) => {
    await lockTeamAs(tx, ctx, "team:delete");
    const { id: teamId } = ctx.team;
    const before = await fetchTeamSettings(tx, teamId);
    if (slug !== before.slug) throw invalid("slug", "slug_confirm");
    if (before.deletesAt) return before;
    const deletesAt = new Date((await appNow(tx)).getTime() + UNDO_MS);
    await tx.team.update({ where: { id: teamId }, data: { deletesAt } });
    await stopRunsOf(tx, { teamId });
    await audit(tx, ctx, "team.deletion_asked", { slug }, { after: { deletesAt: deletesAt.toISOString() } });
    return fetchTeamSettings(tx, teamId);
  });
}
