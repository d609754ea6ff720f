import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { hasSecondFactor } from "@/lib/auth/second-factor";
import type { Tx } from "@/lib/platform/db";
import { editedMeanwhile, invalid } from "@/lib/platform/errors";
import { lockTeamAs } from "./internal";
import type { TeamSettings, UpdateTeamInput } from "./schemas";
import { fetchTeamSettings } from "./team-settings";

/**
 * Changes what the team decided about itself; what is left out stays. A former slug leads to the team for ever.
 * @throws `invalid_request` for a slug that is or was another team's, and for asking others for a second factor that one
 *   does not have; `conflict` (`edited_meanwhile`) when the version
 *   named is not the present one
 */
export async function updateTeam(ctx: TeamContext, input: UpdateTeamInput): Promise<TeamSettings> {
  // Before the transaction: it asks over a connection of its own.
  const mayAsk = !input.secondFactorRequired || (await hasSecondFactor(ctx.member.userId));
  return withTeam(ctx, "team:write", async (tx) => {
    await lockTeamAs(tx, ctx, "team:write");
    const { id: teamId } = ctx.team;
    const before = await fetchTeamSettings(tx, teamId);
    const { version, ...wanted } = input;
    if (version !== before.version) throw editedMeanwhile();
    const names = Object.keys(wanted) as (keyof typeof wanted)[];
    const changed = names.filter((field) => wanted[field] !== undefined && wanted[field] !== before[field]);
    if (changed.length === 0) return before;
    if (changed.includes("secondFactorRequired") && !mayAsk)
      throw invalid("secondFactorRequired", "second_factor_first");
    if (changed.includes("slug") && wanted.slug) await takeSlug(tx, teamId, wanted.slug);
    const data = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
    await tx.team.update({ where: { id: teamId }, data: { ...data, version: { increment: 1 } } });
    const after = await fetchTeamSettings(tx, teamId);
    const of = (settings: TeamSettings) => Object.fromEntries(changed.map((field) => [field, settings[field]]));
    await audit(tx, ctx, "team.changed", {}, { before: of(before), after: of(after) });
    return after;
  });
}

async function takeSlug(tx: Tx, teamId: string, slug: string): Promise<void> {
  await tx.teamSlug.createMany({ data: [{ teamId, slug }], skipDuplicates: true });
  // Another team's row is there and not to be seen.
  if ((await tx.teamSlug.count({ where: { teamId, slug } })) === 0) throw invalid("slug", "slug_taken");
}
