import { afterAll, beforeEach, expect, test } from "vitest";
import { FAULT_NAMES, faultOfKey } from "./faults";
import { ask, call, type RawAnswer } from "./raw-http";
import { startSandbox } from "./server";

const NOW = { "x-sandbox-now": "2026-11-23T12:00:00Z" };
const sandbox = await startSandbox({ seed: "faults" });
afterAll(() => sandbox.close());
beforeEach(async () => {
  await call(`${sandbox.url}/__sandbox/charges`, { method: "DELETE" });
  await call(`${sandbox.url}/__sandbox/faults`, { method: "DELETE" });
});

const QUERY = { region: "US", time_scope: "7", page: "2" };
const NORMAL = read(await ask(sandbox.url, "sandbox-normal", QUERY, NOW));
const TOP = read(await ask(sandbox.url, "sandbox-normal", { ...QUERY, page: "1" }, NOW));

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the wire brings.
function read(answer: RawAnswer): any {
  return JSON.parse(answer.body);
}

/** Asks with the key of a fault; says what came, and whether the sandbox charged. */
async function fail(name: string, query: Record<string, string> = QUERY) {
  const answer = await ask(sandbox.url, `sandbox-fault-${name}`, query, NOW);
  const { charged, log } = read(await call(`${sandbox.url}/__sandbox/charges`));
  return { ...answer, charged, logged: log.at(-1) };
}

test.each([
  ["401", 401, "apiKey is invalid"],
  ["402", 402, "apiKey quota is not enough"],
  ["403", 403, "apiKey has no permission for this endpoint"],
  ["429", 429, "qps limit exceeded"],
  ["500", 500, "Internal server error"],
])("%s is that status with the documented body, no requestId, no charge", async (name, status, message) => {
  const answer = await fail(name);
  expect(answer.status).toBe(status);
  expect(read(answer)).toEqual({ code: status, message, data: null });
  expect(answer.headers["retry-after"]).toBeUndefined();
  expect(answer.charged).toBe(0);
  expect(answer.logged).toMatchObject({ status, fault: name, charged: false });
});

test("429-retry-after names the seconds to wait", async () => {
  const answer = await fail("429-retry-after");
  expect([answer.status, answer.headers["retry-after"], answer.charged]).toEqual([429, "1", 0]);
});

test("code-not-0 is a 200 with another code, not charged", async () => {
  const answer = await fail("code-not-0");
  expect(answer.status).toBe(200);
  expect(read(answer)).toMatchObject({ code: 10001, data: null });
  expect(answer.charged).toBe(0);
});

test("code-string is a good answer whose code is the text 0, charged", async () => {
  const answer = await fail("code-string");
  expect(read(answer)).toMatchObject({ code: "0", data: NORMAL.data });
  expect(answer.charged).toBe(1);
});

test("nested-50004 is a failure inside a success, not charged", async () => {
  const answer = await fail("nested-50004");
  expect(answer.status).toBe(200);
  expect(read(answer)).toMatchObject({ code: 0, data: { code: 50004, msg: "no available es index" } });
  expect(answer.charged).toBe(0);
});

test("data-null, empty-list and no-pagination are charged", async () => {
  expect(read(await fail("data-null"))).toMatchObject({ code: 0, data: null });
  expect(read(await fail("empty-list")).data).toEqual({
    list: [],
    pagination: { page: 2, size: 0, total: 0, has_more: false },
  });
  const last = await fail("no-pagination");
  expect(read(last).data).toEqual({ list: NORMAL.data.list });
  expect(last.charged).toBe(3);
});

test("string-numbers sends every number of rows and paging as text, and null as null", async () => {
  const answer = await fail("string-numbers");
  const { list, pagination } = read(answer).data;
  const [row] = NORMAL.data.list;
  expect(list[0]).toMatchObject({
    post: String(row.post),
    ctr: String(row.ctr),
    like: String(row.like),
    cover_url: null,
  });
  expect(list[0].third_ecom_category).toEqual(row.third_ecom_category);
  expect(pagination).toEqual({ page: "2", size: "20", total: String(NORMAL.data.pagination.total), has_more: true });
  expect([read(answer).code, answer.charged]).toEqual([0, 1]);
});

