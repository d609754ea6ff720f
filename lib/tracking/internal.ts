import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Prisma, Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { Run, RunKind, RunState } from "./schemas";

const WITH_STEPS = {
  member: { select: { user: { select: { name: true } } } },
  steps: { select: { state: true, credits: true, problem: true } },
} satisfies Prisma.RunInclude;

type RunRow = Prisma.RunGetPayload<{ include: typeof WITH_STEPS }>;

export function toRun(row: RunRow): Run {
  const ended = row.steps.filter((step) => step.state !== "pending");
  return {
    id: row.id,
    kind: row.kind as RunKind,
    searchId: row.searchId,
    watchlistId: row.watchlistId,
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
    problem: row.problem ?? row.steps.find((step) => step.problem !== null)?.problem ?? null,
  };
}

/** The newest runs that this reader may see: their own, and those of what is team-visible. */
export async function fetchRuns(tx: Tx, ctx: TeamContext, where: Prisma.RunWhereInput, most: number): Promise<Run[]> {
  const rows = await tx.run.findMany({
    where: {
      ...where,
      teamId: ctx.team.id,
      AND: { OR: [{ memberId: ctx.member.id }, { search: { shared: true } }, { watchlist: { shared: true } }] },
    },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: most,
    include: WITH_STEPS,
  });
  return rows.map(toRun);
}

/** @throws `not_found` */
export async function fetchRun(tx: Tx, ctx: TeamContext, id: string): Promise<Run> {
  const [run] = await fetchRuns(tx, ctx, { id }, 1);
  if (!run) throw notFound();
  return run;
}
