import "server-only";
import { PRICE_CREDITS, questionSchema, type Region } from "@/lib/insights/schemas";
import type { Tx } from "@/lib/platform/db";
import { stepRow } from "./ordered-question";
import { type PlanItem, planRefresh } from "./plan-refresh";
import { fetchRefreshFacts, type RefreshTarget } from "./refresh-facts";
import { orderedQuestions } from "./refresh-requests";
import type { LeasedRun } from "./run-lease";

/**
 * Plans what a watchlist's run has yet to ask, from what its answers brought, within what is left of its price. In the
 * transaction that ends a step, so that whoever goes on after a crash finds a plan that knows that step.
 */
export async function replanRun(tx: Tx, run: LeasedRun): Promise<void> {
  if (run.kind !== "watchlist") return;
  const key = { teamId: run.teamId, runId: run.id };
  const { requestedAt } = await tx.run.findUniqueOrThrow({
    where: { teamId_id: { teamId: run.teamId, id: run.id } },
    select: { requestedAt: true },
  });
  const rows = await tx.runItem.findMany({
    where: key,
    orderBy: [{ region: "asc" }, { window: "asc" }, { categoryId: "asc" }],
  });
  const steps = await tx.runStep.findMany({ where: key, orderBy: { seq: "asc" } });
  const targets = rows.map(
    (row): RefreshTarget => ({
      region: row.region as Region,
      window: row.window,
      category: row.categoryId,
      watchlistId: row.watchlistId,
    }),
  );
  const accepted = { askedAt: requestedAt, maxAgeMinutes: run.maxAgeMinutes };
  const facts = await fetchRefreshFacts(tx, { id: run.teamId, upstream: run.upstream }, targets, accepted);
  const asked = steps.filter(({ state }) => state !== "pending");
  const wasAsked = (state: string, categoryId: string, { region, window }: { region: string; window: string }) =>
    asked.filter(
      (s) =>
        s.state === state && s.categoryId === categoryId && s.q === "" && s.region === region && s.window === window,
    );
  const items = facts.items.map(
    (item): PlanItem =>
      item.state === "due" && wasAsked("failed", item.category, item).length > 0 ? { ...item, state: "failed" } : item,
  );
  const rankings = facts.rankings.map((ranking) => ({
    ...ranking,
    known: new Set([...ranking.known, ...wasAsked("skipped", "", ranking).map(({ page }) => page)]),
    failed: new Set(wasAsked("failed", "", ranking).map(({ page }) => page)),
  }));
  const pending = steps.filter(({ state }) => state === "pending");
  const wanted = pending.flatMap(({ region, window, categoryId, q, page, searchId }) =>
    searchId
      ? [{ question: questionSchema.parse({ region, window, category: categoryId, q, page }), searches: [searchId] }]
      : [],
  );
  const spent = steps.reduce((sum, { credits }) => sum + credits, 0);
  const plan = planRefresh(items, rankings, wanted, Math.floor((run.maxCredits - spent) / PRICE_CREDITS));
  const last = Math.max(0, ...asked.map(({ seq }) => seq));
  const planned = orderedQuestions(plan, targets, run.watchlistId === null).map((question, index) =>
    stepRow(run.teamId, run.id, last + index + 1, question),
  );
  const text = (all: readonly (Omit<(typeof planned)[number], "region"> & { region: string })[]) =>
    JSON.stringify(all.map((step) => [step.seq, step.region, step.window, step.categoryId, step.q, step.page]));
  if (text(planned) !== text(pending)) {
    await tx.runStep.deleteMany({ where: { ...key, state: "pending" } });
    await tx.runStep.createMany({ data: planned });
  }
  const count = (state: PlanItem["state"]) => items.filter((item) => item.state === state).length;
  await tx.run.updateMany({
    where: { teamId: run.teamId, id: run.id },
    data: { renewedCount: count("fresh"), absentCount: count("absent") },
  });
}
