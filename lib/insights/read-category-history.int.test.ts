import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { historyQuery } from "./history-query";
import { historyInputSchema } from "./history-schemas";
import { readCategoryHistory } from "./read-category-history";

const { given, bought } = pastPurchases();
const perfume = (over: object = {}) =>
  wireRow(1, { third_ecom_category: { id: "101", parent_id: "848648", value: "Perfume" }, ...over });
const historyOf = (ctx: TeamContext, over: Record<string, string> = {}) =>
  readCategoryHistory(
    ctx,
    "101",
    historyInputSchema.parse({ region: "US", window: "7", from: "2026-06", to: "2026-11-23", ...over }),
  );

describe("the history of a category", () => {
  test("has a point for each answer, oldest first, with its receipt, and ranks of unfiltered rankings only", async () => {
    const ctx = await makeTeam();
    const later = await bought(ctx, "2026-11-21T10:00:00Z", [perfume({ ctr: 2.25, cpa: null })], { category: "101" });
    const first = await bought(ctx, "2026-11-20T10:00:00Z", [wireRow(1), perfume({ ctr: 1.5 })]);
    const { points, cut, from } = await historyOf(ctx);
    expect([cut, from]).toEqual([false, "2026-06-01"]);
    expect(points).toMatchObject([
      { fetchedAt: "2026-11-20T10:00:00.000Z", rank: 2, ctrPct: 1.5, posts: 11_499, receiptId: first, place: 2 },
      { fetchedAt: "2026-11-21T10:00:00.000Z", rank: null, ctrPct: 2.25, cpa: null, receiptId: later, place: 1 },
    ]);
  });

  test("makes one point of one moment: of an unfiltered ranking, then what stands first", async () => {
    const ctx = await makeTeam();
    const at = "2026-11-20T10:00:00Z";
    await bought(ctx, at, [perfume({ ctr: 9 })], { q: "perfume" });
    const receiptId = await bought(ctx, at, [wireRow(1), perfume({ ctr: 1 }), perfume({ ctr: 2 })]);
    expect((await historyOf(ctx)).points).toMatchObject([{ rank: 2, ctrPct: 1, receiptId }]);
  });

  test("begins and ends with days of the team's time zone", async () => {
    const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
    for (const [at, ctr] of [
      ["2026-11-19T15:59:59Z", 1],
      ["2026-11-19T16:00:00Z", 2],
      ["2026-11-20T15:59:59Z", 3],
      ["2026-11-20T16:00:00Z", 4],
    ] as const) {
      await bought(ctx, at, [perfume({ ctr })]);
    }
    const { points } = await historyOf(ctx, { from: "2026-11-20", to: "2026-11-20" });
    expect(points.map(({ ctrPct }) => ctrPct)).toEqual([2, 3]);
  });

  test("says where the source was not updated", async () => {
    const ctx = await makeTeam();
    for (const [day, ctr] of [
      ["18", 1],
      ["19", 1],
      ["20", 2],
    ] as const) {
      await bought(ctx, `2026-11-${day}T10:00:00Z`, [perfume({ ctr })]);
    }
    expect((await historyOf(ctx)).points.map(({ notUpdated }) => notUpdated)).toEqual([false, true, false]);
  });

  test("joins calendar months, each by its newest answer, and says which may still move", async () => {
    const ctx = await makeTeam();
    for (const [window, at, ctr] of [
      ["2026-10", "2026-10-20T10:00:00Z", 5],
      ["2026-10", "2026-11-20T10:00:00Z", 1],
      ["2026-11", "2026-11-20T10:00:00Z", 1],
      ["2026-08", "2026-11-20T10:00:00Z", 3],
      ["2026-05", "2026-11-20T10:00:00Z", 4],
      ["7", "2026-11-20T10:00:00Z", 9],
    ] as const) {
      await bought(ctx, at, [perfume({ ctr })], { window });
    }
    const { points } = await historyOf(ctx, { window: "month" });
    expect(
      points.map(({ window, ctrPct, unfinished, notUpdated }) => [window, ctrPct, unfinished, notUpdated]),
    ).toEqual([
      ["2026-08", 3, false, false],
      ["2026-10", 1, false, false],
      ["2026-11", 1, true, false],
    ]);
    const october = await historyOf(ctx, { window: "2026-10" });
    expect(october.points.map(({ ctrPct, unfinished }) => [ctrPct, unfinished])).toEqual([
      [5, true],
      [1, false],
    ]);
  });

  test("never mixes windows, regions, upstreams or teams", async () => {
    const [ctx, other] = [await makeTeam(), await makeTeam()];
    const at = "2026-11-20T10:00:00Z";
    await bought(ctx, at, [perfume()], { window: "30" });
    await bought(ctx, at, [perfume()], { region: "GB" });
    await bought(other, at, [perfume()]);
    const live = { ...other, team: { ...other.team, upstream: "live" } } as TeamContext;
    for (const asker of [ctx, live]) expect((await historyOf(asker)).points).toEqual([]);
  });
});

test.each(["7", "month"])("a history (window %s) reads its own rows by their index and no others", async (window) => {
  const ctx = await makeTeam();
  // Rows without their requests: only the plan matters here.
  await given.database.superuserPool.query(
    `set session_replication_role = replica;
     insert into ranking_row (team_id, snapshot_id, place, position, upstream, category_id, region, "window", fetched_at)
     select '${ctx.team.id}', gen_random_uuid(), 1, 1, 'sandbox', (n % 200)::text, 'US',
       case when '${window}' = 'month' then to_char(date '2026-11-01' - n * interval '1 hour', 'YYYY-MM') else '${window}' end,
       timestamptz '2026-11-23' - n * interval '1 hour' from generate_series(1, 30000) n;
     insert into snapshot (team_id, id, request_id, upstream, endpoint, region, "window", page, question_key, sent_at,
       fetched_at, row_count)
     select team_id, snapshot_id, gen_random_uuid(), upstream, '', region, "window", 1, '', fetched_at, fetched_at, 1
     from ranking_row where team_id = '${ctx.team.id}';
     set session_replication_role = origin;
     analyze ranking_row; analyze snapshot`,
  );
  const input = historyInputSchema.parse({ region: "US", window });
  const query = historyQuery(ctx.team, "5", input, { from: "2026-09-01", to: "2026-11-23" });
  const plan = await asTeam(ctx.team.id, (tx) => tx.$queryRaw<Record<string, string>[]>(Prisma.sql`explain ${query}`));
  const lines = plan.map((row) => row["QUERY PLAN"] ?? "");
  const scans = lines.filter((line) => /Scan.* on (ranking_row|snapshot)/.test(line));
  expect(scans).toHaveLength(2);
  expect(scans[0]).toMatch(/ranking_row_team_id_upstream/);
  expect(scans[1]).toMatch(/using snapshot_pkey/);
});
