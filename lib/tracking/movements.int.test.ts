import { beforeAll, describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { dayNumber } from "@/lib/insights/day-points";
import { Prisma } from "@/lib/platform/db";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { fillHistory } from "@/lib/testing/synthetic-history";
import { addWatchItem } from "./add-watch-item";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { movementsInputSchema } from "./movement-schemas";
import { movementsQuery } from "./movements-query";
import { baseDay, readMovements } from "./read-movements";
import { addWatchItemSchema, createSearchSchema, createWatchlistSchema } from "./schemas";

const { given, bought } = pastPurchases();
const NOW = "2026-11-25T12:00:00Z"; // a Wednesday
const WEEKS = 11;
let ctx: TeamContext;

const ask = (over: object = {}) => movementsInputSchema.parse({ window: "7", ...over });
/** A category's row; ranks are the places of the answer. */
const row = (id: string, ctr: number | null, cpa: number | null) =>
  wireRow(1, { third_ecom_category: { id, parent_id: "81", value: `Category ${id}` }, ctr, cpa });
/** Weekly answers up to the day before NOW, each in an order of its own; "5" arrives and "6" leaves in the newest. */
const orderOf = (week: number) => {
  const there = week === 0 ? ["1", "2", "3", "4", "5"] : ["1", "2", "3", "4", "6"];
  return there
    .map((id, nth) => ({ id, key: ((nth + 1) * (week * week + 3)) % 7 }))
    .sort((a, b) => a.key - b.key || a.id.localeCompare(b.id));
};
const ctrOf = (id: string, week: number) => Number((1 + ((Number(id) * 13 + week * week * 7) % 50) / 100).toFixed(2));
const atWeek = (week: number) => new Date(Date.parse("2026-11-24T10:00:00Z") - week * 7 * 86_400_000).toISOString();

beforeAll(async () => {
  ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  await given.database.superuserPool.query(
    "update app_clock set offset_seconds = extract(epoch from $1::timestamptz - now())::int",
    [NOW],
  );
  for (let week = WEEKS; week >= 0; week--) {
    await bought(
      ctx,
      atWeek(week),
      orderOf(week).map(({ id }) => row(id, ctrOf(id, week), week === 0 ? 4 : 5)),
    );
  }
});

type Raw = { at: Date; id: string; list: { ctr: number | null; third_ecom_category: { id: string } }[] };
const rawAnswers = async (): Promise<Raw[]> => {
  const { rows } = await given.database.superuserPool.query(
    `select s.request_id as id, s.fetched_at as at, a.body from raw_answer a join snapshot s on s.team_id = a.team_id and
       s.request_id = a.request_id where a.team_id = $1 order by s.fetched_at desc`,
    [ctx.team.id],
  );
  return rows.map(({ id, at, body }) => ({ id, at, list: JSON.parse(body.toString()).data.list }));
};
const middleOf = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
};

