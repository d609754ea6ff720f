import { describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { tilesOf } from "@/lib/insights/category-tiles";
import { compareInputSchema } from "@/lib/insights/compare-schemas";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { judgeBreak } from "@/lib/insights/judge-break";
import { readBreaks, readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { readComparison } from "@/lib/insights/read-comparison";
import { readRegions } from "@/lib/insights/read-regions";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { movementsInputSchema } from "@/lib/tracking/movement-schemas";
import { readMovements } from "@/lib/tracking/read-movements";
import { readWatchlist } from "@/lib/tracking/read-watchlist";
import { addWatchItemSchema, createWatchlistSchema } from "@/lib/tracking/schemas";
import { watchViewInputSchema } from "@/lib/tracking/watch-view";
import { createRule } from "./create-rule";
import { evaluateAnswers } from "./evaluate-answers";
import { previewRule } from "./preview-rule";
import { readAlerts } from "./read-alerts";
import { alertRuleInputSchema } from "./schemas";

const { given, bought } = pastPurchases();
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
/** A page of ten categories whose spend differs by a factor. */
const page = (factor: number, first = 0) =>
  Array.from({ length: 10 }, (_, index) =>
    wireRow(index + 1, {
      third_ecom_category: { id: String(500 + first + index), value: `Name ${500 + first + index}` },
      cost: (1000 + 10 * index) * factor,
    }),
  );
const rule = alertRuleInputSchema.parse({
  condition: "rises_by",
  metric: "cost",
  value: 50,
  categoryId: "500",
  region: "US",
  window: "7",
});
const moved = (ctx: TeamContext, metric: string) =>
  readMovements(ctx, movementsInputSchema.parse({ metric, window: "7" }));
const alerts = async (ctx: TeamContext) => (await readAlerts(ctx, {})).items;

/** A team whose spend is a hundred times as large since yesterday, by the provider's doing. */
async function teamOfAnotherUnit() {
  const ctx = await makeTeam();
  const before = await bought(ctx, ago(9), page(1));
  await createRule(ctx, rule);
  await given.database.superuserPool.query(
    "update alert_rule set created_at = now() - interval '90 days' where team_id = $1",
    [ctx.team.id],
  );
  const after = await bought(ctx, ago(1), page(100));
  await evaluateAnswers();
  return { ctx, before, after };
}

describe("a figure in another unit", () => {
  test("is told to everybody with both answers, and every comparison across is held back, until it is judged", async () => {
    const { ctx, before, after } = await teamOfAnotherUnit();
    const { items } = await readBreaks(ctx);
    expect(items).toMatchObject([
      { kind: "unit", metric: "cost", before: { receiptId: before }, after: { receiptId: after }, heldAlerts: 1 },
    ]);
    expect(items[0]?.factor).toBeCloseTo(100);
    expect((await readNotifications(ctx)).items).toMatchObject([
      { kind: "provider_changed", facts: { kind: "unit", metric: "cost", region: "US", more: 0 } },
    ]);
    expect(await alerts(ctx)).toEqual([]);
    expect(await previewRule(ctx, rule)).toMatchObject({
      count: 0,
      answers: 2,
      course: {
        points: [
          { value: 1000, isApart: false },
          { value: 100_000, isApart: true },
        ],
        fired: [],
      },
    });
    expect(await moved(ctx, "cost")).toMatchObject({ held: 10, comparable: 0, items: [] });
    const tile = async () =>
      tilesOf(await readCategoryNow(ctx, "500", { region: "US", window: "7" })).find(({ shown }) => shown === "cost");
    expect(await tile()).toMatchObject({ value: 100_000, change: null });
    const history = async () =>
      (await readCategoryHistory(ctx, "500", historyInputSchema.parse({ region: "US", window: "7" }))).points;
    expect((await history()).map(({ notComparable }) => notComparable)).toEqual([[], ["cost"]]);
    const compared = async (metric: string) => {
      const input = compareInputSchema.parse({ categories: "500", regions: "US", window: "7", metric });
      return (await readComparison(ctx, input)).series[0]?.points.map(({ index }) => index);
    };
    expect([await compared("cost"), await compared("ctrPct")]).toEqual([
      [100, null],
      [100, 100],
    ]);
    const where = async () => (await readRegions(ctx, "500", { metric: "cost", window: "7" })).items[0]?.before?.value;
    expect(await where()).toBeNull();
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Watched" }));
    await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId: "500", region: "US" }));
    const watched = async () => {
      const { items } = await readWatchlist(ctx, list.id, watchViewInputSchema.parse({ figures: ["cost", "ctrPct"] }));
      const { before: [one] = [], series } = items[0] ?? {};
      return [one?.held, one?.figures.cost, one?.figures.ctrPct, series?.map(({ values }) => values.cost)];
    };
    expect(await watched()).toEqual([["cost"], null, 1.83, [null, 100_000]]);
    // What is not the provider's change is compared as ever.
    expect(await moved(ctx, "ctrPct")).toMatchObject({ held: 0, comparable: 10 });

    await judgeBreak(ctx, items[0]?.id ?? "", { verdict: "real" });
    expect(await moved(ctx, "cost")).toMatchObject({ held: 0, comparable: 10, counts: { up: 10 } });
    expect((await tile())?.change).toBeCloseTo(9900);
    expect((await history()).map(({ notComparable }) => notComparable)).toEqual([[], []]);
    expect([await where(), await previewRule(ctx, rule)]).toMatchObject([
      1000,
      { count: 1, course: { points: [{ isApart: false }, { isApart: false }], fired: [expect.any(Number)] } },
    ]);
    expect(await watched()).toEqual([[], 1000, 1.83, [1000, 100_000]]);
    expect(await readOpenBreaks(ctx)).toEqual([]);
    await judgeBreak(ctx, items[0]?.id ?? "", { verdict: null });
    expect(await moved(ctx, "cost")).toMatchObject({ held: 10 });
    const { rows } = await given.database.superuserPool.query(
      "select action, details->>'verdict' as verdict from audit_entry where team_id = $1 and action like 'provider_break.%' order by id",
      [ctx.team.id],
    );
    expect(rows).toEqual([
      { action: "provider_break.judged", verdict: "real" },
      { action: "provider_break.opened", verdict: null },
    ]);
  });

  test("is found once, compared from there on, and over when the old unit is back", async () => {
    const { ctx } = await teamOfAnotherUnit();
    await bought(ctx, ago(0.9), page(170));
    await evaluateAnswers();
    // Within the other unit a rise is a rise.
    expect((await alerts(ctx)).map(({ oldValue, newValue }) => [oldValue, newValue])).toEqual([[100_000, 170_000]]);
    expect((await readBreaks(ctx)).items).toHaveLength(1);
    await bought(ctx, ago(0.8), page(1));
    await evaluateAnswers();
    const { items } = await readBreaks(ctx);
    expect(items).toMatchObject([{ kind: "unit", endedAt: expect.any(String) }]);
    // Then and now are of one unit: what lies between is left out.
    expect(await moved(ctx, "cost")).toMatchObject({ held: 0, comparable: 10 });
    expect(await alerts(ctx)).toHaveLength(1);
  });

  test("that is right from there on is never compared across, and its return is a change of its own", async () => {
    const { ctx } = await teamOfAnotherUnit();
    const [one] = (await readBreaks(ctx)).items;
    await judgeBreak(ctx, one?.id ?? "", { verdict: "from_here" });
    expect(await moved(ctx, "cost")).toMatchObject({ held: 10 });
    await bought(ctx, ago(0.5), page(1));
    await evaluateAnswers();
    expect((await readBreaks(ctx)).items.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ["unit", null],
      ["unit", "from_here"],
    ]);
  });
});