test("null-category leaves out each level in turn", async () => {
  const { list } = read(await fail("null-category")).data;
  expect(list[0].first_ecom_category).toBeNull();
  expect(list[1].second_ecom_category).toBeNull();
  expect(list[2].third_ecom_category).toBeNull();
  expect(list[2].first_ecom_category).toEqual(NORMAL.data.list[2].first_ecom_category);
});

test("tab-names and nul-in-name change the names and nothing else", async () => {
  const [row] = NORMAL.data.list;
  const tab = read(await fail("tab-names")).data.list[0];
  expect(tab.third_ecom_category).toEqual({
    ...row.third_ecom_category,
    value: `${row.third_ecom_category.value}\t`,
  });
  const answer = await fail("nul-in-name");
  expect(answer.body).toContain("\\u0000");
  const [nul] = read(answer).data.list;
  expect(nul.third_ecom_category.value.replace("\u0000", "")).toBe(row.third_ecom_category.value);
  expect(nul.third_ecom_category.value).toContain("\u0000");
  expect(nul.post).toBe(row.post);
});

test("html is a 200 that is no JSON, charged", async () => {
  const answer = await fail("html");
  expect([answer.status, answer.whole, answer.charged]).toEqual([200, true, 1]);
  expect(answer.headers["content-type"]).toContain("text/html");
  expect(answer.body).toMatch(/^<!DOCTYPE html>/);
});

