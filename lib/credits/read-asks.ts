import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchOpenAsks } from "./internal";
import type { LimitAsk } from "./limit-schemas";

/** The open asks for more of the running period, oldest first: everybody's for admins and owners, else one's own. */
export const readAsks = (ctx: TeamContext): Promise<LimitAsk[]> =>
  withTeam(ctx, "credits:read", (tx) => fetchOpenAsks(tx, ctx));
