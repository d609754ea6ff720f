import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchPeriod } from "./fetch-period";
import type { CreditPeriod } from "./schemas";

/** Credits of the whole team in the running period, from its counter: a few rows, however much was bought. */
export const readPeriod = (ctx: TeamContext): Promise<CreditPeriod> =>
  withTeam(ctx, "credits:read", async (tx) => {
    const { today: _today, dayShare: _share, previous: _previous, ...period } = await fetchPeriod(tx, ctx);
    return period;
  });
