import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchLimits, fetchLimitsPage } from "./internal";
import type { LimitLooks, Limits, LimitsPage } from "./limit-schemas";

/** The team's limits and what is used of them in the running period; others' rows as far as the reader may see them. */
export const readLimits = (ctx: TeamContext): Promise<Limits> =>
  withTeam(ctx, "credits:read", (tx) => fetchLimits(tx, ctx));

/** The same with a page of members and one of tokens; what is looked for is in their names, a token's also in its member's. */
export const readLimitsPage = (ctx: TeamContext, looks: LimitLooks): Promise<LimitsPage> =>
  withTeam(ctx, "credits:read", (tx) => fetchLimitsPage(tx, ctx, looks));