test("truncated-json is a whole HTTP answer whose JSON stops short, charged", async () => {
  const answer = await fail("truncated-json");
  expect([answer.status, answer.whole, answer.charged]).toEqual([200, true, 1]);
  expect(Number(answer.headers["content-length"])).toBe(Buffer.byteLength(answer.body));
  expect(answer.body).toMatch(/^\{"code":0/);
  expect(() => JSON.parse(answer.body)).toThrow(SyntaxError);
});

test("cut-before ends the connection before any byte, not charged, and is still counted as a request", async () => {
  const answer = await fail("cut-before");
  expect([answer.status, answer.body, answer.charged]).toEqual([null, "", 0]);
  expect(answer.logged).toMatchObject({ status: null, fault: "cut-before", charged: false });
});

test("cut-in-body delivers half of what its length says, charged", async () => {
  const answer = await fail("cut-in-body");
  expect([answer.status, answer.whole, answer.charged]).toEqual([200, false, 1]);
  expect(Buffer.byteLength(answer.body)).toBe(Math.floor(Number(answer.headers["content-length"]) / 2));
});

test("slow answers as usual after the milliseconds of its key, and charges before", async () => {
  const start = performance.now();
  const answer = await fail("slow-30-x");
  expect(performance.now() - start).toBeGreaterThan(25);
  expect(read(answer).data).toEqual(NORMAL.data);
  expect(answer.charged).toBe(1);
});

test("slow holds an answer back for a minute unless told otherwise, and does not keep the server from closing", async () => {
  const own = await startSandbox({ seed: "faults" });
  const waiting = ask(own.url, "sandbox-fault-slow", QUERY, NOW);
  const counted = async (): Promise<number> => read(await call(`${own.url}/__sandbox/charges`)).charged || counted();
  expect(await counted()).toBe(1);
  await own.close();
  expect((await waiting).status).toBeNull();
});

test("field-missing, other-unit, short-ranking and other-ids change the shape of a good answer, charged", async () => {
  const shapes = [];
  for (const name of ["field-missing", "other-unit", "short-ranking", "other-ids"]) {
    const { data } = read(await fail(name));
    const [row] = data.list;
    shapes.push([row.ctr, row.cost, row.third_ecom_category.id, data.list.length, data.pagination.total]);
  }
  const [{ ctr, cost, third_ecom_category: third }] = NORMAL.data.list;
  const { total } = NORMAL.data.pagination;
  expect(shapes).toEqual([
    [undefined, cost, third.id, 20, total],
    [ctr, cost * 100, third.id, 20, total],
    [ctr, cost, third.id, 10, 10],
    [ctr, cost, `9${third.id}`, 20, total],
  ]);
});

test("duplicate-row repeats the last row of the page before, and only where there is one", async () => {
  const { list, pagination } = read(await fail("duplicate-row")).data;
  expect(list[0]).toEqual(TOP.data.list.at(-1));
  expect(list.slice(1)).toEqual(NORMAL.data.list.slice(0, -1));
  expect(pagination).toEqual(NORMAL.data.pagination);
  expect(read(await fail("duplicate-row", { ...QUERY, page: "1" })).data).toEqual(TOP.data);
});

test("unreadable-shape is code 0 with a list that is none, charged", async () => {
  const answer = await fail("unreadable-shape");
  expect(read(answer).code).toBe(0);
  expect(Array.isArray(read(answer).data.list)).toBe(false);
  expect(answer.charged).toBe(1);
});

test("repeat-request-id always names the same request; otherwise each has an id of its own", async () => {
  const [a, b] = [read(await fail("repeat-request-id")), read(await fail("repeat-request-id"))];
  expect(a.requestId).toBe(b.requestId);
  expect(a.data).toEqual(NORMAL.data);
  expect(NORMAL.requestId).not.toBe(TOP.requestId);
});

test("each name can be a key, alone or with an ending; other names are no keys", () => {
  for (const name of FAULT_NAMES) {
    expect(faultOfKey(`sandbox-fault-${name}`)).toEqual({ name });
    expect(faultOfKey(`sandbox-fault-${name}-team-a`)).toEqual({ name });
  }
  expect(FAULT_NAMES).toHaveLength(28);
  expect(faultOfKey("sandbox-fault-slow-250-x")).toEqual({ name: "slow", ms: 250 });
  expect(faultOfKey("sandbox-mia")).toBeNull();
  for (const key of ["sandbox-fault-", "sandbox-fault-4290", "sandbox-fault-toString", "sandbox-fault-slowly"]) {
    expect(faultOfKey(key)).toBe("unknown");
  }
});

test("a fault by the control address holds for the next requests of its key, then all is as usual", async () => {
  const faults = `${sandbox.url}/__sandbox/faults`;
  const ordered = await call(faults, { method: "POST", body: { key: "sandbox-a", fault: "500", times: 2 } });
  expect(read(ordered)).toEqual({ faults: [{ key: "sandbox-a", name: "500", times: 2 }] });
  const statusOf = async (key: string) => (await ask(sandbox.url, key, QUERY, NOW)).status;
  expect(await statusOf("sandbox-b")).toBe(200);
  expect([await statusOf("sandbox-a"), await statusOf("sandbox-a"), await statusOf("sandbox-a")]).toEqual([
    500, 500, 200,
  ]);
});

test("faults by the control address without a key hold for anyone, in the order they came, until they are deleted", async () => {
  const faults = `${sandbox.url}/__sandbox/faults`;
  await call(faults, { method: "POST", body: { fault: "429-retry-after", ms: 7000 } });
  await call(faults, { method: "POST", body: { fault: "slow", ms: 10 } });
  await call(faults, { method: "POST", body: { fault: "403", times: 5 } });
  const first = await ask(sandbox.url, "sandbox-a", QUERY, NOW);
  expect([first.status, first.headers["retry-after"]]).toEqual([429, "7"]);
  expect((await ask(sandbox.url, "sandbox-b", QUERY, NOW)).status).toBe(200);
  expect((await ask(sandbox.url, "sandbox-c", QUERY, NOW)).status).toBe(403);
  await call(faults, { method: "DELETE" });
  expect((await ask(sandbox.url, "sandbox-c", QUERY, NOW)).status).toBe(200);
});

test("a request that is refused for its own sake uses up no fault", async () => {
  await call(`${sandbox.url}/__sandbox/faults`, { method: "POST", body: { fault: "500" } });
  expect((await call(`${sandbox.url}/v1/tiktok/insights/products`)).status).toBe(401);
  expect((await ask(sandbox.url, "sandbox-a", { page: "0" })).status).toBe(400);
  expect((await ask(sandbox.url, "sandbox-a", QUERY)).status).toBe(500);
});

test("an order for a fault that cannot be read is refused and changes nothing", async () => {
  const faults = `${sandbox.url}/__sandbox/faults`;
  for (const body of [
    {},
    { fault: "nope" },
    { fault: "500", times: 0 },
    { fault: "slow", ms: -1 },
    { fault: "500", key: 1 },
  ]) {
    expect((await call(faults, { method: "POST", body })).status).toBe(400);
  }
  expect((await call(faults, { method: "POST", body: "x".repeat(70_000) })).status).toBe(400);
  expect(read(await call(faults)).faults).toEqual([]);
});