test("exchanged ids are no new and no dropped categories, and places tell nothing across", async () => {
  const ctx = await makeTeam();
  const rows = page(1);
  await bought(ctx, ago(9), rows);
  await createRule(
    ctx,
    alertRuleInputSchema.parse({ condition: "leaves_top", value: 5, categoryId: "500", region: "US", window: "7" }),
  );
  await given.database.superuserPool.query(
    "update alert_rule set created_at = now() - interval '90 days' where team_id = $1",
    [ctx.team.id],
  );
  const renamed = rows.map((row, index) => ({
    ...row,
    third_ecom_category: { id: String(9500 + index), value: `Name ${500 + index}` },
  }));
  await bought(ctx, ago(1), renamed);
  await evaluateAnswers();
  expect((await readBreaks(ctx)).items).toMatchObject([{ kind: "renamed", metric: null, is: 0, heldAlerts: 1 }]);
  expect(await moved(ctx, "rank")).toMatchObject({ heldRegions: ["US"], counts: { new: 0, gone: 0 } });
  expect(await alerts(ctx)).toEqual([]);
});

test.each(ROLES)("who may judge a change: %s", async (role) => {
  const { ctx } = await teamOfAnotherUnit();
  const [one] = (await readBreaks(ctx)).items;
  const member = role === "owner" ? ctx : await makeMember(ctx, role);
  const judging = judgeBreak(member, one?.id ?? "", { verdict: "real" });
  if (role === "owner" || role === "admin") expect(await judging).toMatchObject({ verdict: "real" });
  else await expect(judging).rejects.toMatchObject({ code: "forbidden" });
});
