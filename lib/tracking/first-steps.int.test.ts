import { expect, test } from "vitest";
import { buyPage } from "@/lib/insights/buy-page";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { addWatchItem } from "./add-watch-item";
import { chooseFirstSteps } from "./choose-first-steps";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { deleteSearch } from "./delete-search";
import { isThrough } from "./first-steps-schemas";
import { readFirstSteps } from "./read-first-steps";
import { addWatchItemSchema, createSearchSchema, createWatchlistSchema } from "./schemas";

purchases();
const NOTHING = { connected: false, fetched: false, saved: false, watched: 0, invited: false, hidden: false };

test("each step is ticked off by what the team's data shows, and taken back when that goes", async () => {
  expect(await readFirstSteps(await makeTeam({ upstream: null }))).toEqual(NOTHING);
  const mia = await makeTeam();
  expect(await readFirstSteps(mia)).toEqual({ ...NOTHING, connected: true });
  await buyPage(mia, ask(), explore);
  expect(await readFirstSteps(mia)).toMatchObject({ fetched: true, saved: false });

  const question = { name: "Top 20", region: "US", window: "7", pages: 1 };
  const search = await createSearch(mia, createSearchSchema.parse(question));
  const list = await createWatchlist(mia, createWatchlistSchema.parse({ name: "Spring" }));
  for (const categoryId of ["101", "102", "103", "104"]) {
    await addWatchItem(mia, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
  }
  const alone = await readFirstSteps(mia);
  expect(alone).toMatchObject({ saved: true, watched: 3, invited: false });
  expect(isThrough(alone)).toBe(false);
  await makeMember(mia, "viewer");
  expect(isThrough(await readFirstSteps(mia))).toBe(true);
  await deleteSearch(mia, search.id);
  expect(isThrough(await readFirstSteps(mia))).toBe(false);
});

test("the same category on two lists is one, and what is private to somebody else counts for nobody", async () => {
  const mia = await makeTeam();
  const chen = await makeMember(mia, "analyst");
  for (const [ctx, name, shared] of [
    [mia, "One", true],
    [mia, "Two", true],
    [chen, "Own", false],
  ] as const) {
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name, shared }));
    const categoryId = shared ? "101" : "102";
    await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
  }
  expect((await readFirstSteps(mia)).watched).toBe(1);
  expect((await readFirstSteps(chen)).watched).toBe(2);
});

test("hiding the steps is each member's own, a viewer's too, and can be undone", async () => {
  const mia = await makeTeam();
  const sam = await makeMember(mia, "viewer");
  await chooseFirstSteps(sam, { hidden: true });
  expect([(await readFirstSteps(mia)).hidden, (await readFirstSteps(sam)).hidden]).toEqual([false, true]);
  await chooseFirstSteps(sam, { hidden: false });
  expect((await readFirstSteps(sam)).hidden).toBe(false);
});
