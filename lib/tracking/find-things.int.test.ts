import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { deleteSearch } from "./delete-search";
import { deleteWatchlist } from "./delete-watchlist";
import { findInputSchema } from "./find-schemas";
import { findThings } from "./find-things";
import { createSearchSchema, createWatchlistSchema } from "./schemas";

purchases();
let mia: TeamContext;
let chen: TeamContext;
/** Learned from one answer. */
let category: { id: string; name: string };

const find = async (ctx: TeamContext, q: string) => (await findThings(ctx, findInputSchema.parse({ q }))).items;
const search = (ctx: TeamContext, name: string, shared = true) =>
  createSearch(ctx, createSearchSchema.parse({ name, region: "US", window: "7", pages: 1, shared }));
const list = (ctx: TeamContext, name: string, shared = true) =>
  createWatchlist(ctx, createWatchlistSchema.parse({ name, shared }));

beforeAll(async () => {
  mia = await makeTeam();
  chen = await makeMember(mia, "analyst");
  const { snapshot } = await buyPage(mia, ask(), explore);
  const row = snapshot.rows[6];
  category = { id: row?.categoryId ?? "", name: row?.path.at(-1) ?? "" };
});

describe("what is looked up by a part of its name", () => {
  test("is found in one statement over all kinds, and what begins with it first", async () => {
    const searches = [await search(mia, "Gifts of spring"), await search(mia, "Spring gifts")];
    const spring = await list(mia, "spring");
    expect(await find(mia, " SPRING ")).toEqual([
      { kind: "search", id: searches[1]?.id, name: "Spring gifts", detail: null },
      { kind: "search", id: searches[0]?.id, name: "Gifts of spring", detail: null },
      { kind: "watchlist", id: spring.id, name: "spring", detail: null },
    ]);
    expect(await find(mia, "chen w")).toMatchObject([{ kind: "member", id: chen.member.id, name: "Chen Wei" }]);
  });

  test("is a category by the provider's name, the team's own, an alias and its id", async () => {
    const found = { kind: "category", id: category.id };
    expect(await find(mia, category.name.slice(1))).toMatchObject([{ ...found, name: category.name }]);
    await saveCategoryName(mia, category.id, { name: "香水", aliases: ["scent of ours"] });
    for (const q of ["香", "T OF OUR", category.name, category.id]) {
      expect(await find(mia, q), q).toMatchObject([{ ...found, name: "香水", detail: category.name }]);
    }
  });

  test("is not what others keep to themselves, what was deleted, or who left", async () => {
    const hidden = [await search(chen, "hidden one", false), await list(chen, "hidden two", false)];
    expect(await find(mia, "hidden")).toEqual([]);
    expect((await find(chen, "hidden")).map(({ id }) => id)).toEqual(hidden.map(({ id }) => id));
    await deleteSearch(chen, hidden[0]?.id ?? "");
    await deleteWatchlist(chen, hidden[1]?.id ?? "");
    expect(await find(chen, "hidden")).toEqual([]);
  });

  test("is at most six of a kind, and signs stand for themselves", async () => {
    for (const nth of [1, 2, 3, 4, 5, 6, 7]) await list(mia, `many 100% ${nth}`);
    expect(await find(mia, "many 100%")).toHaveLength(6);
    expect(await find(mia, "many%7")).toEqual([]);
    expect(await find(mia, "")).toEqual([]);
    expect(findInputSchema.safeParse({ q: "a\u0000" }).error?.issues[0]?.message).toBe("keyword_control");
  });
});
