import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { readEntries } from "@/lib/credits/read-entries";
import { readSummary } from "@/lib/credits/read-summary";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { createSearch } from "./create-search";
import { deleteSearch } from "./delete-search";
import { executeRun } from "./execute-run";
import { readRun } from "./read-run";
import { readSearch, readSearches } from "./read-searches";
import { restoreSearch } from "./restore-search";
import { runSearch } from "./run-search";
import { createSearchSchema, type RunOrderInput, updateSearchSchema } from "./schemas";
import { updateSearch } from "./update-search";

const given = purchases();

const input = (over: Record<string, unknown> = {}) =>
  createSearchSchema.parse({ name: "US, all", region: "US", window: "7", pages: 3, ...over });
const save = (ctx: TeamContext, over: Record<string, unknown> = {}) => createSearch(ctx, input(over));

async function runThrough(ctx: TeamContext, id: string, order: RunOrderInput = {}) {
  const answer = await runSearch(ctx, id, order);
  if (!("runId" in answer)) throw new Error("It was a dry run");
  await executeRun(ctx.team.id, answer.runId, new AbortController().signal);
  return readRun(ctx, answer.runId);
}

const setRole = (ctx: TeamContext, data: object) =>
  asTeam(ctx.team.id, (tx) =>
    tx.membership.update({ where: { teamId_id: { teamId: ctx.team.id, id: ctx.member.id } }, data }),
  );

