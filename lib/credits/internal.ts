import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { CreditSettings, UsageFilter } from "./schemas";

/** The team's credit settings, within the caller's transaction. */
export async function fetchCreditSettings(tx: Tx, teamId: string): Promise<CreditSettings> {
  const team = await tx.team.findUnique({
    where: { id: teamId },
    select: {
      confirmAboveCredits: true,
      creditPrice: true,
      creditCurrency: true,
      usageVisibility: true,
      unsettledRule: true,
      unsettledAfterHours: true,
      rawRetentionDays: true,
    },
  });
  if (!team) throw notFound();
  return {
    ...team,
    creditPrice: team.creditPrice === null ? null : Number(team.creditPrice),
    usageVisibility: team.usageVisibility as CreditSettings["usageVisibility"],
    unsettledRule: team.unsettledRule as CreditSettings["unsettledRule"],
  };
}

/** Admins and owners see everybody's usage whatever the team has set. */
const seesEverybody = (ctx: TeamContext) => ctx.member.role === "admin" || ctx.member.role === "owner";

/** What this reader may see of the usage of others: single requests, sums by member, or nothing. */
export function usageView(ctx: TeamContext, settings: CreditSettings): CreditSettings["usageVisibility"] {
  return seesEverybody(ctx) ? "all" : settings.usageVisibility;
}

/** SQL for the outcome that a reader is told: a request whose lease ran out is what the sweeper will make of it. */
export const OUTCOME = Prisma.sql`case
  when r.state = 'sending' and r.lease_until <= clock_timestamp() then 'unsettled'
  when r.state = 'reserved' and r.lease_until <= clock_timestamp() then 'released'
  when r.state in ('reserved', 'sending') then 'held' else r.state end`;

/**
 * The condition over `r` (a `credit_request`) for the requests of a usage view: of the team and its upstream, within
 * the filter, and no single request that this reader may not see.
 */
export function requestConditions(ctx: TeamContext, filter: UsageFilter, settings: CreditSettings): Prisma.Sql {
  const { from, to, member, purpose, outcome, region, token, search } = filter;
  const zone = ctx.team.timeZone;
  return Prisma.join(
    [
      Prisma.sql`r.team_id = ${ctx.team.id}::uuid`,
      Prisma.sql`r.upstream = ${ctx.team.upstream ?? ""}`,
      ...(usageView(ctx, settings) === "all" ? [] : [Prisma.sql`r.member_id = ${ctx.member.id}::uuid`]),
      ...(from ? [Prisma.sql`r.reserved_at >= (${from}::date)::timestamp at time zone ${zone}`] : []),
      ...(to ? [Prisma.sql`r.reserved_at < (${to}::date + 1)::timestamp at time zone ${zone}`] : []),
      ...(member ? [Prisma.sql`r.member_id = ${member}::uuid`] : []),
      ...(purpose ? [Prisma.sql`r.purpose = ${purpose}`] : []),
      ...(outcome ? [Prisma.sql`${OUTCOME} = ${outcome}`] : []),
      ...(region ? [Prisma.sql`r.region = ${region}`] : []),
      ...(token ? [Prisma.sql`r.token_id = ${token}::uuid`] : []),
      ...(search ? [Prisma.sql`coalesce(r.search_id, r.watchlist_id) = ${search}::uuid`] : []),
    ],
    " and ",
  );
}
