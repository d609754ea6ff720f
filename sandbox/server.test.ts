import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ask, call, type RawAnswer } from "./raw-http";
import { startSandbox } from "./server";

const NOW = { "x-sandbox-now": "2026-11-23T12:00:00Z" };
const sandbox = await startSandbox({ seed: "server", monotonicMs: ticking() });
afterAll(() => sandbox.close());

/** A clock that is a second further at each look, so that no rate is ever reached. */
function ticking(): () => number {
  let ms = 0;
  return () => {
    ms += 1000;
    return ms;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the wire brings.
function read(answer: RawAnswer): any {
  return JSON.parse(answer.body);
}

async function page(query: Record<string, string>, now: Record<string, string> = NOW) {
  const answer = await ask(sandbox.url, "sandbox-reader", query, now);
  expect(answer.status).toBe(200);
  return read(answer).data;
}

// biome-ignore lint/suspicious/noExplicitAny: see above.
const idsOf = (data: any): string[] => data.list.map((row: any) => row.third_ecom_category.id);

test("the envelope, the paging and a row have exactly the fields of the vendor's sample", async () => {
  const answer = await ask(sandbox.url, "sandbox-a", { region: "US", time_scope: "7" }, NOW);
  const envelope = read(answer);
  expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  expect(Object.keys(envelope).sort()).toEqual(["code", "data", "message", "requestId"]);
  expect([envelope.code, envelope.message]).toEqual([0, "success"]);
  expect(envelope.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(envelope.data.pagination).toMatchObject({ page: 1, size: 20, has_more: true });
  expect(Object.keys(envelope.data.list[0])).toEqual(
    `comment cost cover_url cpa ctr cvr ecom_type first_ecom_category impression like play_six_rate post post_change
    second_ecom_category share third_ecom_category url_title`.split(/\s+/),
  );
});

test("without parameters it answers yesterday of all regions, 20 rows from the first", async () => {
  const plain = await page({});
  expect(plain).toEqual(
    await page({
      search_keyword: "FALSE",
      page: "1",
      limit: "20",
      time_scope: "1",
      region: "all_regions",
      ecom_category_id: "",
    }),
  );
  expect(plain.list).toHaveLength(20);
});

test("a limit above 20 is 20", async () => {
  expect(await page({ region: "US", limit: "500" })).toEqual(await page({ region: "US", limit: "20" }));
});

test("pages tile the ranking without a hole or a duplicate, whatever the limit", async () => {
  const whole: string[] = [];
  for (let n = 1, more = true; more; n++) {
    const data = await page({ region: "UY", time_scope: "7", page: String(n) });
    whole.push(...idsOf(data));
    more = data.pagination.has_more;
  }
  expect(new Set(whole).size).toBe(whole.length);
  const last = await page({ region: "UY", time_scope: "7", page: String(whole.length), limit: "1" });
  expect([idsOf(last), last.pagination.has_more]).toEqual([whole.slice(-1), false]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 400 }), async (limit, n) => {
      const data = await page({ region: "UY", time_scope: "7", page: String(n), limit: String(limit) });
      expect(idsOf(data)).toEqual(whole.slice((n - 1) * limit, n * limit));
      const { length } = data.list;
      const has_more = n * limit < whole.length;
      expect(data.pagination).toEqual({ page: n, size: length, total: whole.length, has_more });
    }),
    { numRuns: 40 },
  );
});

test("a keyword is looked for in all three names, in any case; FALSE and nothing are no search", async () => {
  const all = await page({ region: "US", time_scope: "7" });
  for (const search_keyword of ["FALSE", "", "  "]) {
    expect(await page({ region: "US", time_scope: "7", search_keyword })).toEqual(all);
  }
  const found = await page({ region: "US", time_scope: "7", search_keyword: " pERFume" });
  expect(found.pagination.total).toBeGreaterThan(1);
  for (const row of found.list) {
    const names = [row.first_ecom_category, row.second_ecom_category, row.third_ecom_category].map(
      (node) => node.value,
    );
    expect(names.join("\n").toLowerCase()).toContain("perfume");
  }
  expect((await page({ region: "US", search_keyword: "false" })).list).toEqual([]);
});

test("a third-level id gives its one row; a first level, a second level or an unknown id gives none", async () => {
  const query = { region: "US", time_scope: "7" };
  const one = await page({ ...query, ecom_category_id: "601583" });
  expect(idsOf(one)).toEqual(["601583"]);
  expect(one.pagination).toEqual({ page: 1, size: 1, total: 1, has_more: false });
  for (const ecom_category_id of ["601450", "848648", "999", "x"]) {
    const data = await page({ ...query, ecom_category_id });
    expect(data).toEqual({ list: [], pagination: { page: 1, size: 0, total: 0, has_more: false } });
  }
  expect((await page({ ...query, ecom_category_id: "601583", search_keyword: "shoes" })).list).toEqual([]);
});

