import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { decideAsk } from "./internal";
import type { GrantMoreInput, LimitAsk } from "./limit-schemas";

/**
 * Raises the limit of the member who asked, for the ask's period alone and at once.
 * @throws `not_found`; `conflict` with reason `not_open` or `period_over`
 */
export const grantMore = (ctx: TeamContext, id: string, { credits }: GrantMoreInput): Promise<LimitAsk> =>
  withTeam(ctx, "limits:write", (tx) => decideAsk(tx, ctx, id, { state: "granted", credits }));
