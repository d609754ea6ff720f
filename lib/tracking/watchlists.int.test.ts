import { describe, expect, test } from "vitest";
import { POST as pasteRoute } from "@/app/api/v1/watchlists/[id]/items/paste/route";
import { POST as itemsRoute } from "@/app/api/v1/watchlists/[id]/items/route";
import { GET as listsRoute, POST as makeRoute } from "@/app/api/v1/watchlists/route";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { addWatchItem } from "./add-watch-item";
import { createWatchlist } from "./create-watchlist";
import { deleteWatchlist } from "./delete-watchlist";
import { pasteWatchItems } from "./paste-watch-items";
import { readWatchlistItems } from "./read-watchlist-items";
import { readWatchlists } from "./read-watchlists";
import { removeWatchItem } from "./remove-watch-item";
import { restoreWatchlist } from "./restore-watchlist";
import { addWatchItemSchema, createWatchlistSchema, type WatchItem } from "./schemas";
import { updateWatchItem } from "./update-watch-item";
import { updateWatchlist } from "./update-watchlist";

const given = purchases();
const make = (ctx: TeamContext, over: object = {}) =>
  createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty", ...over }));
const add = (ctx: TeamContext, listId: string, categoryId: string, over: object = {}) =>
  addWatchItem(ctx, listId, addWatchItemSchema.parse({ categoryId, region: "US", ...over }));
const orderOf = async (ctx: TeamContext, listId: string) =>
  (await readWatchlistItems(ctx, listId)).items.map(({ categoryId }) => categoryId);

/** Categories 101, 102 … as bought, under one parent. */
async function learn(ctx: TeamContext, names: Record<string, string>) {
  const rows = Object.entries(names).map(([id, value], index) =>
    wireRow(index + 1, { third_ecom_category: { id, parent_id: "848648", value } }),
  );
  given.upstream.answer((_request, response) => json(response, 200, wirePage(rows)));
  await buyPage(ctx, ask(), explore);
}

