import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readCreditSettings } from "@/lib/credits/read-credit-settings";
import { readLeft } from "@/lib/credits/read-left";
import { appNow } from "@/lib/platform/clock";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError, notFound } from "@/lib/platform/errors";
import type { Run, RunKind, RunState } from "./schemas";

type RunRow = {
  id: string;
  kind: string;
  search_id: string | null;
  watchlist_id: string | null;
  category_id: string | null;
  region: string | null;
  member_id: string;
  member_name: string;
  state: string;
  requested_at: Date;
  finished_at: Date | null;
  stop_requested_at: Date | null;
  max_credits: number;
  renewed_count: number | null;
  absent_count: number | null;
  problem: string | null;
  targets: number;
  items: number;
  /** Of its steps. */
  credits: number;
  total: number;
  bought: number;
  failed: number;
  skipped: number;
  done: number;
};

const toRun = (row: RunRow): Run => ({
  id: row.id,
  kind: row.kind as RunKind,
  searchId: row.search_id,
  watchlistId: row.watchlist_id,
  covers: row.targets || ((row.search_id ?? row.watchlist_id) ? 1 : 0),
  categoryId: row.category_id,
  region: row.region as Run["region"],
  member: { id: row.member_id, name: row.member_name },
  state: row.state as RunState,
  requestedAt: row.requested_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  stopping: row.stop_requested_at !== null && row.finished_at === null,
  maxCredits: row.max_credits,
  creditsSpent: row.credits,
  ...{ done: row.done, total: row.total, bought: row.bought, failed: row.failed, skipped: row.skipped },
  items:
    row.renewed_count === null ? null : { total: row.items, renewed: row.renewed_count, absent: row.absent_count ?? 0 },
  problem: row.problem,
});

/**
 * The newest runs `r` that this reader may see: their own, and those of what is team-visible, as every category and the
 * source itself are. One statement.
 */
export async function fetchRuns(tx: Tx, ctx: TeamContext, where: Prisma.Sql, most: number): Promise<Run[]> {
  const isShared = (of: Prisma.Sql) => Prisma.sql`
    (exists (select 1 from saved_search s where s.team_id = r.team_id and s.id = ${of}.search_id and s.shared)
      or exists (select 1 from watchlist w where w.team_id = r.team_id and w.id = ${of}.watchlist_id and w.shared))`;
  const rows = await tx.$queryRaw<RunRow[]>`
    select r.id, r.kind, r.search_id, r.watchlist_id, r.category_id, r.region, r.member_id, u.name as member_name,
      r.state, r.requested_at, r.finished_at, r.stop_requested_at, r.max_credits, r.renewed_count, r.absent_count,
      coalesce(r.problem, p.problem) as problem, p.credits, p.total, p.bought, p.failed, p.skipped, p.done,
      (select count(*)::int from run_target t where t.team_id = r.team_id and t.run_id = r.id) as targets,
      (select count(*)::int from run_item i where i.team_id = r.team_id and i.run_id = r.id) as items
    from run r
      join membership m on m.team_id = r.team_id and m.id = r.member_id
      join user_account u on u.id = m.user_id
      cross join lateral (
        select count(*)::int as total, coalesce(sum(credits), 0)::int as credits,
          (count(*) filter (where state = 'bought'))::int as bought,
          (count(*) filter (where state = 'failed'))::int as failed,
          (count(*) filter (where state = 'skipped'))::int as skipped,
          (count(*) filter (where state <> 'pending'))::int as done,
          (array_agg(s.problem order by s.seq) filter (where s.problem is not null))[1] as problem
        from run_step s where s.team_id = r.team_id and s.run_id = r.id) p
    where r.team_id = ${ctx.team.id}::uuid and ${where}
      and (r.member_id = ${ctx.member.id}::uuid or r.category_id is not null or r.kind = 'source'
        or ${isShared(Prisma.sql`r`)}
        or exists (select 1 from run_target t
          where t.team_id = r.team_id and t.run_id = r.id and ${isShared(Prisma.sql`t`)}))
    order by r.requested_at desc, r.id desc limit ${most}`;
  return rows.map(toRun);
}

/** For `fetchRuns`: what is for a search or list, alone or among several things. */
export const isRunFor = (what: "search_id" | "watchlist_id", id: string): Prisma.Sql => {
  const column = Prisma.raw(what);
  return Prisma.sql`(r.${column} = ${id}::uuid or exists (select 1 from run_target t
    where t.team_id = r.team_id and t.run_id = r.id and t.${column} = ${id}::uuid))`;
};

/** The newest run of each of these searches, as far as this reader may see it; a backfill is none of its own question. */
export const fetchNewestRuns = (tx: Tx, ctx: TeamContext, searchIds: string[]): Promise<Run[]> =>
  fetchRuns(
    tx,
    ctx,
    Prisma.sql`r.id = any(array(select n.id from unnest(${searchIds}::uuid[]) as wanted (search_id) cross join lateral (
      select run.id from run where run.team_id = ${ctx.team.id}::uuid and run.search_id = wanted.search_id
        and run.kind = 'search'
      order by run.requested_at desc limit 1) n))`,
    searchIds.length,
  );

/** The newest run that renews a list, or several at once; null when there is none that this reader may see. */
export async function fetchNewestRefresh(tx: Tx, ctx: TeamContext, watchlistId: string | null): Promise<Run | null> {
  const [run] = await fetchRuns(
    tx,
    ctx,
    Prisma.sql`r.kind = 'watchlist' and r.upstream = ${ctx.team.upstream ?? ""}
      and ${watchlistId === null ? Prisma.sql`r.watchlist_id is null and r.search_id is null` : isRunFor("watchlist_id", watchlistId)}`,
    1,
  );
  return run ?? null;
}

/** @throws `not_found` */
export async function fetchRun(tx: Tx, ctx: TeamContext, id: string): Promise<Run> {
  const [run] = await fetchRuns(tx, ctx, Prisma.sql`r.id = ${id}::uuid`, 1);
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
