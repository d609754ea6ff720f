import "server-only";
import { questionSchema } from "@/lib/insights/schemas";
import type { Prisma, Tx } from "@/lib/platform/db";
import { findInSource, type SourceAnswer } from "./find-in-source";
import { sourceFindingSchema } from "./source-check-schemas";

const WITH_ROWS = { rows: { orderBy: { place: "asc" } } } satisfies Prisma.SnapshotInclude;
type StoredAnswer = Prisma.SnapshotGetPayload<{ include: typeof WITH_ROWS }>;

const CHARGES: ReadonlySet<string> = new Set(["charged", "not_charged", "unsettled"]);

/**
 * Keeps what a check's stored answers tell, in the transaction that ends its run: whatever died before, whoever ends the
 * run reads them anew.
 */
export async function noteFindings(tx: Tx, run: { teamId: string; id: string }): Promise<void> {
  const steps = await tx.runStep.findMany({ where: { teamId: run.teamId, runId: run.id }, orderBy: { seq: "asc" } });
  const idsOf = (ids: (string | null)[]) => ids.filter((id) => id !== null);
  const snapshots = await tx.snapshot.findMany({
    where: { teamId: run.teamId, id: { in: idsOf(steps.map(({ snapshotId }) => snapshotId)) } },
    include: WITH_ROWS,
  });
  const stored = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
  const receiptOf = (step: (typeof steps)[number]) =>
    step.requestId ?? stored.get(step.snapshotId ?? "")?.requestId ?? null;
  const requests = await tx.creditRequest.findMany({
    where: { teamId: run.teamId, id: { in: idsOf(steps.map(receiptOf)) } },
    select: { id: true, state: true },
  });
  const states = new Map(requests.map(({ id, state }) => [id, state]));
  const answers = steps.map((step): SourceAnswer => {
    const receiptId = receiptOf(step);
    const state = states.get(receiptId ?? "") ?? "";
    const { region, window, categoryId: category, q, page, problem } = step;
    return {
      question: questionSchema.parse({ region, window, category, q, page }),
      receiptId,
      problem,
      charge: CHARGES.has(state) ? (state as NonNullable<SourceAnswer["charge"]>) : null,
      ...read(stored.get(step.snapshotId ?? "")),
    };
  });
  const findings = sourceFindingSchema.array().parse(findInSource(answers));
  await tx.sourceCheck.updateMany({ where: { teamId: run.teamId, runId: run.id }, data: { findings } });
}

function read(snapshot: StoredAnswer | undefined): Pick<SourceAnswer, "total" | "hasMore" | "rows"> {
  if (!snapshot) return { total: null, hasMore: null, rows: null };
  const number = (value: bigint | null) => (value === null ? null : Number(value));
  const rows = snapshot.rows.map((row) => ({
    ...row,
    posts: number(row.posts),
    impressions: number(row.impressions),
    likes: number(row.likes),
    comments: number(row.comments),
    shares: number(row.shares),
  }));
  return { total: snapshot.total, hasMore: snapshot.hasMore, rows };
}
