import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchLimits } from "./internal";
import type { Limits } from "./limit-schemas";

/** The team's limits and what is used of them in the running period; others' rows as far as the reader may see them. */
export const readLimits = (ctx: TeamContext): Promise<Limits> =>
  withTeam(ctx, "credits:read", (tx) => fetchLimits(tx, ctx));
