import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchTeamCreditSettings } from "./internal";
import type { TeamCreditSettings } from "./limit-schemas";

/** What the team decided about its credits beside the limits, with the running period and the next. */
export const readCreditSettings = (ctx: TeamContext): Promise<TeamCreditSettings> =>
  withTeam(ctx, "credits:read", (tx) => fetchTeamCreditSettings(tx, ctx.team.id));
