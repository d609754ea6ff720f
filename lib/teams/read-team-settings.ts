import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { TeamSettings } from "./schemas";
import { fetchTeamSettings } from "./team-settings";

/** What the team decided about itself, beside its credits. */
export const readTeamSettings = (ctx: TeamContext): Promise<TeamSettings> =>
  withTeam(ctx, "team:read", (tx) => fetchTeamSettings(tx, ctx.team.id));