describe("a saved search", () => {
  test("is the team's by default, keeps its question, and costs nothing to save", async () => {
    const ctx = await makeTeam();
    const made = await save(ctx, {
      name: "  US   all ",
      category: "601583",
      q: " face  mist ",
      tags: ["a", " a ", ""],
    });
    expect(made).toMatchObject({ name: "US all", category: "601583", q: "face mist", shared: true, tags: ["a"] });
    const viewer = await makeMember(ctx, "viewer");
    const { items } = await readSearches(viewer);
    expect(items).toMatchObject([
      { id: made.id, maker: { name: ctx.member.name }, lastRun: null, runCredits: 6, storedPages: 0 },
    ]);
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("names each mistake at its field", () => {
    const wrong = { name: " ", region: "UK", window: "8", q: "FALSE", pages: 26, tags: ["x".repeat(31)] };
    const { error } = createSearchSchema.safeParse(wrong);
    expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["name", "label_missing"],
      ["region", "region_unknown"],
      ["window", "window_unknown"],
      ["q", "keyword_false"],
      ["pages", "pages_unknown"],
      ["tags.0", "tag_too_long"],
    ]);
  });

  test("of a month that has not begun is refused, also when it is changed to one", async () => {
    const ctx = await makeTeam();
    const refusal = { code: "invalid_request", details: { errors: [{ path: "window", message: "window_future" }] } };
    await expect(save(ctx, { window: "2099-01" })).rejects.toMatchObject(refusal);
    const { id } = await save(ctx);
    await expect(updateSearch(ctx, id, { window: "2099-01" })).rejects.toMatchObject(refusal);
  });

  test("that is private is its maker's alone, also against admins, and may be made team-visible later", async () => {
    const owner = await makeTeam();
    const analyst = await makeMember(owner, "analyst");
    const { id } = await save(analyst, { shared: false });
    expect((await readSearches(owner)).items).toEqual([]);
    const missing = { code: "not_found" };
    await expect(readSearch(owner, id)).rejects.toMatchObject(missing);
    await expect(updateSearch(owner, id, { name: "mine" })).rejects.toMatchObject(missing);
    await expect(deleteSearch(owner, id)).rejects.toMatchObject(missing);
    await expect(runSearch(owner, id, { dryRun: true })).rejects.toMatchObject(missing);
    await updateSearch(analyst, id, { shared: true });
    expect(await readSearch(owner, id)).toMatchObject({ shared: true });
    await expect(updateSearch(owner, id, { shared: false })).rejects.toMatchObject({
      details: { errors: [{ path: "shared", message: "private_only_maker" }] },
    });
  });

  test("is changed by whoever may write, and not by viewers", async () => {
    const owner = await makeTeam();
    const { id } = await save(owner);
    const analyst = await makeMember(owner, "analyst");
    expect(await updateSearch(analyst, id, { name: "Renamed", q: "mist" })).toMatchObject({
      name: "Renamed",
      q: "mist",
    });
    expect(await updateSearch(analyst, id, updateSearchSchema.parse({ q: "", category: null }))).toMatchObject({
      q: null,
      category: null,
    });
    const viewer = await makeMember(owner, "viewer");
    for (const tried of [
      updateSearch(viewer, id, { name: "x" }),
      deleteSearch(viewer, id),
      save(viewer),
      runSearch(viewer, id, { dryRun: true }),
    ]) {
      await expect(tried).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("that two edit at once keeps the first one's change and tells the second", async () => {
    const ctx = await makeTeam();
    const { id, version } = await save(ctx);
    const results = await Promise.allSettled(["one", "two"].map((name) => updateSearch(ctx, id, { name, version })));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")).toMatchObject({
      reason: { code: "conflict", details: { reason: "edited_meanwhile" } },
    });
    expect(await updateSearch(ctx, id, { name: "three" })).toMatchObject({ name: "three", version: version + 2 });
  });

  test("is deleted and had back whole", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx);
    const run = await runThrough(ctx, id);
    await deleteSearch(ctx, id);
    expect((await readSearches(ctx)).items).toEqual([]);
    await expect(readSearch(ctx, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteSearch(ctx, id)).rejects.toMatchObject({ code: "not_found" });
    await restoreSearch(ctx, id);
    expect(await readSearch(ctx, id)).toMatchObject({ name: "US, all", lastRun: { id: run.id } });
    await expect(restoreSearch(ctx, id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of a member who left is the team's when it is team-visible, and nobody's to see when it was private", async () => {
    const owner = await makeTeam();
    const leaving = await makeMember(owner, "analyst");
    const { id } = await save(leaving);
    await save(leaving, { shared: false });
    await setRole(leaving, { removedAt: new Date() });
    expect((await readSearches(owner)).items).toMatchObject([{ id, maker: null }]);
    expect(await updateSearch(owner, id, { notes: "ours now" })).toMatchObject({ notes: "ours now" });
  });

  test("belongs to the upstream it was made on, and without one there is none", async () => {
    const ctx = await makeTeam();
    await save(ctx);
    const live = { ...ctx, team: { ...ctx.team, upstream: "live" } } as TeamContext;
    expect((await readSearches(live)).items).toEqual([]);
    const none = await makeTeam({ upstream: null });
    await expect(save(none)).rejects.toMatchObject({ code: "key_missing" });
    expect(await readSearches(none)).toEqual({ items: [] });
  });
});

describe("a run of a search", () => {
  test("is priced before, buys only what is not fresh, and never more than the price", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx);
    expect(await runSearch(ctx, id, { dryRun: true })).toMatchObject({
      credits: 6,
      requests: [{ page: 1 }, { page: 2 }, { page: 3 }],
    });
    expect(given.upstream.seen).toHaveLength(0);
    expect(await runThrough(ctx, id)).toMatchObject({ state: "done", bought: 3, creditsSpent: 6, maxCredits: 6 });
    expect(await runSearch(ctx, id, { dryRun: true })).toEqual({ credits: 0, requests: [] });
    expect(await readSearch(ctx, id)).toMatchObject({ runCredits: 0, storedPages: 3, askedPages: 3 });
    expect(await runThrough(ctx, id)).toMatchObject({ state: "done", bought: 0, done: 3, creditsSpent: 0 });
    await updateSearch(ctx, id, { pages: 5 });
    expect(await runThrough(ctx, id)).toMatchObject({ bought: 2, creditsSpent: 4 });
    expect(await runThrough(ctx, id, { maxAgeMinutes: 0, maxCredits: 4 })).toMatchObject({
      state: "failed",
      problem: "max_credits",
      creditsSpent: 4,
    });
    await expectExact(ctx);
  });

  test("above the amount that the team wants confirmed starts only when it is", async () => {
    const ctx = await makeTeam();
    await asTeam(ctx.team.id, (tx) => tx.team.update({ where: { id: ctx.team.id }, data: { confirmAboveCredits: 4 } }));
    const { id } = await save(ctx);
    await expect(runSearch(ctx, id, {}, "press")).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "confirm_needed", priceCredits: 6, left: null },
    });
    expect(await runThrough(ctx, id, { maxCredits: 4 })).toMatchObject({ creditsSpent: 4 });
    expect(await runThrough(ctx, id, { maxAgeMinutes: 0, confirmed: true })).toMatchObject({ creditsSpent: 6 });
  });

  test("leaves out pages behind the end that the last answer told", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_request, response) => {
      const pagination = { page: 1, size: 20, total: 7, has_more: false };
      json(response, 200, wirePage([], { data: { list: [wireRow(1)], pagination } }));
    });
    const { id } = await save(ctx, { pages: 25, q: "mist" });
    expect(await runThrough(ctx, id)).toMatchObject({ state: "done", bought: 1, skipped: 24, creditsSpent: 2 });
    expect(await runSearch(ctx, id, { dryRun: true, maxAgeMinutes: 0 })).toMatchObject({ credits: 2 });
    expect(await readSearch(ctx, id)).toMatchObject({ askedPages: 1, storedPages: 1 });
  });

  test("is one run for one Idempotency-Key, with the search noted on each of its requests", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx, { pages: 1 });
    const [one, two] = await Promise.all([1, 2].map(() => runSearch(ctx, id, {}, "press-1")));
    expect(one).toEqual(two);
    await executeRun(ctx.team.id, (one as { runId: string }).runId, new AbortController().signal);
    const { rows } = await given.database.superuserPool.query(
      "select search_id, purpose from credit_request where team_id = $1",
      [ctx.team.id],
    );
    expect(rows).toEqual([{ search_id: id, purpose: "search" }]);
  });

  test("stands in the ledger and in the sums by its name, for others of a private one without it", async () => {
    const owner = await makeTeam();
    const analyst = await makeMember(owner, "analyst");
    const { id: own } = await save(analyst, { name: "Secret niche", shared: false, pages: 1 });
    const { id: all } = await save(analyst, { name: "Everybody's", region: "GB", pages: 1 });
    await runThrough(analyst, own);
    await runThrough(analyst, all);
    const namesFor = async (ctx: TeamContext) => {
      const { groups } = await readSummary(ctx, { groupBy: "search" });
      const { items } = await readEntries(ctx, {});
      return [groups.map(({ name }) => name).sort(), items.map(({ keptFor }) => keptFor?.name)];
    };
    expect(await namesFor(analyst)).toEqual([
      ["Everybody's", "Secret niche"],
      ["Everybody's", "Secret niche"],
    ]);
    expect(await namesFor(owner)).toEqual([
      ["Everybody's", "private search"],
      ["Everybody's", null],
    ]);
  });
});

