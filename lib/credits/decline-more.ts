import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { decideAsk } from "./internal";
import type { LimitAsk } from "./limit-schemas";

/** Declines an ask for more. @throws `not_found`; `conflict` with reason `not_open` */
export const declineMore = (ctx: TeamContext, id: string): Promise<LimitAsk> =>
  withTeam(ctx, "limits:write", (tx) => decideAsk(tx, ctx, id, { state: "declined" }));
