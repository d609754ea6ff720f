import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import { createSearch } from "./create-search";
import { exportSearches } from "./export-searches";
import { readSearchesPage } from "./read-searches";
import { createSearchSchema } from "./schemas";

const given = purchases();

const save = (ctx: TeamContext, over: Record<string, unknown>) =>
  createSearch(ctx, createSearchSchema.parse({ name: "US, all", region: "US", window: "7", pages: 1, ...over }));
const found = async (ctx: TeamContext, q: string) =>
  (await readSearchesPage(ctx, { q, page: 1 })).items.map(({ name }) => name).sort();

/** So many searches, the last the newest. */
const fill = (ctx: TeamContext, most: number) =>
  asTeam(
    ctx.team.id,
    (tx) => tx.$executeRaw`
      insert into saved_search (team_id, id, upstream, name, region, "window", pages, created_at, updated_at)
      select ${ctx.team.id}::uuid, gen_random_uuid(), 'sandbox', 'search ' || n, 'US', '7', 1,
        now() - n * interval '1 minute', now() from generate_series(1, ${most}::int) n`,
  );

describe("the pages of the list of searches", () => {
  test("hold fifty each, newest first, and end with the last", async () => {
    const ctx = await makeTeam();
    await fill(ctx, 120);
    const second = await readSearchesPage(ctx, { q: "", page: 2 });
    expect(second).toMatchObject({ total: 120, page: 2, pages: 3 });
    expect(second.items.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, nth) => `search ${nth + 51}`));
    const beyond = await readSearchesPage(ctx, { q: "", page: 9 });
    expect([beyond.page, beyond.items.length, beyond.items.at(-1)?.name]).toEqual([3, 20, "search 120"]);
  });

  test("are of what a text is found in: name, tag, keyword, or a category's name, also an own one", async () => {
    const ctx = await makeTeam();
    await given.database.superuserPool.query(
      `insert into category (team_id, upstream, id, level, name, first_seen_at, last_seen_at)
       values ($1, 'sandbox', '601583', 3, 'Perfume', now(), now()), ($1, 'sandbox', '601584', 3, 'Lipstick', now(), now())`,
      [ctx.team.id],
    );
    await saveCategoryName(ctx, "601584", { name: "口红", aliases: [] });
    await save(ctx, { name: "Everything" });
    await save(ctx, { name: "Scents", category: "601583" });
    await save(ctx, { name: "Lips", category: "601584" });
    await save(ctx, { name: "Weekly", tags: ["for perfumers"] });
    await save(ctx, { name: "Asked", q: "solid perfume" });
    await save(ctx, { name: "100% sure" });
    expect(await found(ctx, "PERFUME")).toEqual(["Asked", "Scents", "Weekly"]);
    expect(await found(ctx, "口红")).toEqual(["Lips"]);
    expect(await found(ctx, "everyth")).toEqual(["Everything"]);
    // Signs that mean something to the database are signs like others.
    expect(await found(ctx, "%")).toEqual(["100% sure"]);
    expect(await found(ctx, "_")).toEqual([]);
    expect(await found(ctx, "\\")).toEqual([]);
    expect(await readSearchesPage(ctx, { q: "nowhere", page: 3 })).toEqual({ items: [], total: 0, page: 1, pages: 1 });
  });

  test("count and hold somebody else's private ones for nobody but them", async () => {
    const owner = await makeTeam();
    const other = await makeMember(owner, "admin");
    await save(other, { name: "Theirs", shared: false });
    await save(owner, { name: "Ours" });
    expect(await readSearchesPage(owner, { q: "", page: 1 })).toMatchObject({ total: 1, items: [{ name: "Ours" }] });
    expect(await readSearchesPage(other, { q: "", page: 1 })).toMatchObject({ total: 2 });
    expect(await found(owner, "Theirs")).toEqual([]);
  });

  test("are one file with all of them", async () => {
    const ctx = await makeTeam();
    await fill(ctx, 1200);
    const names: string[] = [];
    for await (const items of exportSearches(ctx)) names.push(...items.map(({ name }) => name));
    expect(names).toEqual(Array.from({ length: 1200 }, (_, nth) => `search ${nth + 1}`));
  });
});