describe("a watchlist", () => {
  test("is made, changed, taken out of sight and had back whole", async () => {
    const ctx = await makeTeam();
    const list = await make(ctx, { color: "green", notes: "for Q4" });
    expect(list).toMatchObject({ name: "Beauty", window: "7", shared: true, color: "green", version: 1, itemCount: 0 });
    expect(list.maker).toEqual({ id: ctx.member.id, name: ctx.member.name });
    const { id } = await add(ctx, list.id, "101", { note: "see TikTok", tags: ["gift", "gift", " "] });
    const changed = await updateWatchlist(ctx, list.id, { name: "Beauty US", window: "30", version: 1 });
    expect(changed).toMatchObject({ name: "Beauty US", window: "30", color: "green", version: 2, withoutData: 1 });
    await deleteWatchlist(ctx, list.id);
    expect((await readWatchlists(ctx)).items).toEqual([]);
    await expect(readWatchlistItems(ctx, list.id)).rejects.toMatchObject({ code: "not_found" });
    await restoreWatchlist(ctx, list.id);
    await restoreWatchlist(ctx, list.id);
    const { items } = await readWatchlistItems(ctx, list.id);
    expect(items).toMatchObject([{ id, note: "see TikTok", tags: ["gift"], region: "US", addedBy: ctx.member.name }]);
    const { rows } = await given.database.superuserPool.query(
      "select action from audit_entry where team_id = $1 and action like 'watch%' order by id",
      [ctx.team.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "watchlist.created",
      "watch_item.added",
      "watchlist.changed",
      "watchlist.deleted",
      "watchlist.restored",
    ]);
  });

  test("names the oldest of the newest answers to its items, and counts those without any", async () => {
    const ctx = await makeTeam();
    await learn(ctx, { 101: "Perfume", 102: "Serum" });
    const list = await make(ctx);
    for (const id of ["101", "102", "999"]) await add(ctx, list.id, id);
    const [read] = (await readWatchlists(ctx)).items;
    expect(read).toMatchObject({ itemCount: 3, withoutData: 1 });
    expect(read?.oldestFetchedAt).not.toBeNull();
    await updateWatchlist(ctx, list.id, { window: "30" });
    expect((await readWatchlists(ctx)).items[0]).toMatchObject({ withoutData: 3, oldestFetchedAt: null });
  });

  test("that is private is its maker's alone, for reading and for writing", async () => {
    const owner = await makeTeam();
    const maker = await makeMember(owner, "analyst");
    const list = await make(maker, { shared: false });
    const { id: itemId } = await add(maker, list.id, "101");
    expect((await readWatchlists(owner)).items).toEqual([]);
    expect((await readWatchlists(maker)).items).toHaveLength(1);
    const tries = [
      () => readWatchlistItems(owner, list.id),
      () => updateWatchlist(owner, list.id, { name: "Mine" }),
      () => deleteWatchlist(owner, list.id),
      () => add(owner, list.id, "102"),
      () => pasteWatchItems(owner, list.id, { text: "101", region: "US" }),
      () => updateWatchItem(owner, { listId: list.id, itemId }, { note: "mine" }),
      () => removeWatchItem(owner, { listId: list.id, itemId }),
    ];
    for (const tried of tries) await expect(tried()).rejects.toMatchObject({ code: "not_found" });
    await deleteWatchlist(maker, list.id);
    await expect(restoreWatchlist(owner, list.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("becomes private only by its maker: for anybody else it would vanish", async () => {
    const owner = await makeTeam();
    const maker = await makeMember(owner, "analyst");
    const list = await make(maker);
    await expect(updateWatchlist(owner, list.id, { shared: false })).rejects.toMatchObject({
      details: { errors: [{ path: "shared", message: "private_only_maker" }] },
    });
    expect(await updateWatchlist(maker, list.id, { shared: false })).toMatchObject({ shared: false });
  });

  test("of a member who left is the team's", async () => {
    const owner = await makeTeam();
    const maker = await makeMember(owner, "analyst");
    const list = await make(maker);
    await add(maker, list.id, "101");
    await asTeam(owner.team.id, (tx) =>
      tx.membership.update({
        where: { teamId_id: { teamId: owner.team.id, id: maker.member.id } },
        data: { removedAt: new Date() },
      }),
    );
    const read = await readWatchlistItems(owner, list.id);
    expect(read).toMatchObject({ maker: null, items: [{ addedBy: null }] });
    expect(await updateWatchlist(owner, list.id, { name: "Ours now" })).toMatchObject({ name: "Ours now" });
  });

  test("that two people edit at once keeps the first change and tells the second", async () => {
    const owner = await makeTeam();
    const other = await makeMember(owner, "analyst");
    const list = await make(owner);
    const both = await Promise.allSettled([
      updateWatchlist(owner, list.id, { name: "One", version: 1 }),
      updateWatchlist(other, list.id, { name: "Two", version: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.find((one) => one.status === "rejected") as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: "conflict", details: { reason: "edited_meanwhile" } });
    expect((await readWatchlistItems(owner, list.id)).version).toBe(2);
  });

  test("belongs to an upstream, and a team without one cannot make any", async () => {
    const ctx = await makeTeam();
    await make(ctx);
    const live = { ...ctx, team: { ...ctx.team, upstream: "live" as const } };
    expect((await readWatchlists(live as TeamContext)).items).toEqual([]);
    await expect(make(await makeTeam({ upstream: null }))).rejects.toMatchObject({ code: "key_missing" });
  });
});

describe("the items of a watchlist", () => {
  test("added twice, also at the same moment, are one", async () => {
    const ctx = await makeTeam();
    const { id } = await make(ctx);
    const added = await Promise.all(Array.from({ length: 8 }, () => add(ctx, id, "101")));
    expect(new Set(added.map((item) => item.id)).size).toBe(1);
    const other = await add(ctx, id, "101", { region: "GB" });
    expect(other.id).not.toBe(added[0]?.id);
    expect((await readWatchlistItems(ctx, id)).items).toHaveLength(2);
  });

  test("stand in the order that was chosen by hand", async () => {
    const ctx = await makeTeam();
    const { id: listId } = await make(ctx);
    const items: WatchItem[] = [];
    for (const id of ["1", "2", "3", "4"]) items.push(await add(ctx, listId, id));
    const move = (index: number, place: number) =>
      updateWatchItem(ctx, { listId, itemId: items[index]?.id ?? "" }, { place });
    await move(3, 1);
    expect(await orderOf(ctx, listId)).toEqual(["4", "1", "2", "3"]);
    await move(0, 3);
    expect(await orderOf(ctx, listId)).toEqual(["4", "2", "1", "3"]);
    await move(3, 999);
    expect(await orderOf(ctx, listId)).toEqual(["2", "1", "3", "4"]);
    await removeWatchItem(ctx, { listId, itemId: items[1]?.id ?? "" });
    await add(ctx, listId, "2", { place: 1, note: "back" });
    expect(await orderOf(ctx, listId)).toEqual(["2", "1", "3", "4"]);
  });

  test("that two people edit at once keep the first note and tell the second; moving disturbs nobody", async () => {
    const ctx = await makeTeam();
    const { id: listId } = await make(ctx);
    const { id: itemId } = await add(ctx, listId, "101");
    await updateWatchItem(ctx, { listId, itemId }, { place: 1 });
    await updateWatchItem(ctx, { listId, itemId }, { note: "first", tags: ["a"], color: "red", version: 1 });
    await expect(updateWatchItem(ctx, { listId, itemId }, { note: "second", version: 1 })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "edited_meanwhile" },
    });
    expect((await readWatchlistItems(ctx, listId)).items[0]).toMatchObject({ note: "first", version: 2, color: "red" });
  });

  test("of another list, or of none, are not there", async () => {
    const ctx = await makeTeam();
    const [one, two] = [await make(ctx), await make(ctx)];
    const { id: itemId } = await add(ctx, one.id, "101");
    for (const tried of [
      () => updateWatchItem(ctx, { listId: two.id, itemId }, { note: "x" }),
      () => removeWatchItem(ctx, { listId: two.id, itemId }),
    ]) {
      await expect(tried()).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("pasted are reported line by line, and none is added twice", async () => {
    const ctx = await makeTeam();
    await learn(ctx, { 101: "Perfume", 102: "Serum", 103: "Other", 104: "Other" });
    await asTeam(ctx.team.id, (tx) =>
      tx.categoryName.create({
        data: {
          teamId: ctx.team.id,
          upstream: "sandbox",
          categoryId: "102",
          name: "精华",
          aliases: ["essence"],
          updatedAt: new Date(),
        },
      }),
    );
    const { id } = await make(ctx);
    await add(ctx, id, "101");
    const report = await pasteWatchItems(ctx, id, { text: "perfume\nESSENCE\n精华\nother\nnonsense", region: "US" });
    expect(report).toMatchObject({
      added: [{ line: 2, id: "102", name: "精华" }],
      alreadyThere: [{ line: 1, id: "101", name: "Perfume" }],
      notUnderstood: [{ line: 5, text: "nonsense", reason: "unknown" }],
      ambiguous: [{ line: 4, text: "other", candidates: [{ id: "103", name: "Other" }, { id: "104" }] }],
      noRoom: [],
    });
    expect(await orderOf(ctx, id)).toEqual(["101", "102"]);
    const again = await pasteWatchItems(ctx, id, { text: "perfume\nESSENCE", region: "GB" });
    expect(again.added).toHaveLength(2);
  });

  test("are at most 1,000, and what has no room is named", async () => {
    const ctx = await makeTeam();
    await learn(ctx, { 5001: "Perfume", 5002: "Serum" });
    const { id } = await make(ctx);
    await given.database.superuserPool.query(
      `insert into watch_item (team_id, id, watchlist_id, category_id, region, place, added_at)
       select $1, gen_random_uuid(), $2, n::text, 'US', n, now() from generate_series(1, 999) n`,
      [ctx.team.id, id],
    );
    const report = await pasteWatchItems(ctx, id, { text: "5001\n5002", region: "US" });
    expect(report).toMatchObject({ added: [{ id: "5001" }], noRoom: [{ id: "5002", line: 2 }] });
    await expect(add(ctx, id, "6001")).rejects.toMatchObject({
      details: { errors: [{ path: "categoryId", message: "list_full" }] },
    });
    const { items } = await readWatchlistItems(ctx, id);
    expect(items).toHaveLength(1000);
    await updateWatchItem(ctx, { listId: id, itemId: items[999]?.id ?? "" }, { place: 1 });
    expect((await orderOf(ctx, id)).slice(0, 2)).toEqual(["5001", "1"]);
    await expect(pasteWatchItems(ctx, id, { text: "1\n".repeat(1001), region: "US" })).rejects.toMatchObject({
      details: { errors: [{ path: "text", message: "paste_too_long" }] },
    });
  });
});

describe("by role", () => {
  test("a viewer reads lists and changes none", async () => {
    const owner = await makeTeam();
    const viewer = await makeMember(owner, "viewer");
    const list = await make(owner);
    const { id: itemId } = await add(owner, list.id, "101");
    expect(await orderOf(viewer, list.id)).toEqual(["101"]);
    for (const tried of [
      () => make(viewer),
      () => updateWatchlist(viewer, list.id, { name: "x" }),
      () => deleteWatchlist(viewer, list.id),
      () => restoreWatchlist(viewer, list.id),
      () => add(viewer, list.id, "102"),
      () => pasteWatchItems(viewer, list.id, { text: "101", region: "US" }),
      () => updateWatchItem(viewer, { listId: list.id, itemId }, { note: "x" }),
      () => removeWatchItem(viewer, { listId: list.id, itemId }),
    ]) {
      await expect(tried()).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test.each(["analyst", "admin"] as const)(
    "an %s makes and changes team-visible ones, also of others",
    async (role) => {
      const owner = await makeTeam();
      const member = await makeMember(owner, role);
      const list = await make(owner);
      await add(member, list.id, "101");
      expect(await updateWatchlist(member, list.id, { name: "Together" })).toMatchObject({ name: "Together" });
      expect((await make(member)).maker?.id).toBe(member.member.id);
    },
  );
});

describe("over HTTP", () => {
  test("a list and an item answer 201 with their id, an item that was there 200; bad input names its field", async () => {
    const ctx = await makeTeam();
    const cookie = await signedIn(ctx.member.userId);
    const call = { cookie, query: { team: ctx.team.slug }, method: "POST" };
    const made = await callApi(makeRoute, { ...call, json: { name: "  Beauty  US " } });
    expect(made).toMatchObject({ status: 201, body: { name: "Beauty US", window: "7", shared: true } });
    const params = { id: String(made.body.id) };
    const item = await callApi(itemsRoute, { ...call, params, json: { categoryId: "601583", region: "US" } });
    const twice = await callApi(itemsRoute, { ...call, params, json: { categoryId: "601583", region: "US" } });
    expect([item.status, twice.status, twice.body.id]).toEqual([201, 200, item.body.id]);
    const bad: [typeof makeRoute, object, string][] = [
      [makeRoute, {}, "name"],
      [makeRoute, { name: "   " }, "name"],
      [makeRoute, { name: "x", window: "8" }, "window"],
      [makeRoute, { name: "x", color: "pink" }, "color"],
      [itemsRoute, { categoryId: "Perfume", region: "US" }, "categoryId"],
      [itemsRoute, { categoryId: "1", region: "XX" }, "region"],
      [itemsRoute, { categoryId: "1", region: "US", tags: "gift" }, "tags"],
      [pasteRoute, { text: " \n ", region: "US" }, "text"],
    ];
    for (const [route, json, path] of bad) {
      const answer = await callApi(route, { ...call, params, json });
      expect([path, answer.status, answer.body.errors]).toMatchObject([path, 400, [{ path }]]);
    }
    const read = await callApi(listsRoute, { cookie, query: { team: ctx.team.slug } });
    expect(read.body.items).toMatchObject([{ id: made.body.id, itemCount: 1 }]);
  });
});
