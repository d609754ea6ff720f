import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchPeriod, type RunningPeriod } from "./fetch-period";
import { forecast } from "./forecast";
import { fetchCreditSettings, usageView } from "./internal";
import type { Usage, UsageFilter, UsageGroup } from "./schemas";
import { sumUsage, type UsageSums } from "./sum-usage";
import { dailySql } from "./usage-sql";

/**
 * What the usage page shows: sums of a selection by day and by one kind of group, and of the running period what is
 * left and what it will have cost. Others' credits are told as far as the team's setting allows.
 * @throws `invalid_request` at `member`
 */
export async function readUsage(ctx: TeamContext, { by, ...filter }: UsageFilter & { by: UsageGroup }): Promise<Usage> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const settings = await fetchCreditSettings(tx, ctx.team.id);
    const { dayShare, ...period } = await fetchPeriod(tx, ctx);
    const { span, ...sums } = await sumUsage(tx, { ctx, filter, settings }, { by, period: { ...period, dayShare } });
    // The running period is summed up already when it is what is shown.
    const starts = [period.previous.from, ...(sums.isPlain ? [] : [period.from])];
    const daily = await tx.$queryRaw<{ day: string; spent: number }[]>(dailySql({ ctx }, starts));
    const { creditPrice, creditCurrency } = settings;
    return {
      from: span.from,
      to: span.to,
      visibility: usageView(ctx, settings),
      price: creditPrice === null || creditCurrency === null ? null : { amount: creditPrice, currency: creditCurrency },
      ...sums,
      period,
      forecast: forecastOf({ ...period, dayShare }, sums, daily),
    };
  });
}

function forecastOf(
  period: RunningPeriod,
  sums: Pick<UsageSums, "isPlain" | "days">,
  daily: { day: string; spent: number }[],
) {
  const bySeries = sums.isPlain ? sums.days : [];
  const days = new Map(daily.map(({ day, spent }) => [day, spent]));
  for (const { day, spent } of bySeries) days.set(day, (days.get(day) ?? 0) + spent);
  return forecast({
    period,
    knownFrom: period.previous.from,
    today: period.today,
    dayShare: period.dayShare,
    days: [...days].map(([day, spent]) => ({ day, spent })),
    spent: period.spent,
    held: period.held,
    limit: period.limit,
  });
}
