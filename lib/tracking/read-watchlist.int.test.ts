import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { Prisma } from "@/lib/platform/db";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { addWatchItem } from "./add-watch-item";
import { createWatchlist } from "./create-watchlist";
import { readWatchlist } from "./read-watchlist";
import { addWatchItemSchema, createWatchlistSchema } from "./schemas";
import { updateWatchlist } from "./update-watchlist";
import { viewSpans } from "./view-spans";
import { watchViewInputSchema } from "./watch-view";
import { watchViewQuery } from "./watch-view-query";

const given = purchases();
// What is stored never changes, but these tests need a past.
beforeAll(() =>
  given.database.superuserPool.query(
    "alter table ranking_row disable trigger user; alter table snapshot disable trigger user",
  ),
);

const NOON = "2026-11-23T12:00:00Z";

async function watching(ctx: TeamContext, ...ids: string[]) {
  const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty" }));
  for (const id of ids) await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId: id, region: "US" }));
  return list.id;
}

/** Bought through the real path, then put so many hours before noon of 23 Nov. */
async function bought(ctx: TeamContext, hoursBefore: number, rows: unknown[], question: object = {}) {
  given.upstream.answer((_request, response) => json(response, 200, wirePage(rows)));
  const { snapshot } = await buyPage(ctx, ask({ maxAgeMinutes: 0, ...question }), explore);
  for (const table of ["ranking_row where snapshot_id", "snapshot where id"]) {
    const [name, where] = table.split(" where ");
    await given.database.superuserPool.query(
      `update ${name} set fetched_at = $1::timestamptz - $2 * interval '1 hour' where team_id = $3 and ${where} = $4`,
      [NOON, hoursBefore, ctx.team.id, snapshot.id],
    );
  }
  return snapshot.receipt.id;
}
const perfume = (over: object = {}) =>
  wireRow(1, { third_ecom_category: { id: "101", parent_id: "848648", value: "Perfume" }, ...over });
const view = (ctx: TeamContext, id: string, over: object = {}) =>
  readWatchlist(ctx, id, watchViewInputSchema.parse(over));

