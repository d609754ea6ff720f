import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchPeriod } from "./fetch-period";
import { fetchCreditSettings } from "./internal";
import type { CreditSummary, SummaryInput } from "./schemas";
import { sumUsage } from "./sum-usage";

/**
 * Credits of the team's upstream between two days of the team's time zone, by default in the running period.
 * A request belongs to the period of its reservation; one whose lease ran out counts as what it will become. Limit
 * and left are the team's, and null for anything but the whole running period. Others' credits are told as far as the
 * team's setting allows. @throws `invalid_request` at `member`
 */
export async function readSummary(ctx: TeamContext, input: Partial<SummaryInput> = {}): Promise<CreditSummary> {
  const { groupBy: by = "member", ...filter } = input;
  return withTeam(ctx, "credits:read", async (tx) => {
    const settings = await fetchCreditSettings(tx, ctx.team.id);
    const period = await fetchPeriod(tx, ctx);
    const { span, isPlain, spent, held, unsettled, groups } = await sumUsage(
      tx,
      { ctx, filter, settings },
      { by, period },
    );
    const limit = isPlain ? period.limit : null;
    return {
      from: span.from,
      to: span.to,
      resetsAt: period.resetsAt,
      spent,
      held,
      unsettled,
      limit,
      left: limit === null ? null : Math.max(0, limit - spent - held),
      groups,
    };
  });
}
