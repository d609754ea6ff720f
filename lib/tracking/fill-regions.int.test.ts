import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { readRegions } from "@/lib/insights/read-regions";
import type { Region } from "@/lib/insights/schemas";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { addWatchItem } from "./add-watch-item";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { executeRun } from "./execute-run";
import { fillRegions } from "./fill-regions";
import { readRegionsFill } from "./read-regions-fill";
import { readRun } from "./read-run";
import { readStale } from "./read-stale";
import { refreshWatchlists } from "./refresh-watchlists";
import { addWatchItemSchema, createSearchSchema, createWatchlistSchema } from "./schemas";

const given = purchases();
const regionOf = (path: string) => new URL(path, "http://x").searchParams.get("region") ?? "";
const holes: Region[] = ["FR", "GB"];
let ctx: TeamContext;

/** France holds the category, nothing else does. */
const answerInFrance = () =>
  given.upstream.answer((request, response) => {
    const rows = regionOf(request.url ?? "") === "FR" ? [wireRow(1, { third_ecom_category: { id: "101" } })] : [];
    json(response, 200, wirePage(rows));
  });
const through = async (asker: TeamContext, answer: object) => {
  if (!("runId" in answer)) throw new Error("It was a dry run");
  await executeRun(asker.team.id, String(answer.runId), new AbortController().signal);
  return readRun(asker, String(answer.runId));
};

beforeAll(async () => {
  ctx = await makeTeam();
});

describe("the holes of a category", () => {
  test("are filled by one run for the price that was told, each region once, and those that hold nothing cost nothing again", async () => {
    answerInFrance();
    const target = { regions: holes, window: "7" };
    expect(await readRegionsFill(ctx, "101", target)).toEqual({ credits: 4, lastRun: null });
    expect(await fillRegions(ctx, "101", { ...target, dryRun: true })).toMatchObject({
      credits: 4,
      requests: holes.map((region) => ({ region, window: "7", category: "101", page: 1 })),
    });
    expect(given.upstream.seen).toEqual([]);
    const run = await through(ctx, await fillRegions(ctx, "101", { ...target, maxCredits: 4 }, "press"));
    expect(run).toMatchObject({ kind: "regions", state: "done", creditsSpent: 4, bought: 2 });
    expect(given.upstream.seen.map(({ path }) => regionOf(path))).toEqual(holes);
    const { items, holes: left } = await readRegions(ctx, "101", { metric: "posts", window: "7" });
    expect([items.map(({ region }) => region), left]).toEqual([["FR"], ["GB"]]);
    expect(await readRegionsFill(ctx, "101", target)).toMatchObject({ credits: 0, lastRun: { id: run.id } });
    expect(await fillRegions(ctx, "101", { ...target, maxCredits: 4 }, "press")).toEqual({ runId: run.id });
    await expectExact(ctx);
  });

  test("are not filled beyond the price, nor by a viewer", async () => {
    answerInFrance();
    const target = { regions: ["DE", "IT", "ES"] as Region[], window: "30", maxCredits: 2 };
    const run = await through(ctx, await fillRegions(ctx, "101", target));
    expect(run).toMatchObject({ state: "failed", problem: "max_credits", creditsSpent: 2 });
    const viewer = await makeMember(ctx, "viewer");
    await expect(fillRegions(viewer, "101", target)).rejects.toMatchObject({ code: "forbidden" });
    await expectExact(ctx);
  });
});

describe("what is stale", () => {
  test("names only the lists and searches of which something is due, at the price that renewing them takes", async () => {
    const team = await makeTeam();
    await buyPage(team, ask(), explore);
    const makeList = async (name: string, categoryId: string) => {
      const { id } = await createWatchlist(team, createWatchlistSchema.parse({ name }));
      await addWatchItem(team, id, addWatchItemSchema.parse({ categoryId, region: "US" }));
      return id;
    };
    const { rows } = await given.database.superuserPool.query(
      "select category_id from ranking_row where team_id = $1 limit 1",
      [team.team.id],
    );
    const [fresh, due] = [await makeList("Fresh", rows[0].category_id), await makeList("Due", "999")];
    const makeSearch = async (region: string) =>
      (await createSearch(team, createSearchSchema.parse({ name: region, region, window: "7", pages: 1 }))).id;
    const [stored, missing] = [await makeSearch("US"), await makeSearch("GB")];
    const target = { watchlists: [fresh, due], searches: [stored, missing] };
    const stale = await readStale(team, target);
    expect(stale.target).toEqual({ watchlists: [due], searches: [missing] });
    const [all, chosen] = await Promise.all(
      [target, stale.target].map((one) => refreshWatchlists(team, one, { dryRun: true })),
    );
    expect(stale.credits).toBeGreaterThan(0);
    expect([all, chosen].map((plan) => plan && "credits" in plan && plan.credits)).toEqual([
      stale.credits,
      stale.credits,
    ]);
  });
});
