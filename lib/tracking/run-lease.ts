import "server-only";
import { asTeam } from "@/lib/auth/context";
import { log } from "@/lib/platform/log";
import { noteFindings } from "./note-findings";
import type { RunKind } from "./schemas";

/** A worker that is not heard of for so long is gone, and another one takes the run over. */
const LEASE_MS = 45_000;
const RENEW_EVERY_MS = 10_000;

export type LeasedRun = {
  teamId: string;
  id: string;
  upstream: "live" | "sandbox";
  kind: RunKind;
  searchId: string | null;
  watchlistId: string | null;
  /** The schedule that it renews for. */
  scheduleId: string | null;
  byShare: boolean;
  memberId: string;
  tokenId: string | null;
  maxAgeMinutes: number;
  maxCredits: number;
};

export type Lease = { worker: string; run: LeasedRun };

/** Takes a run that is waiting, or that a gone worker has left. Null when somebody else is at it, or it has ended. */
export async function takeLease(teamId: string, runId: string, worker: string): Promise<Lease | null> {
  const rows = await asTeam(
    teamId,
    (tx) => tx.$queryRaw<LeasedRun[]>`
      update run set state = 'running', worker = ${worker}::uuid, started_at = coalesce(started_at, app_now()),
        lease_until = clock_timestamp() + ${LEASE_MS}::int * interval '1 millisecond'
      where team_id = ${teamId}::uuid and id = ${runId}::uuid and state in ('queued', 'running')
        and (lease_until is null or lease_until < clock_timestamp())
      returning team_id as "teamId", id, upstream, kind, search_id as "searchId", watchlist_id as "watchlistId",
        schedule_id as "scheduleId", by_share as "byShare", member_id as "memberId", token_id as "tokenId",
        max_age_minutes as "maxAgeMinutes", max_credits as "maxCredits"`,
  );
  return rows[0] ? { worker, run: rows[0] } : null;
}

/** Renews a lease until it is released; `lost` aborts when another worker has taken the run. */
export function holdLease({ worker, run }: Lease) {
  const lost = new AbortController();
  const mine = { teamId: run.teamId, id: run.id, worker, state: "running" };
  const timer = setInterval(() => {
    renew().then(
      (renewed) => {
        if (!renewed) lost.abort();
      },
      // The database is away: the lease may run out, and then whoever comes first goes on.
      (error: unknown) => log().warn({ err: error, runId: run.id }, "the lease of a run could not be renewed"),
    );
  }, RENEW_EVERY_MS);

  async function renew(): Promise<boolean> {
    const count = await asTeam(
      run.teamId,
      (tx) => tx.$executeRaw`
        update run set lease_until = clock_timestamp() + ${LEASE_MS}::int * interval '1 millisecond'
        where team_id = ${run.teamId}::uuid and id = ${run.id}::uuid and worker = ${worker}::uuid and state = 'running'`,
    );
    return count > 0;
  }

  return {
    lost: lost.signal,
    /** Leaves the run for the next worker, at once. */
    giveBack: () =>
      asTeam(run.teamId, (tx) => tx.run.updateMany({ where: mine, data: { leaseUntil: null, worker: null } })),
    release: () => clearInterval(timer),
  };
}

/** Ends a run, unless another worker has it by now, and notes with it what a check of the source has found. */
export async function endRun(
  { worker, run }: Lease,
  end: { state: "done" | "stopped" | "failed"; problem: string | null },
): Promise<void> {
  await asTeam(run.teamId, async (tx) => {
    const ended = await tx.$executeRaw`
      update run set state = ${end.state}, problem = ${end.problem}, finished_at = app_now(), lease_until = null, worker = null
      where team_id = ${run.teamId}::uuid and id = ${run.id}::uuid and worker = ${worker}::uuid and state = 'running'`;
    if (ended > 0 && run.kind === "source") await noteFindings(tx, run);
  });
}
