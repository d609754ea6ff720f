import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { createAccounts, readKey } from "./accounts";
import { ask, call } from "./raw-http";
import { type SandboxOptions, startSandbox } from "./server";

const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ seed: "accounts", ...options });
  onTestFinished(() => sandbox.close());
  const { url } = sandbox;
  return {
    ...sandbox,
    status: async (key: string) => (await ask(url, key, { region: "US" })).status,
    charges: async () => JSON.parse((await call(`${url}/__sandbox/charges`)).body),
    put: (key: string, body: unknown) =>
      call(`${url}/__sandbox/keys/${encodeURIComponent(key)}`, { method: "PUT", body }),
    reset: () => call(`${url}/__sandbox/charges`, { method: "DELETE" }),
  };
}

const entry = (key: string, charged = true) => ({ key, path: "/", status: charged ? 200 : 500, fault: null, charged });

test("a key says its own terms", () => {
  expect(readKey("sandbox")).toEqual({ credits: 1_000_000, requestsPerSecond: 50, fault: null });
  expect(readKey("sandbox-credits-10-mia")).toMatchObject({ credits: 10, requestsPerSecond: 50 });
  expect(readKey("sandbox-qps-2")).toMatchObject({ credits: 1_000_000, requestsPerSecond: 2 });
  expect(readKey("sandbox-credits-4-qps-1-x")).toMatchObject({ credits: 4, requestsPerSecond: 1 });
  expect(readKey("sandbox-fault-500-credits-4")).toMatchObject({ credits: 4, fault: { name: "500" } });
  expect(readKey("sandbox-credits-1x")).toMatchObject({ credits: 1_000_000 });
  expect([readKey("sk_live_1"), readKey("Sandbox"), readKey("")]).toEqual([null, null, null]);
});

test("credits run out: 10 of them pay five answers, then 402, and other keys go on", async () => {
  const sandbox = await start();
  const answers: (number | null)[] = [];
  for (let n = 0; n < 7; n++) answers.push(await sandbox.status("sandbox-credits-10-mia"));
  expect(answers).toEqual([200, 200, 200, 200, 200, 402, 402]);
  expect(await sandbox.status("sandbox-credits-10-leo")).toBe(200);
  const { requests, charged, credits, byKey } = await sandbox.charges();
  expect({ requests, charged, credits }).toEqual({ requests: 8, charged: 6, credits: 12 });
  expect(byKey["sandbox-credits-10-mia"]).toEqual({ requests: 7, charged: 5, credits: 10, balance: 0 });
});

test("an odd credit that is left pays nothing", () => {
  const accounts = createAccounts();
  accounts.record(entry("sandbox-credits-3"));
  expect(accounts.admit("sandbox-credits-3")).toBe("out of credits");
});

test("no more requests than its rate come in within any second, and a refused one uses no rate", () => {
  const rate = fc.integer({ min: 1, max: 4 });
  const pauses = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(rate, pauses, (perSecond, waits) => {
      let now = 0;
      const accounts = createAccounts(undefined, () => now);
      const admitted: number[] = [];
      for (const wait of waits) {
        now += wait;
        const busy = admitted.filter((at) => now - at < 1000).length;
        const answer = accounts.admit(`sandbox-qps-${perSecond}`);
        expect(answer).toBe(busy < perSecond ? "admitted" : "too fast");
        if (answer === "admitted") admitted.push(now);
      }
    }),
  );
});

test("above its rate a key gets 429 on the wire, free of charge", async () => {
  const sandbox = await start({ monotonicMs: () => 0 });
  const answers = await Promise.all(Array.from({ length: 6 }, () => sandbox.status("sandbox-qps-2-x")));
  expect(answers.sort()).toEqual([200, 200, 429, 429, 429, 429]);
  expect((await sandbox.charges()).byKey["sandbox-qps-2-x"]).toMatchObject({ requests: 6, charged: 2, credits: 4 });
});

test("a key's credits and rate can be set, also before its first request", async () => {
  const sandbox = await start();
  expect(JSON.parse((await sandbox.put("sandbox-new", { credits: 3 })).body)).toMatchObject({ balance: 3 });
  expect([await sandbox.status("sandbox-new"), await sandbox.status("sandbox-new")]).toEqual([200, 402]);
  await sandbox.put("sandbox-new", { credits: 100, requestsPerSecond: 1000 });
  expect(await sandbox.status("sandbox-new")).toBe(200);
  for (const [key, body] of [
    ["sk_live_1", { credits: 1 }],
    ["sandbox-new", { credits: -1 }],
    ["sandbox-new", { credits: "5" }],
    ["sandbox-new", { requestsPerSecond: 0 }],
    ["sandbox-new", []],
  ] as const) {
    expect((await sandbox.put(key, body)).status).toBe(400);
  }
});

test("the log shows the newest 1000 requests, with what was asked and what came", async () => {
  const sandbox = await start();
  await ask(sandbox.url, "sandbox-log", { region: "US", page: "2" });
  expect((await sandbox.charges()).log).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      key: "sandbox-log",
      path: "/v1/tiktok/insights/products?region=US&page=2",
      status: 200,
      fault: null,
      charged: true,
    },
  ]);
  const accounts = createAccounts();
  for (let n = 0; n < 3500; n++) accounts.record({ ...entry("sandbox"), path: String(n) });
  const { log, requests } = accounts.charges();
  expect([log.length, log[0]?.path, log.at(-1)?.path, requests]).toEqual([1000, "2500", "3499", 3500]);
});

test("a reset counts from 0 and gives each key its first credits back", async () => {
  const sandbox = await start();
  await sandbox.status("sandbox-credits-10-mia");
  await sandbox.reset();
  expect(await sandbox.charges()).toEqual({
    requests: 0,
    charged: 0,
    credits: 0,
    byKey: { "sandbox-credits-10-mia": { requests: 0, charged: 0, credits: 0, balance: 10 } },
    log: [],
  });
});

test("a restart with the same file forgets no request, no charge, no balance, no setting", async () => {
  const file = join(folder, "deep", "restart.jsonl");
  const before = await start({ logFile: file });
  await before.status("sandbox-credits-4-mia");
  await before.reset();
  await before.put("sandbox-leo", { credits: 8 });
  for (const key of ["sandbox-credits-4-mia", "sandbox-leo", "sandbox-fault-500", "sk_live_1"])
    await before.status(key);
  const counted = await before.charges();
  expect(counted).toMatchObject({ requests: 4, charged: 2, byKey: { "sandbox-leo": { balance: 6 } } });
  await before.close();

  const after = await start({ logFile: file });
  expect(await after.charges()).toEqual(counted);
  expect([await after.status("sandbox-credits-4-mia"), await after.status("sandbox-credits-4-mia")]).toEqual([
    200, 402,
  ]);
});

test("a request is in the file before its answer is seen", async () => {
  const file = join(folder, "order.jsonl");
  const sandbox = await start({ logFile: file });
  for (let n = 1; n <= 20; n++) {
    await sandbox.status("sandbox-order");
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(n + 1);
  }
});

test("a line that a crash cut short is skipped, and the next one stands on a line of its own", () => {
  const file = join(folder, "torn.jsonl");
  const write = (key: string) => {
    const accounts = createAccounts(file);
    accounts.record(entry(key));
    const { requests } = accounts.charges();
    accounts.close();
    return requests;
  };
  expect(write("sandbox-a")).toBe(1);
  appendFileSync(file, '{"at":"2026-11-23T12:00:00.000Z","key":"sand');
  expect([write("sandbox-b"), write("sandbox-b")]).toEqual([2, 3]);
});
