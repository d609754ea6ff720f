import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchKeyStatus } from "./internal";
import type { KeyStatus } from "./schemas";

/** Which upstream the team uses, and how its key fares. Never the key. */
export const readKey = (ctx: TeamContext): Promise<KeyStatus> =>
  withTeam(ctx, "key:read", (tx) => fetchKeyStatus(tx, ctx.team.id));
