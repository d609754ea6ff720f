import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchEntries, fetchSpans } from "@/lib/credits/balance-entries";
import { Prisma, type Tx } from "@/lib/platform/db";
import { fetchRuns } from "./internal";
import { priceOfCheck, type StatedPair } from "./price-of-check";
import { readSourcePlan } from "./read-source-plan";
import { type SourceCheck, type SourceChecks, sourceFindingSchema } from "./source-check-schemas";

const MOST_CHECKS = 20;

/** The newest checks of the team's source with what each found, and what another one would cost now. Never spends. */
export async function readSourceChecks(ctx: TeamContext): Promise<SourceChecks> {
  const [{ credits, questions }, items] = await Promise.all([
    readSourcePlan(ctx),
    withTeam(ctx, "key:read", (tx) => fetchChecks(tx, ctx)),
  ]);
  return { credits, requests: questions.length, items };
}

async function fetchChecks(tx: Tx, ctx: TeamContext): Promise<SourceCheck[]> {
  const { id: teamId, upstream } = ctx.team;
  if (!upstream) return [];
  const where = Prisma.sql`r.kind = 'source' and r.upstream = ${upstream}`;
  const runs = await fetchRuns(tx, ctx, where, MOST_CHECKS);
  if (runs.length === 0) return [];
  const ids = runs.map(({ id }) => id);
  const checks = await tx.sourceCheck.findMany({
    where: { teamId, runId: { in: ids } },
    include: { key: { select: { id: true, name: true, lastFour: true } } },
  });
  const sent = await tx.creditRequest.groupBy({
    by: ["runId"],
    where: { teamId, runId: { in: ids } },
    _min: { sentAt: true },
    _max: { sentAt: true },
  });
  const pairs = await fetchPairs(tx, ctx);
  return runs.flatMap((run) => {
    const check = checks.find(({ runId }) => runId === run.id);
    if (!check) return [];
    const times = sent.find(({ runId }) => runId === run.id);
    return {
      run,
      upstream,
      key: check.key,
      findings: check.findings === null ? null : sourceFindingSchema.array().parse(check.findings),
      price: priceOfCheck(pairs.get(check.keyId) ?? [], times?._min.sentAt ?? null, times?._max.sentAt ?? null),
    };
  });
}

/** By key: balances that were stated one after another. */
async function fetchPairs(tx: Tx, ctx: TeamContext): Promise<Map<string, StatedPair[]>> {
  const spans = await fetchSpans(tx, ctx, { keyInUse: null, onlyNow: false });
  const pairs = new Map<string, StatedPair[]>();
  for (const { id, key, at, credits } of await fetchEntries(tx, ctx)) {
    const span = spans.get(id);
    if (!span) continue;
    const pair = { from: span.since, to: new Date(at), before: span.before, after: credits, span: span.span };
    pairs.set(key.id, [...(pairs.get(key.id) ?? []), pair]);
  }
  return pairs;
}
