import { describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { asTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { compareQuery } from "./compare-query";
import { compareInputSchema } from "./compare-schemas";
import { readComparison } from "./read-comparison";
import { readRegions } from "./read-regions";

const { given, bought } = pastPurchases();
const row = (id: string, over: object = {}) =>
  wireRow(1, { third_ecom_category: { id, parent_id: "81", value: `Category ${id}` }, ...over });
const compare = (ctx: TeamContext, over: Record<string, string> = {}) =>
  readComparison(
    ctx,
    compareInputSchema.parse({
      categories: "1,2",
      regions: "US",
      window: "7",
      metric: "cpa",
      from: "2026-11-01",
      to: "2026-11-24",
      ...over,
    }),
  );

type Wire = { cpa: number | null; third_ecom_category: { id: string } };

/** The raw answers themselves, oldest first. */
async function rawOf(ctx: TeamContext) {
  const { rows } = await given.database.superuserPool.query<{
    body: Buffer;
    at: Date;
    region: string;
    window: string;
    receipt: string;
    filtered: boolean;
  }>(
    `select a.body, s.fetched_at as at, s.region, s."window", s.request_id as receipt,
       s.category_id <> '' or s.q <> '' as filtered
     from raw_answer a join snapshot s on s.team_id = a.team_id and s.request_id = a.request_id
     where a.team_id = $1 order by s.fetched_at, filtered desc`,
    [ctx.team.id],
  );
  return rows.flatMap(({ body, ...answer }) =>
    (JSON.parse(body.toString()).data.list as Wire[]).map((wire) => ({ ...answer, wire })),
  );
}

describe("a comparison", () => {
  test("equals what the raw answers say: each day's newest value, its receipt, and every index", async () => {
    const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
    const answers: [string, unknown[], object?][] = [
      ["2026-11-10T10:00:00Z", [row("1", { cpa: 5.5 })]],
      // The 12th in Shanghai for both: the later one is the day's.
      ["2026-11-11T16:30:00Z", [row("1", { cpa: 6 }), row("2", { cpa: 8 })]],
      ["2026-11-12T10:00:00Z", [row("1", { cpa: 6.6 })], { category: "1" }],
      ["2026-11-13T10:00:00Z", [row("2", { cpa: null }), row("1", { cpa: 7 })]],
      ["2026-11-20T10:00:00Z", [row("1", { cpa: 9 }), row("2", { cpa: 4 })]],
      ["2026-11-20T10:00:00Z", [row("1", { cpa: 99 })], { region: "GB" }],
      ["2026-11-20T10:00:00Z", [row("1", { cpa: 77 })], { window: "30" }],
    ];
    for (const [at, rows, question] of answers) await bought(ctx, at, rows, question);
    const { series, base } = await compare(ctx);

    const shanghaiDay = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const expected = (id: string) => {
      const days = new Map<string, { value: number | null; receiptId: string }>();
      for (const { wire, at, region, window, receipt } of raw) {
        if (region !== "US" || window !== "7" || wire.third_ecom_category.id !== id) continue;
        days.set(shanghaiDay(at), { value: wire.cpa, receiptId: receipt });
      }
      return [...days].map(([at, point]) => ({ at, ...point }));
    };
    const raw = await rawOf(ctx);
    for (const [nth, id] of ["1", "2"].entries()) {
      expect(series[nth]?.points.map(({ at, value, receiptId }) => ({ at, value, receiptId }))).toEqual(expected(id));
    }
    expect(base).toBe("2026-11-12");
    for (const one of series) {
      const whole = one.points.find(({ at }) => at === base)?.value ?? 0;
      expect(one.points.map(({ index }) => index)).toEqual(
        one.points.map(({ value }) => (value === null ? null : (value / whole) * 100)),
      );
    }
    expect(series.map(({ name }) => name)).toEqual(["Category 1", "Category 2"]);
  });

  test("is also of one category over regions, and of calendar months joined; a rank has no index", async () => {
    const ctx = await makeTeam();
    const at = "2026-11-20T10:00:00Z";
    for (const [region, window, cpa] of [
      ["US", "2026-09", 3],
      ["US", "2026-10", 4],
      ["GB", "2026-10", 8],
    ] as const) {
      await bought(ctx, at, [row("1", { cpa })], { region, window });
    }
    const asked = { categories: "1", regions: "US,GB,DE", window: "month", from: "2026-06", to: "2026-11" };
    const { series, base } = await compare(ctx, asked);
    expect(base).toBe("2026-10");
    expect(series.map(({ region, points }) => [region, points.map((one) => [one.at, one.value, one.index])])).toEqual([
      [
        "US",
        [
          ["2026-09", 3, 75],
          ["2026-10", 4, 100],
        ],
      ],
      ["GB", [["2026-10", 8, 100]]],
      ["DE", []],
    ]);
    const ranks = await compare(ctx, { ...asked, metric: "rank" });
    expect([ranks.base, ranks.series[0]?.points[0]]).toMatchObject([null, { value: 1, index: null }]);
  });

  test("of an unknown category or of another team is empty", async () => {
    const [ctx, other] = [await makeTeam(), await makeTeam()];
    await bought(ctx, "2026-11-20T10:00:00Z", [row("1")]);
    expect((await compare(other)).series).toMatchObject([
      { name: null, points: [] },
      { name: null, points: [] },
    ]);
  });

  test("reads each series by its index and no other rows", async () => {
    const ctx = await makeTeam();
    await given.database.superuserPool.query(
      `set session_replication_role = replica;
       insert into ranking_row (team_id, snapshot_id, place, position, upstream, category_id, region, "window", fetched_at)
       select '${ctx.team.id}', gen_random_uuid(), 1, 1, 'sandbox', (n % 200)::text, 'US', '7',
         timestamptz '2026-11-23' - n * interval '1 hour' from generate_series(1, 8000) n;
       insert into snapshot (team_id, id, request_id, upstream, endpoint, region, "window", page, question_key, sent_at,
         fetched_at, row_count)
       select team_id, snapshot_id, gen_random_uuid(), upstream, '', region, "window", 1, '', fetched_at, fetched_at, 1
       from ranking_row where team_id = '${ctx.team.id}';
       set session_replication_role = origin;
       analyze ranking_row; analyze snapshot`,
    );
    const places = ["5", "6"].map((categoryId) => ({ categoryId, region: "US" }));
    const query = compareQuery(
      ctx.team,
      places,
      { metric: "cpa", window: "7" },
      { from: "2026-09-01", to: "2026-11-23" },
    );
    const plan = await asTeam(ctx.team.id, (tx) =>
      tx.$queryRaw<Record<string, string>[]>(Prisma.sql`explain ${query}`),
    );
    const scans = plan.map((line) => line["QUERY PLAN"] ?? "").filter((line) => /Scan.* on ranking_row/.test(line));
    expect(scans).toHaveLength(1);
    expect(scans[0]).toMatch(/ranking_row_team_id_upstream/);
  });
});

describe("a category over regions", () => {
  test("has each region's newest value against a whole window before, and names the holes", async () => {
    const ctx = await makeTeam();
    const answers: [string, unknown[], object?][] = [
      ["2026-11-10T10:00:00Z", [row("1", { cpa: 4 })]],
      ["2026-11-14T10:00:00Z", [row("1", { cpa: 7 })]],
      ["2026-11-20T10:00:00Z", [row("1", { cpa: 5 })]],
      ["2026-11-20T10:00:00Z", [row("1", { cpa: 8 })], { region: "GB" }],
      ["2026-11-20T10:00:00Z", [row("2", { cpa: 8 })], { region: "DE" }],
      ["2026-11-20T10:00:00Z", [row("1", { cpa: 8 })], { region: "FR", window: "30" }],
    ];
    for (const [at, rows, question] of answers) await bought(ctx, at, rows, question);
    const { items, holes } = await readRegions(ctx, "1", { metric: "cpa", window: "7" });
    expect(items).toMatchObject([
      { region: "GB", value: 8, before: null },
      { region: "US", value: 5, before: { value: 4, fetchedAt: "2026-11-10T10:00:00.000Z" } },
    ]);
    expect(holes).toEqual(["DE", "FR"]);
  });
});
