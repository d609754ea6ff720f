import { describe, expect, test } from "vitest";
import { asTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { currentQuery, earlierQuery, peersQuery } from "./category-now-query";
import { comparable, percentileOf } from "./percentile";
import { readCategory } from "./read-category";
import { readCategoryNow } from "./read-category-now";

const { given, bought } = pastPurchases();

const TOPS = [
  { id: "601450", value: "Beauty & Personal Care" },
  { id: "602118", value: "Pet Supplies" },
];
/** A row of a category whose id says where it belongs: first level, second level, itself. */
const row = (top: 0 | 1, parent: string, id: string, over: object = {}) =>
  wireRow(1, {
    first_ecom_category: TOPS[top],
    second_ecom_category: { id: parent, parent_id: TOPS[top]?.id, value: `Level ${parent}` },
    third_ecom_category: { id, parent_id: parent, value: `Category ${id}` },
    ...over,
  });

describe("a category now", () => {
  test("equals what the raw answers say: newest figures, the change over a window, and every percentile", async () => {
    const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
    // The newest of each category under Beauty, in the order of time; "9" is under Pets and is never compared.
    const answers: [string, unknown[], object?][] = [
      ["2026-11-10T10:00:00Z", [row(0, "81", "1", { cpa: 5, post: 900 }), row(0, "81", "2", { cpa: 9 })]],
      ["2026-11-17T15:59:00Z", [row(0, "81", "1", { cpa: 5.5, post: 1000 }), row(0, "82", "3", { cpa: 4 })]],
      ["2026-11-17T16:01:00Z", [row(0, "81", "1", { cpa: 7, post: 1010 })], { category: "1" }],
      ["2026-11-20T10:00:00Z", [row(0, "82", "4", { cpa: 0 }), row(0, "82", "5", { cpa: null })]],
      ["2026-11-21T10:00:00Z", [row(0, "81", "2", { cpa: 6 }), row(1, "91", "9", { cpa: 1 })], { q: "x" }],
      ["2026-11-24T15:00:00Z", [row(0, "81", "1", { cpa: 5, post: 1300 })], { category: "1" }],
      ["2026-11-24T15:00:00Z", [row(0, "82", "3", { cpa: 1 })], { region: "GB" }],
    ];
    for (const [at, rows, question] of answers) await bought(ctx, at, rows, question);
    const now = await readCategoryNow(ctx, "1", { region: "US", window: "7" });

    expect(now.current).toMatchObject({ fetchedAt: "2026-11-24T15:00:00.000Z", figures: { cpa: 5, posts: 1300 } });
    // 24 November in Shanghai less 7 days is the 17th: the answer of 15:59 UTC is of that day, that of 16:01 is not.
    expect(now.before).toMatchObject({ fetchedAt: "2026-11-17T15:59:00.000Z", figures: { cpa: 5.5, posts: 1000 } });
    expect(now.lastRank).toEqual({ rank: 1, fetchedAt: "2026-11-17T15:59:00.000Z" });

    const raw = await given.database.superuserPool.query<{ body: Buffer; at: Date; region: string }>(
      `select a.body, s.fetched_at as at, s.region from raw_answer a join snapshot s on s.team_id = a.team_id and
         s.request_id = a.request_id where a.team_id = $1 order by s.fetched_at`,
      [ctx.team.id],
    );
    type Wire = {
      cpa: number | null;
      post: number;
      third_ecom_category: { id: string };
      first_ecom_category: { id: string };
    };
    const newest = new Map<string, Wire>();
    for (const { body, region } of raw.rows) {
      for (const one of JSON.parse(body.toString()).data.list as Wire[]) {
        if (region === "US" && one.first_ecom_category.id === "601450") newest.set(one.third_ecom_category.id, one);
      }
    }
    const own = newest.get("1");
    newest.delete("1");
    expect(now.peers.map(({ id }) => id).sort()).toEqual([...newest.keys()].sort());
    const others = [...newest.values()].flatMap(({ cpa }) => (cpa === null || cpa === 0 ? [] : [cpa]));
    const worse = others.filter((cpa) => cpa > (own?.cpa ?? 0)).length;
    expect(
      percentileOf(
        comparable("cpa", now.current?.figures.cpa ?? null),
        now.peers.map(({ figures }) => comparable("cpa", figures.cpa)),
        "low",
      ),
    ).toEqual({ pct: (worse / others.length) * 100, of: others.length });
  });

  test("of calendar months is the newest month, against the month before and the others' same month", async () => {
    const ctx = await makeTeam();
    const at = "2026-11-20T10:00:00Z";
    for (const [window, id, cpa] of [
      ["2026-08", "1", 3],
      ["2026-09", "1", 4],
      ["2026-10", "1", 5],
      ["2026-09", "2", 8],
      ["2026-10", "3", 9],
      ["30", "1", 99],
    ] as const) {
      await bought(ctx, at, [row(0, "81", id, { cpa })], { window });
    }
    const now = await readCategoryNow(ctx, "1", { region: "US", window: "month" });
    expect([now.current?.window, now.current?.figures.cpa]).toEqual(["2026-10", 5]);
    expect([now.before?.window, now.before?.figures.cpa]).toEqual(["2026-09", 4]);
    expect(now.peers.map(({ id, figures }) => [id, figures.cpa])).toEqual([["3", 9]]);
    await bought(ctx, at, [row(0, "81", "7")], { window: "2026-10" });
    await bought(ctx, at, [row(0, "81", "7")], { window: "2026-08" });
    expect((await readCategoryNow(ctx, "7", { region: "US", window: "month" })).before).toBeNull();
  });

  test("knows where something is stored of it, since when, its place, and what stands below a level", async () => {
    const ctx = await makeTeam();
    await bought(ctx, "2026-11-10T10:00:00Z", [row(0, "81", "1"), row(0, "81", "2")]);
    await bought(ctx, "2026-11-12T10:00:00Z", [row(0, "81", "1")]);
    await bought(ctx, "2026-11-12T10:00:00Z", [row(0, "81", "1")], { window: "2026-10", region: "GB" });
    const facts = await readCategory(ctx, "1");
    expect(facts.path).toEqual([
      { id: "601450", name: "Beauty & Personal Care" },
      { id: "81", name: "Level 81" },
    ]);
    expect(facts.series).toEqual([
      {
        region: "GB",
        window: "month",
        first: "2026-10",
        since: "2026-11-12T10:00:00.000Z",
        until: "2026-11-12T10:00:00.000Z",
        answers: 1,
      },
      {
        region: "US",
        window: "7",
        first: "7",
        since: "2026-11-10T10:00:00.000Z",
        until: "2026-11-12T10:00:00.000Z",
        answers: 2,
      },
    ]);
    expect((await readCategory(ctx, "81")).below.map(({ id }) => id)).toEqual(["1", "2"]);
    await expect(readCategory(ctx, "404404")).rejects.toMatchObject({ code: "not_found" });
    const elsewhere = await makeTeam();
    await expect(readCategory(elsewhere, "1")).rejects.toMatchObject({ code: "not_found" });
  });
});

test("its queries read rows by their index, however many other categories, windows and days there are", async () => {
  const ctx = await makeTeam();
  await bought(ctx, "2026-11-22T10:00:00Z", [row(0, "81", "5")]);
  await given.database.superuserPool.query(
    `set session_replication_role = replica;
     insert into category (team_id, upstream, id, level, parent_id, name, first_seen_at, last_seen_at)
     select '${ctx.team.id}', 'sandbox', (1000 + n)::text, 3, case when n % 3 = 0 then '81' else 'x' || n % 40 end, 'C', now(), now()
     from generate_series(1, 600) n;
     insert into ranking_row (team_id, snapshot_id, place, position, upstream, category_id, region, "window", fetched_at)
     select '${ctx.team.id}', gen_random_uuid(), 1, 1, 'sandbox', (1000 + n % 600)::text, 'US',
       (array['1', '7', '30', '2026-10'])[n % 4 + 1], timestamptz '2026-11-23' - n * interval '10 minutes'
     from generate_series(1, 40000) n;
     set session_replication_role = origin;
     analyze ranking_row; analyze category`,
  );
  const [current] = await asTeam(ctx.team.id, (tx) =>
    tx.$queryRaw<{ window: string; fetched_at: Date }[]>(currentQuery(ctx.team, "5", { region: "US", window: "7" })),
  );
  if (!current) throw new Error("nothing stored");
  for (const query of [
    currentQuery(ctx.team, "5", { region: "US", window: "7" }),
    currentQuery(ctx.team, "5", { region: "US", window: "month" }),
    earlierQuery(ctx.team, "5", "US", current),
    peersQuery(ctx.team, "5", { region: "US", window: "7" }, true),
  ]) {
    const plan = await asTeam(ctx.team.id, (tx) =>
      tx.$queryRaw<Record<string, string>[]>(Prisma.sql`explain ${query}`),
    );
    const scans = plan.map((line) => line["QUERY PLAN"] ?? "").filter((line) => /Scan.* on ranking_row/.test(line));
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) expect(scan).toMatch(/ranking_row_team_id_upstream/);
  }
});