test("an unknown region, a month that is gone and a page beyond the end are empty, and charged", async () => {
  const before = read(await call(`${sandbox.url}/__sandbox/charges`)).charged;
  expect((await page({ region: "UK" })).pagination.total).toBe(0);
  expect((await page({ region: "US", time_scope: "2026-06" })).list).toEqual([]);
  expect((await page({ region: "US", time_scope: "2026-07" })).list).toHaveLength(20);
  const beyond = await page({ region: "US", page: "40" });
  expect(beyond.list).toEqual([]);
  expect(beyond.pagination).toMatchObject({ page: 40, size: 0, has_more: false });
  expect(beyond.pagination.total).toBeGreaterThan(300);
  expect(read(await call(`${sandbox.url}/__sandbox/charges`)).charged).toBe(before + 4);
});

test("a parameter that cannot be read is a 400, free of charge", async () => {
  for (const text of ["page=0", "page=x", "limit=-1", "limit=2.5", "time_scope=14"]) {
    const query = Object.fromEntries(new URLSearchParams(text));
    const answer = await ask(sandbox.url, "sandbox-400", query);
    expect(answer.status).toBe(400);
    expect(read(answer)).toMatchObject({ code: 400, data: null });
  }
  const { byKey } = read(await call(`${sandbox.url}/__sandbox/charges`));
  expect(byKey["sandbox-400"]).toEqual({ requests: 5, charged: 0, credits: 0, balance: 1_000_000 });
});

test("it follows the clock of the header, and the figures of a day appear at 06:00 UTC", async () => {
  const query = { region: "US", time_scope: "1" };
  const at = (time: string) => page(query, { "x-sandbox-now": time });
  const noon = await at("2026-11-23T12:00:00Z");
  expect(await at("2026-11-23T06:00:00.000Z")).toEqual(noon);
  expect(await at("2026-11-24T05:59:59Z")).toEqual(noon);
  expect(await at("2026-11-24T06:00:00Z")).not.toEqual(noon);
  expect(await at("2026-11-23T05:00:00Z")).toEqual(await at("2026-11-22T23:00:00Z"));
});

test("without a header, or with one that is no time, the real clock holds", async () => {
  const query = { region: "US", time_scope: "7" };
  const real = await page(query, {});
  expect(await page(query, { "x-sandbox-now": "some day" })).toEqual(real);
  expect(await page(query, { "x-sandbox-now": "2020-01-01T12:00:00Z" })).not.toEqual(real);
});

test("no key and keys that are not the sandbox's are 401, and such a key is written down nowhere", async () => {
  const url = `${sandbox.url}/v1/tiktok/insights/products`;
  for (const authorization of [undefined, "Bearer ", "Basic eDp5"]) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    expect(read(await call(url, { headers }))).toEqual({ code: 401, message: "apiKey is null", data: null });
  }
  for (const key of ["sk_live_1234", "my-sandbox", "sandbox-fault-nope"]) {
    const answer = await ask(sandbox.url, key);
    expect([answer.status, read(answer).message]).toEqual([401, "apiKey is invalid"]);
  }
  const charges = await call(`${sandbox.url}/__sandbox/charges`);
  expect(charges.body).not.toContain("sk_live_1234");
  expect(read(charges).log.at(-3)).toMatchObject({ key: "(rejected)", status: 401, charged: false });
});

test("other addresses and verbs are refused, and counted", async () => {
  const before = read(await call(`${sandbox.url}/__sandbox/charges`)).requests;
  const headers = { authorization: "Bearer sandbox-a" };
  expect((await call(`${sandbox.url}/v1/account/balance`, { headers })).status).toBe(404);
  expect((await call(`${sandbox.url}/v1/tiktok/insights/products`, { headers, method: "POST" })).status).toBe(405);
  expect((await call(`${sandbox.url}/__sandbox/nope`)).status).toBe(404);
  expect(read(await call(`${sandbox.url}/__sandbox/charges`)).requests).toBe(before + 2);
});

test("health tells what it is", async () => {
  expect(read(await call(`${sandbox.url}/__sandbox/health`))).toMatchObject({ ok: true, seed: "server", regions: 60 });
});

test("a port that is taken is an error, not a crash", async () => {
  await expect(startSandbox({ port: sandbox.port })).rejects.toThrow(/EADDRINUSE/);
});

test("two sandboxes of one seed answer alike", async () => {
  const twin = await startSandbox({ seed: "server" });
  const query = { region: "ID", time_scope: "30", page: "3" };
  expect(read(await ask(twin.url, "sandbox-x", query, NOW)).data).toEqual(await page(query));
  await twin.close();
});
