import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";
import { decideAsk, fetchAsk } from "./internal";
import type { LimitAsk } from "./limit-schemas";

/** Takes one's own ask for more back. @throws `not_found` also for another's; `conflict` with reason `not_open` */
export const withdrawAsk = (ctx: TeamContext, id: string): Promise<LimitAsk> =>
  withTeam(ctx, "insights:buy", async (tx) => {
    if ((await fetchAsk(tx, ctx.team.id, id)).member.id !== ctx.member.id) throw notFound();
    return decideAsk(tx, ctx, id, { state: "withdrawn" });
  });
