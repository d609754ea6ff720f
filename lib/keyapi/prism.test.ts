import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seal } from "@/lib/platform/crypto";
import { setRuntime } from "@/lib/platform/runtime";
import { callUpstream } from "./client";
import { insightsProducts, type RankingParams } from "./endpoints/insights-products";

const place = { teamId: "11111111-1111-4111-8111-111111111111", rowId: "22222222-2222-4222-8222-222222222222" };
const question: RankingParams = { region: "US", window: "7", page: 1 };

let mock: ChildProcess;
let door: Server;
let address: string;

/** Starts the mock of our description on a free port. @returns its address. */
async function startMock(): Promise<string> {
  const description = path.resolve(import.meta.dirname, "../../docs/upstream-openapi.json");
  const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
  mock = spawn(process.execPath, [cli, "mock", "-p", "0", "-h", "127.0.0.1", "-m", "false", description], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    mock.stdout?.on("data", read);
    mock.stderr?.on("data", read);
    mock.once("error", reject);
    mock.once("exit", (code) => reject(new Error(`The mock ended with ${code}: ${said}`)));
  });
}

/**
 * A door before the mock that turns the first part of the path into what the client itself never sends: `/code=402`
 * and `/example=empty` say which answer the mock shall give, `/no-key` takes the key away.
 */
async function openDoor(target: string): Promise<string> {
  door = createServer((incoming, outgoing) => {
    const [, wish = "", rest = ""] = /^\/([^/]*)(\/.*)$/.exec(incoming.url ?? "") ?? [];
    const { authorization, host: _host, ...headers } = incoming.headers;
    const key = wish === "no-key" ? {} : { authorization };
    const prefer = wish.includes("=") ? { prefer: wish } : {};
    const onward = request(`${target}${rest}`, { headers: { ...headers, ...key, ...prefer } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy()).end();
  });
  await once(door.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
}

const callTo = (wish: string, params = question, endpoint = insightsProducts) =>
  callUpstream(endpoint, params, {
    baseUrl: `${address}/${wish}`,
    sealed: seal("sk_live_of_the_mock", place),
    place,
    timeoutMs: 10_000,
    sandboxNow: null,
  });

beforeAll(async () => {
  setRuntime({ databaseAppUrl: "", appSecret: "s".repeat(32), appSecretPrevious: null, sandboxUrl: null });
  address = await openDoor(await startMock());
}, 20_000);

afterAll(async () => {
  door?.close();
  if (mock && mock.exitCode === null && mock.kill()) await once(mock, "exit");
});

describe("against a mock of the described upstream", () => {
  test.each<RankingParams>([
    question,
    { region: "all_regions", window: "1", page: 25, category: "601583", q: "eye mask & co" },
    { region: "GB", window: "2026-10", page: 1, category: null, q: "香水" },
  ])("the query of %j is accepted, and the page is read", async (params) => {
    expect(await callTo("plain", params)).toMatchObject({
      outcome: "charged",
      basis: "documented",
      upstreamRequestId: "00000000-0000-4000-8000-000000000001",
      answer: { total: 240, hasMore: true, rows: [{ place: 1, categoryId: "910111", topName: "Health", posts: 8740 }] },
    });
  });

  test("an empty page is read", async () => {
    expect(await callTo("example=empty")).toMatchObject({
      outcome: "charged",
      answer: { total: 0, hasMore: false, rows: [] },
    });
  });

  test("the mock does check: a query outside the description is refused", async () => {
    const wrong = { ...insightsProducts, toQuery: () => ({ limit: "21" }) };
    expect(await callTo("plain", question, wrong)).toMatchObject({ outcome: "not_charged", httpStatus: 400 });
  });

  test("without the key the mock answers 401", async () => {
    expect(await callTo("no-key")).toMatchObject({ outcome: "not_charged", httpStatus: 401, reason: "unauthorized" });
  });

  test.each([
    [400, "upstream_failed", "http_status"],
    [401, "key_rejected", "unauthorized"],
    [402, "upstream_out_of_credits", "out_of_credits"],
    [403, "key_rejected", "forbidden"],
    [429, "upstream_rate_limited", "rate_limited"],
    [500, "upstream_failed", "http_status"],
  ])("its documented %i is %s", async (status, problem, reason) => {
    expect(await callTo(`code=${status}`)).toMatchObject({
      outcome: "not_charged",
      basis: "assumed",
      httpStatus: status,
      problem,
      reason,
    });
  });

  test("its 429 says how long to wait", async () => {
    expect(await callTo("code=429")).toMatchObject({ repeatable: "rate_limited", retryAfterSeconds: 2 });
  });
});