describe("the lists of searches", () => {
  /** The plan for a table so large that only an index pays. */
  async function planOf(ctx: TeamContext, sql: string, values: unknown[]): Promise<string> {
    const client = await given.database.appPool.connect();
    try {
      await client.query("begin");
      await client.query("select set_config('app.team', $1, true)", [ctx.team.id]);
      const { rows } = await client.query(`explain ${sql}`, values);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    } finally {
      await client.query("rollback");
      client.release();
    }
  }

  test("read their rows through their indexes, also when the tables are large", async () => {
    const ctx = await makeTeam();
    const other = await makeTeam();
    const { id } = await save(ctx);
    const fill = given.database.superuserPool;
    await fill.query(
      `insert into saved_search (team_id, id, upstream, name, region, "window", pages, created_at, updated_at)
       select case when n % 50 = 0 then $1::uuid else $2::uuid end, gen_random_uuid(), 'sandbox', 'x', 'US', '7', 1,
         now() - n * interval '1 minute', now() from generate_series(1, 20000) n`,
      [ctx.team.id, other.team.id],
    );
    await fill.query(
      `insert into run (team_id, id, upstream, kind, search_id, member_id, input_hash, max_age_minutes, max_credits, state,
         requested_at, finished_at)
       select $1::uuid, gen_random_uuid(), 'sandbox', 'search', s.id, $2::uuid, '', 0, 0, 'done', now(), now()
       from saved_search s cross join generate_series(1, 20) where s.team_id = $1::uuid`,
      [ctx.team.id, ctx.member.id],
    );
    await fill.query("analyze saved_search; analyze run");
    const list = await planOf(
      ctx,
      `select * from saved_search where team_id = $1 and upstream = 'sandbox' and deleted_at is null
         and (shared or member_id = $2) order by created_at desc, id desc limit 500`,
      [ctx.team.id, ctx.member.id],
    );
    // Either index leads to the team's own rows and to no others.
    expect(list).toMatch(/Index (?:Only )?Scan .*saved_search_(?:pkey|team_id_upstream_created_at_idx)/);
    expect(list).not.toContain("Seq Scan");
    const newest = await planOf(
      ctx,
      "select id from run where team_id = $1 and search_id = $2 order by requested_at desc limit 1",
      [ctx.team.id, id],
    );
    expect(newest).toContain("run_team_id_search_id_requested_at_idx");
    expect(newest).not.toContain("Sort");
  });
});
