import { expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import { addWatchItem } from "./add-watch-item";
import { createWatchlist } from "./create-watchlist";
import { deleteWatchlist } from "./delete-watchlist";
import { readWatched } from "./read-watched";
import { addWatchItemSchema, createWatchlistSchema } from "./schemas";

purchases();
const make = (ctx: TeamContext, name: string, shared = true) =>
  createWatchlist(ctx, createWatchlistSchema.parse({ name, shared }));
const add = (ctx: TeamContext, listId: string, categoryId: string, region = "US") =>
  addWatchItem(ctx, listId, addWatchItemSchema.parse({ categoryId, region }));
const pairs = ["101", "102"].map((categoryId) => ({ categoryId, region: "US" }));

test("a star knows, for viewers too, every list that holds its category in this region, and who put it there", async () => {
  const mia = await makeTeam();
  const chen = await makeMember(mia, "analyst");
  const [one, two] = [await make(mia, "One"), await make(chen, "Two")];
  await add(mia, one.id, "101");
  await add(chen, two.id, "101");
  await add(chen, two.id, "102", "GB");
  const { items, mayWatch } = await readWatched(await makeMember(mia, "viewer"), pairs);
  expect(mayWatch).toBe(false);
  expect(Object.keys(items)).toEqual(["101/US"]);
  expect(items["101/US"]).toMatchObject([
    { listId: one.id, listName: "One", addedBy: "Mia Keller" },
    { listId: two.id, listName: "Two", addedBy: "Chen Wei" },
  ]);
});

test("the list that a member last added to comes first, for each member by themselves", async () => {
  const mia = await makeTeam();
  const chen = await makeMember(mia, "analyst");
  const [one, two] = [await make(mia, "One"), await make(mia, "Two")];
  const names = async (ctx: TeamContext) => (await readWatched(ctx, [])).lists.map(({ name }) => name);
  expect(await names(mia)).toEqual(["Two", "One"]);
  await add(mia, one.id, "101");
  expect(await names(mia)).toEqual(["One", "Two"]);
  await add(chen, two.id, "101");
  expect(await names(chen)).toEqual(["Two", "One"]);
});

test("private lists of others and deleted ones light no star", async () => {
  const mia = await makeTeam();
  const chen = await makeMember(mia, "analyst");
  const [hidden, gone] = [await make(chen, "Mine", false), await make(mia, "Gone")];
  await add(chen, hidden.id, "101");
  await add(mia, gone.id, "102");
  await deleteWatchlist(mia, gone.id);
  expect(await readWatched(mia, pairs)).toEqual({ mayWatch: true, lists: [], items: {} });
  expect(Object.keys((await readWatched(chen, pairs)).items)).toEqual(["101/US"]);
});
