import "server-only";
import { asTeam } from "@/lib/auth/context";
import { type Question, questionSchema, type Snapshot } from "@/lib/insights/schemas";
import type { Tx } from "@/lib/platform/db";
import { replanRun } from "./replan-run";
import type { LeasedRun } from "./run-lease";

export type Step = {
  seq: number;
  attempt: number;
  question: Question;
  /** What it is for, where its run is for several. */
  searchId: string | null;
  watchlistId: string | null;
};

export type Next = {
  /** Somebody asked the run to stop. */
  stop: boolean;
  /** What to ask next; null at the end. */
  step: Step | null;
  spent: number;
  failed: number;
  problem: string | null;
  /** Items of a watchlist that the run has found nowhere yet. */
  left: number;
  /** Since the run was asked for, by the database's clock. */
  waitedMs: number;
};

/** Where a run stands: one look before each request. */
export async function nextStep(run: LeasedRun): Promise<Next> {
  return asTeam(run.teamId, async (tx) => {
    const key = { teamId: run.teamId, runId: run.id };
    const [facts] = await tx.$queryRaw<
      { stop: boolean; waited_ms: number; spent: number; failed: number; problem: string | null; left: number }[]
    >`
      select r.stop_requested_at is not null as stop,
        ceil(extract(epoch from app_now() - r.requested_at) * 1000)::float8 as waited_ms,
        coalesce(sum(s.credits), 0)::int as spent, (count(*) filter (where s.state = 'failed'))::int as failed,
        min(s.problem) as problem,
        coalesce((select count(*) from run_item i where i.team_id = r.team_id and i.run_id = r.id)::int
          - r.renewed_count - r.absent_count, 0) as left
      from run r left join run_step s on s.team_id = r.team_id and s.run_id = r.id
      where r.team_id = ${run.teamId}::uuid and r.id = ${run.id}::uuid group by r.team_id, r.id`;
    if (!facts) throw new Error("A run that is leased is not there");
    const row = await tx.runStep.findFirst({ where: { ...key, state: "pending" }, orderBy: { seq: "asc" } });
    const { stop, spent, failed, problem, left } = facts;
    return {
      stop,
      spent,
      failed,
      problem,
      left,
      waitedMs: Math.max(0, facts.waited_ms),
      step: row && {
        seq: row.seq,
        attempt: row.attempt,
        question: questionSchema.parse({
          region: row.region,
          window: row.window,
          category: row.categoryId,
          q: row.q,
          page: row.page,
        }),
        searchId: row.searchId,
        watchlistId: row.watchlistId,
      },
    };
  });
}

export type StepEnd = {
  state: "bought" | "stored" | "shared" | "failed" | "skipped";
  credits: number;
  requestId: string | null;
  snapshotId: string | null;
  problem: string | null;
};

/**
 * Notes what became of a step, once, and with it what is still worth asking: nothing behind the ranking's end that its
 * answer tells, and of a watchlist only what the answers so far have not brought.
 */
export async function endStep(
  run: LeasedRun,
  seq: number,
  end: StepEnd,
  endsAt: Snapshot["query"] | null = null,
): Promise<void> {
  await asTeam(run.teamId, async (tx) => {
    const ended = await tx.$executeRaw`
      update run_step set state = ${end.state}, credits = ${end.credits}::int, request_id = ${end.requestId}::uuid,
        snapshot_id = ${end.snapshotId}::uuid, problem = ${end.problem}, ended_at = app_now()
      where team_id = ${run.teamId}::uuid and run_id = ${run.id}::uuid and seq = ${seq}::int and state = 'pending'`;
    if (endsAt) await skipBeyondEnd(tx, run, endsAt);
    // Whoever ended it first has planned what comes next, and may be at it.
    if (ended > 0) await replanRun(tx, run);
  });
}

/** What was reserved for this step ended before it was sent, with its worker: it is asked anew, under another id. */
export async function askAnew(run: LeasedRun, { seq, attempt }: Step): Promise<void> {
  await asTeam(run.teamId, (tx) =>
    tx.runStep.updateMany({
      where: { teamId: run.teamId, runId: run.id, seq, attempt, state: "pending" },
      data: { attempt: attempt + 1 },
    }),
  );
}

/** Pages behind a ranking's end are not asked for: they would be paid for nothing. */
async function skipBeyondEnd(tx: Tx, run: LeasedRun, query: Snapshot["query"]): Promise<void> {
  await tx.$executeRaw`
    update run_step set state = 'skipped', ended_at = app_now()
    where team_id = ${run.teamId}::uuid and run_id = ${run.id}::uuid and state = 'pending' and region = ${query.region}
      and "window" = ${query.window} and category_id = ${query.category ?? ""} and q = ${query.q ?? ""}
      and page > ${query.page}::int`;
}

/** The provider has nothing of this step's month: neither the rest of it nor older months are asked for. */
export async function skipOlderMonths(run: LeasedRun, { seq, question }: Step): Promise<void> {
  await asTeam(
    run.teamId,
    (tx) => tx.$executeRaw`
      update run_step set state = 'skipped', problem = 'no_older_months', ended_at = app_now()
      where team_id = ${run.teamId}::uuid and run_id = ${run.id}::uuid and state = 'pending' and seq > ${seq}::int
        and "window" <= ${question.window}`,
  );
}