describe("movements", () => {
  test.each(["rank", "ctrPct"] as const)("of %s equal what the raw answers say, swings included", async (metric) => {
    const raw = await rawAnswers();
    const valueIn = ({ list }: Raw, id: string) => {
      const index = list.findIndex((one) => one.third_ecom_category.id === id);
      return index < 0 ? null : metric === "rank" ? index + 1 : (list[index]?.ctr ?? null);
    };
    const told = await readMovements(ctx, ask({ metric }));
    const moves = new Map(told.items.map((item) => [item.categoryId, item]));
    expect(told).toMatchObject({ asOf: "2026-11-18", stored: 6, renewed: 5, comparable: 4 });
    for (const id of ["1", "2", "3", "4"]) {
      const values = raw.map((answer) => valueIn(answer, id) as number);
      const steps = values.map((value, nth) => {
        const before = values[nth + 1] ?? Number.NaN;
        return metric === "rank" ? before - value : Number((value - before).toPrecision(12));
      });
      const change = steps[0] as number;
      // Past differences begin with the answer that shares no day with the newest.
      const past = steps.slice(1, WEEKS);
      const middle = middleOf(past);
      const usual = Math.max(
        metric === "rank" ? 1 : 0.01,
        1.4826 * middleOf(past.map((step) => Math.abs(step - middle))),
      );
      const move = moves.get(id);
      if (change === 0) {
        expect(move).toBeUndefined();
        continue;
      }
      expect(move).toMatchObject({
        kind: change > 0 ? "up" : "down",
        change,
        before: { value: values[1], receiptId: raw[1]?.id, fetchedAt: raw[1]?.at.toISOString() },
        after: { value: values[0], receiptId: raw[0]?.id, fetchedAt: raw[0]?.at.toISOString() },
        swing: { middle, usual, differences: past.length },
        times: Math.abs(change - middle) / usual,
        overlapDays: null,
      });
    }
    expect([moves.get("5")?.kind, moves.get("6")?.kind]).toEqual(["new", "gone"]);
    expect([moves.get("6")?.before?.receiptId, moves.get("6")?.after?.receiptId]).toEqual([raw[1]?.id, raw[0]?.id]);
    const { counts } = told;
    expect(counts.up + counts.down + counts.new + counts.gone).toBe(counts.all);
    const onlyNew = await readMovements(ctx, ask({ metric, kind: "new" }));
    expect([onlyNew.items.map(({ categoryId }) => categoryId), onlyNew.counts]).toEqual([["5"], counts]);
  });

  test("of a list and a search are theirs alone, in their window; another member's private ones are not found", async () => {
    const other = await makeMember(ctx, "analyst");
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Mine", shared: false }));
    for (const categoryId of ["2", "6"])
      await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
    const search = await createSearch(
      ctx,
      createSearchSchema.parse({ name: "Mine", region: "US", window: "7", pages: 1, shared: false }),
    );
    const ofList = await readMovements(ctx, ask({ scope: `list.${list.id}`, metric: "cpa" }));
    expect(ofList.items.map(({ categoryId, kind }) => [categoryId, kind]).sort()).toEqual([
      ["2", "down"],
      ["6", "gone"],
    ]);
    expect((await readMovements(ctx, ask({ scope: `search.${search.id}`, metric: "cpa" }))).counts.all).toBe(6);
    for (const scope of [`list.${list.id}`, `search.${search.id}`]) {
      await expect(readMovements(other, ask({ scope }))).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("are none in another window, where nothing is stored, and against a day without an answer since", async () => {
    expect(await readMovements(ctx, ask({ window: "30" }))).toMatchObject({ stored: 0, items: [] });
    const fresh = await makeTeam();
    await bought(fresh, "2026-11-10T10:00:00Z", [row("1", 1, 1)]);
    expect(await readMovements(fresh, ask())).toMatchObject({ stored: 1, renewed: 0, comparable: 0, items: [] });
  });

  test("against last Monday name the Monday before today, and the days that both windows share", async () => {
    const team = await makeTeam();
    await bought(team, "2026-11-22T10:00:00Z", [row("1", 1, 2)]);
    await bought(team, "2026-11-25T10:00:00Z", [row("1", 1, 3)]);
    const told = await readMovements(team, ask({ against: "monday", metric: "cpa" }));
    expect(told.asOf).toBe("2026-11-23");
    expect(told.items).toMatchObject([{ kind: "up", change: 50, overlapDays: 4, swing: null, times: null }]);
    expect(baseDay(dayNumber("2026-11-23"), "monday")).toBe(dayNumber("2026-11-16"));
    expect(baseDay(dayNumber("2026-11-24"), "monday")).toBe(dayNumber("2026-11-23"));
  });
});

test("movements are kept until another answer is stored, also one that comes out of turn, or a list holds another item", async () => {
  const team = await makeTeam();
  await bought(team, "2026-11-16T10:00:00Z", [row("1", 1, 2), row("2", 1, 2)]);
  await bought(team, "2026-11-25T10:00:00Z", [row("1", 1, 3), row("2", 1, 2)]);
  const list = await createWatchlist(team, createWatchlistSchema.parse({ name: "One" }));
  const add = (categoryId: string) =>
    addWatchItem(team, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
  await add("1");
  const read = () => readMovements(team, ask({ metric: "cpa" }));
  const ofList = () => readMovements(team, ask({ metric: "cpa", scope: `list.${list.id}` }));
  expect((await read()).items).toMatchObject([{ categoryId: "1", change: 50 }]);
  expect((await ofList()).stored).toBe(1);

  await given.database.superuserPool.query("update ranking_row set cpa = 9 where team_id = $1 and cpa = 3", [
    team.team.id,
  ]);
  expect((await read()).items).toMatchObject([{ categoryId: "1", change: 50 }]);
  await add("2");
  expect((await ofList()).stored).toBe(2);

  await bought(team, "2026-11-25T11:00:00Z", [row("1", 1, 4), row("2", 1, 2)]);
  expect((await read()).items).toMatchObject([{ categoryId: "1", change: 100 }]);
  await bought(team, "2026-11-25T10:55:00Z", [row("3", 1, 4)], { page: 2 });
  expect((await read()).stored).toBe(3);
});

test("no query walks through the rows, however many there are", async () => {
  const team = await makeTeam();
  await fillHistory(given.database.superuserPool, team, {
    categories: 60,
    regions: ["US", "GB"],
    days: 200,
    window: "7",
  });
  const moments = { now: new Date(NOW), cutoff: new Date(Date.parse(NOW) - 7 * 86_400_000) };
  for (const metric of ["rank", "cpa"] as const) {
    const query = movementsQuery(team.team, { kind: "all", window: "7" }, metric, moments);
    const plan = await asTeam(team.team.id, (tx) =>
      tx.$queryRaw<Record<string, string>[]>(Prisma.sql`explain ${query}`),
    );
    const scans = plan.map((line) => line["QUERY PLAN"] ?? "").filter((line) => /Scan.* on ranking_row/.test(line));
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) expect(scan).toMatch(/ranking_row_(team_id_upstream|pkey)/);
  }
});