describe("the table of a watchlist", () => {
  test("holds the newest figures with their receipt, name, path and the last seen market rank", async () => {
    const ctx = await makeTeam();
    const id = await watching(ctx, "101");
    await bought(ctx, 48, [wireRow(1), perfume({ ctr: 1.5 })]);
    const receiptId = await bought(ctx, 2, [perfume({ ctr: 2.25, cpa: null })], { category: "101" });
    const [item] = (await view(ctx, id)).items;
    expect(item).toMatchObject({
      name: "Perfume",
      providerName: null,
      path: ["Beauty & Personal Care", "Makeup & Perfume"],
    });
    expect(item?.current).toMatchObject({ fetchedAt: "2026-11-23T10:00:00.000Z", receiptId, place: 1 });
    expect(item?.current?.figures).toMatchObject({ ctrPct: 2.25, cpa: null, cvrPct: 5.71 });
    expect(item?.lastRank).toEqual({ rank: 2, fetchedAt: "2026-11-21T12:00:00.000Z" });
  });

  test("compares with one and with four whole windows back, by days of the team's time zone, never with less", async () => {
    const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
    const id = await watching(ctx, "101");
    await bought(ctx, 0, [perfume({ ctr: 2 })]);
    // 17 Nov 01:00 in Shanghai is six days before, 16 Nov 23:00 is seven.
    await bought(ctx, 6 * 24 + 19, [perfume({ ctr: 1.7 })]);
    await bought(ctx, 6 * 24 + 21, [perfume({ ctr: 1.6 })]);
    await bought(ctx, 40 * 24, [perfume({ ctr: 1 })]);
    const [item] = (await view(ctx, id)).items;
    expect(item?.before.map(({ windows, fetchedAt, figures }) => [windows, fetchedAt, figures.ctrPct])).toEqual([
      [1, "2026-11-16T15:00:00.000Z", 1.6],
      [4, "2026-10-14T12:00:00.000Z", 1],
    ]);
  });

  test("has a point a day, the day's last, for a month back and only for the figures asked for", async () => {
    const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
    const id = await watching(ctx, "101");
    for (const [hours, ctr] of [
      [31 * 24, 9],
      [48, 1],
      [30, 2],
      [29, 3],
      [1, 4],
      [0, 5],
    ] as const) {
      await bought(ctx, hours, [perfume({ ctr })]);
    }
    const [item] = (await view(ctx, id, { figures: ["ctrPct"] })).items;
    expect(item?.series.map(({ values }) => values)).toEqual([{ ctrPct: 1 }, { ctrPct: 3 }, { ctrPct: 5 }]);
    const days = item?.series.map(({ x }) => x) ?? [];
    expect(days.map((x) => x - (days[0] ?? 0))).toEqual([0, 1, 2]);
  });

  test("joins calendar months and compares a month with the month before", async () => {
    const ctx = await makeTeam();
    const id = await watching(ctx, "101");
    for (const [window, ctr] of [
      ["2026-10", 3],
      ["2026-09", 2],
      ["2026-06", 1],
    ] as const) {
      await bought(ctx, 0, [perfume({ ctr })], { window });
    }
    const shown = await view(ctx, id, { window: "2026-10" });
    expect(shown.window).toBe("2026-10");
    expect(shown.items[0]?.series.map(({ values }) => values.ctrPct)).toEqual([1, 2, 3]);
    expect(shown.items[0]?.before.map(({ windows, figures }) => [windows, figures.ctrPct])).toEqual([
      [1, 2],
      [4, 1],
    ]);
  });

  test("never mixes windows, regions, upstreams or teams", async () => {
    const [ctx, other] = [await makeTeam(), await makeTeam()];
    const id = await watching(ctx, "101");
    await bought(ctx, 0, [perfume()], { window: "30" });
    await bought(ctx, 0, [perfume()], { region: "GB" });
    await bought(other, 0, [perfume()]);
    expect((await view(ctx, id)).items[0]).toMatchObject({ current: null, before: [], series: [], lastRank: null });
    expect((await view(ctx, id, { window: "30" })).items[0]?.current).not.toBeNull();
  });

  test("keeps what is known of a category that vanished from the ranking or was renamed", async () => {
    const ctx = await makeTeam();
    const id = await watching(ctx, "101");
    await bought(ctx, 72, [perfume()]);
    await bought(ctx, 1, [wireRow(1)]);
    expect((await view(ctx, id)).items[0]).toMatchObject({
      name: "Perfume",
      current: { fetchedAt: "2026-11-20T12:00:00.000Z" },
      lastRank: { rank: 1, fetchedAt: "2026-11-20T12:00:00.000Z" },
    });
    await bought(ctx, 0, [perfume({ third_ecom_category: { id: "101", parent_id: "848648", value: "Fragrance" } })]);
    const [item] = (await view(ctx, id)).items;
    expect([item?.name, item?.series.length]).toEqual(["Fragrance", 2]);
  });

  test("shows 25 items a page in their order, and only those of a tag when asked", async () => {
    const ctx = await makeTeam();
    const id = await watching(ctx);
    await given.database.superuserPool.query(
      `insert into watch_item (team_id, id, watchlist_id, category_id, region, place, tags, added_at)
       select $1, gen_random_uuid(), $2, n::text, 'US', n, case when n % 10 = 0 then array['ten'] else '{}' end, now()
       from generate_series(1, 1000) n`,
      [ctx.team.id, id],
    );
    const second = await view(ctx, id, { page: 2 });
    expect([second.total, second.items.length, second.items[0]?.categoryId]).toEqual([1000, 25, "26"]);
    const last = await view(ctx, id, { page: 40 });
    expect([last.page, last.items.at(-1)?.categoryId]).toEqual([40, "1000"]);
    const tagged = await view(ctx, id, { tag: "ten" });
    expect([tagged.total, tagged.tags, tagged.items[1]?.categoryId]).toEqual([100, ["ten"], "20"]);
  });

  test("of a private list is its maker's alone; its own window is what a list shows", async () => {
    const owner = await makeTeam();
    const maker = await makeMember(owner, "analyst");
    const id = await watching(maker, "101");
    await updateWatchlist(maker, id, { shared: false, window: "30" });
    expect((await view(maker, id)).window).toBe("30");
    await expect(view(owner, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(view(owner, randomUUID())).rejects.toMatchObject({ code: "not_found" });
  });
});

test.each(["7", "2026-10"])("every look-up of ranking rows (window %s) uses their index", async (window) => {
  const ctx = await makeTeam();
  const id = await watching(ctx, "101");
  // Rows without their snapshots: only the plan matters here.
  await given.database.superuserPool.query(
    `set session_replication_role = replica;
     insert into ranking_row (team_id, snapshot_id, place, position, upstream, category_id, region, "window", fetched_at)
     select '${ctx.team.id}', gen_random_uuid(), 1, 1, 'sandbox', (n % 200)::text, 'US', '${window}', now() - n * interval '1 hour'
     from generate_series(1, 30000) n;
     set session_replication_role = origin;
     analyze ranking_row`,
  );
  const plan = await asTeam(ctx.team.id, async (tx) => {
    const query = watchViewQuery({
      team: ctx.team,
      id,
      tag: null,
      page: 1,
      figures: ["posts"],
      spans: viewSpans(window),
    });
    const rows = await tx.$queryRaw<Record<string, string>[]>(Prisma.sql`explain ${query}`);
    return rows.map((row) => row["QUERY PLAN"] ?? "");
  });
  const scans = plan.filter((line) => /Scan.* on ranking_row|ranking_row.*Scan/.test(line));
  expect(scans.length).toBeGreaterThanOrEqual(5);
  for (const line of scans) expect(line).toMatch(/using ranking_row_team_id_upstream/);
});
