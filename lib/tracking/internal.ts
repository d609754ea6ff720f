import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readCreditSettings } from "@/lib/credits/read-credit-settings";
import { readLeft } from "@/lib/credits/read-left";
import { appNow } from "@/lib/platform/clock";
import type { Prisma, Tx } from "@/lib/platform/db";
import { AppError, notFound } from "@/lib/platform/errors";
import type { Run, RunKind, RunState } from "./schemas";

const WITH_STEPS = {
  member: { select: { user: { select: { name: true } } } },
  steps: { select: { state: true, credits: true, problem: true } },
  _count: { select: { items: true, targets: true } },
} satisfies Prisma.RunInclude;

type RunRow = Prisma.RunGetPayload<{ include: typeof WITH_STEPS }>;

export function toRun(row: RunRow): Run {
  const ended = row.steps.filter((step) => step.state !== "pending");
  return {
    id: row.id,
    kind: row.kind as RunKind,
    searchId: row.searchId,
    watchlistId: row.watchlistId,
    covers: row._count.targets || ((row.searchId ?? row.watchlistId) ? 1 : 0),
    categoryId: row.categoryId,
    region: row.region as Run["region"],
    member: { id: row.memberId, name: row.member.user.name },
    state: row.state as RunState,
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    stopping: row.stopRequestedAt !== null && row.finishedAt === null,
    maxCredits: row.maxCredits,
    creditsSpent: row.steps.reduce((sum, step) => sum + step.credits, 0),
    done: ended.length,
    total: row.steps.length,
    bought: ended.filter((step) => step.state === "bought").length,
    failed: ended.filter((step) => step.state === "failed").length,
    skipped: ended.filter((step) => step.state === "skipped").length,
    items:
      row.renewedCount === null
        ? null
        : { total: row._count.items, renewed: row.renewedCount, absent: row.absentCount ?? 0 },
    problem: row.problem ?? row.steps.find((step) => step.problem !== null)?.problem ?? null,
  };
}

/** The newest runs that this reader may see: their own, and those of what is team-visible, as every category is. */
export async function fetchRuns(tx: Tx, ctx: TeamContext, where: Prisma.RunWhereInput, most: number): Promise<Run[]> {
  const rows = await tx.run.findMany({
    where: {
      ...where,
      teamId: ctx.team.id,
      AND: {
        OR: [
          { memberId: ctx.member.id },
          { search: { shared: true } },
          { watchlist: { shared: true } },
          { targets: { some: { OR: [{ search: { shared: true } }, { watchlist: { shared: true } }] } } },
          { categoryId: { not: null } },
        ],
      },
    },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: most,
    include: WITH_STEPS,
  });
  return rows.map(toRun);
}

/** The newest run of each of these searches, as far as this reader may see it; a backfill is none of its own question. */
export async function fetchNewestRuns(tx: Tx, ctx: TeamContext, searchIds: string[]): Promise<Run[]> {
  const newest = await tx.$queryRaw<{ id: string }[]>`
    select r.id from unnest(${searchIds}::uuid[]) as wanted (search_id) cross join lateral (
      select run.id from run where run.team_id = ${ctx.team.id}::uuid and run.search_id = wanted.search_id
        and run.kind = 'search'
      order by run.requested_at desc limit 1) r`;
  return newest.length === 0 ? [] : fetchRuns(tx, ctx, { id: { in: newest.map(({ id }) => id) } }, newest.length);
}

/** The newest run that renews a list, or several at once; null when there is none that this reader may see. */
export async function fetchNewestRefresh(tx: Tx, ctx: TeamContext, watchlistId: string | null): Promise<Run | null> {
  const renews =
    watchlistId === null
      ? { watchlistId, searchId: null }
      : { OR: [{ watchlistId }, { targets: { some: { watchlistId } } }] };
  const [run] = await fetchRuns(tx, ctx, { kind: "watchlist", upstream: ctx.team.upstream ?? "", ...renews }, 1);
  return run ?? null;
}

/** @throws `not_found` */
export async function fetchRun(tx: Tx, ctx: TeamContext, id: string): Promise<Run> {
  const [run] = await fetchRuns(tx, ctx, { id }, 1);
  if (!run) throw notFound();
  return run;
}

/** What is deleted renews no more, also once it was had back. */
export async function endScheduleOf(
  tx: Tx,
  teamId: string,
  thing: { searchId: string } | { watchlistId: string },
): Promise<void> {
  await tx.schedule.updateMany({
    where: { teamId, ...thing, endedAt: null },
    data: { endedAt: await appNow(tx), version: { increment: 1 } },
  });
}

/** A category that some answer held. @returns the team's upstream @throws `key_missing`, `not_found` */
export async function assertLearned(tx: Tx, ctx: TeamContext, categoryId: string): Promise<"live" | "sandbox"> {
  const { upstream } = ctx.team;
  if (!upstream) throw new AppError("key_missing");
  const learned = await tx.category.findUnique({
    where: { teamId_upstream_id: { teamId: ctx.team.id, upstream, id: categoryId } },
    select: { id: true },
  });
  if (!learned) throw notFound();
  return upstream;
}

/**
 * Refuses a price above the amount that the team wants confirmed, until it is.
 * @throws `conflict` (`confirm_needed`) with the price and what the limits leave
 */
export async function assertConfirmed(ctx: TeamContext, priceCredits: number, confirmed: boolean): Promise<void> {
  if (confirmed) return;
  const { confirmAboveCredits } = await readCreditSettings(ctx);
  if (confirmAboveCredits === null || priceCredits <= confirmAboveCredits) return;
  throw new AppError("conflict", {
    reason: "confirm_needed",
    priceCredits,
    left: await readLeft(ctx),
    outcome: "not_charged",
  });
}
