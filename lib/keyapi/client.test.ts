import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { seal } from "@/lib/platform/crypto";
import { setRuntime } from "@/lib/platform/runtime";
import { callUpstream, type UpstreamCall } from "./client";
import { insightsProducts } from "./endpoints/insights-products";
import type { Endpoint } from "./types";

const logged = vi.hoisted(() => [] as unknown[]);
vi.mock("@/lib/platform/log", () => ({ log: () => ({ error: (...words: unknown[]) => logged.push(words) }) }));

const KEY = "sk_live_Qm9uIGpvdXI_0123456789";
const place = { teamId: "11111111-1111-4111-8111-111111111111", rowId: "22222222-2222-4222-8222-222222222222" };
const question = { region: "US", window: "7", q: "eye mask & co", page: 2 };
const body = (name: string) => readFileSync(path.join(import.meta.dirname, "fixtures", name));
const normal = body("normal.json");
const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${normal.length}\r\n\r\n`;

const servers: { server: Server; sockets: Set<Socket> }[] = [];
let arrived: string[];
let connections: number;

beforeEach(() => {
  setRuntime({ databaseAppUrl: "", appSecret: "s".repeat(32), appSecretPrevious: null, sandboxUrl: null });
  arrived = [];
  connections = 0;
  logged.length = 0;
});

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Puts a server on a free port of the loopback. @returns its address without a scheme. */
async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket.on("error", () => {}).on("close", () => sockets.delete(socket)));
  });
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An upstream that answers in HTTP. */
async function httpUpstream(listener: RequestListener): Promise<string> {
  const server = createHttpServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  return `http://${await listen(server)}`;
}

/** An upstream that does with the socket whatever the script says, once for each request that arrived in full. */
async function rawUpstream(script: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end !== -1; end = text.indexOf("\r\n\r\n")) {
        arrived.push(text.slice(0, end));
        text = text.slice(end + 4);
        script(socket);
      }
    });
  });
  return `http://${await listen(server)}`;
}

const callTo = (baseUrl: string, more: Partial<UpstreamCall> = {}) =>
  callUpstream(insightsProducts, question, {
    baseUrl,
    sealed: seal(KEY, place),
    place,
    timeoutMs: 5000,
    sandboxNow: null,
    ...more,
  });

describe("what is sent", () => {
  test("one GET with the question, the key and nothing that asks for another encoding or a lasting connection", async () => {
    const url = await rawUpstream((socket) => socket.end(head + normal.toString()));
    const result = await callTo(url);
    expect(result).toMatchObject({ outcome: "charged", basis: "documented", httpStatus: 200, problem: null });
    expect(result.raw).toEqual(normal);
    expect(result.answer?.rows.map((row) => row.categoryId)).toEqual(["910111", "910112"]);
    expect(arrived).toHaveLength(1);
    const [first, ...headers] = (arrived[0] ?? "").split("\r\n");
    expect(first).toBe(
      "GET /v1/tiktok/insights/products?search_keyword=eye%20mask%20%26%20co&page=2&limit=20&time_scope=7&region=US HTTP/1.1",
    );
    expect(headers.map((line) => line.toLowerCase())).toEqual(
      expect.arrayContaining(["connection: close", "accept-encoding: identity", "accept: application/json"]),
    );
    expect(headers).toContain(`authorization: Bearer ${KEY}`);
    expect(headers.join().toLowerCase()).not.toContain("x-sandbox-now");
  });

  test("the sandbox is told the simulated now", async () => {
    const url = await rawUpstream((socket) => socket.end(head + normal.toString()));
    await callTo(url, { sandboxNow: new Date("2026-11-23T20:40:46.000Z") });
    expect(arrived[0]).toContain("x-sandbox-now: 2026-11-23T20:40:46.000Z");
  });

  test("a base address keeps its own path", async () => {
    const url = await httpUpstream((_request, response) => response.end(normal));
    await callTo(`${url}/behind/proxy/`);
    expect(arrived[0]).toMatch(/^GET \/behind\/proxy\/v1\/tiktok\/insights\/products\?/);
  });

  test("another endpoint is one declaration", async () => {
    const detail: Endpoint<{ id: string }, { title: string }> = {
      name: "test_detail",
      path: "/v1/test/detail",
      priceCredits: 1,
      toQuery: ({ id }) => ({ id }),
      parse: (data) =>
        typeof data === "object" && data !== null && "title" in data ? { title: String(data.title) } : null,
    };
    const url = await httpUpstream((_request, response) => response.end('{"code":0,"data":{"title":"Eye Masks"}}'));
    const call = { baseUrl: url, sealed: seal(KEY, place), place, timeoutMs: 5000, sandboxNow: null };
    const result = await callUpstream(detail, { id: "910111" }, call);
    expect(result).toMatchObject({ outcome: "charged", answer: { title: "Eye Masks" } });
    expect(arrived).toEqual(["GET /v1/test/detail?id=910111"]);
  });
});

describe("an answer that says no", () => {
  test.each([
    [401, "key_rejected", "unauthorized"],
    [402, "upstream_out_of_credits", "out_of_credits"],
    [403, "key_rejected", "forbidden"],
    [500, "upstream_failed", "http_status"],
  ])("HTTP %i is read as %s, once", async (status, problem, reason) => {
    const url = await httpUpstream((_request, response) => {
      response.writeHead(status).end(body(`error-${status}.json`));
    });
    expect(await callTo(url)).toMatchObject({ outcome: "not_charged", basis: "assumed", problem, reason });
    expect(arrived).toHaveLength(1);
  });

  test("a rate limit comes with the time to wait", async () => {
    const url = await httpUpstream((_request, response) => {
      response.writeHead(429, { "retry-after": "3" }).end(body("error-429.json"));
    });
    expect(await callTo(url)).toMatchObject({ repeatable: "rate_limited", retryAfterSeconds: 3 });
    expect(arrived).toHaveLength(1);
  });

  test("a redirect is not followed, so the key goes nowhere else", async () => {
    const url = await httpUpstream((_request, response) => {
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect(await callTo(url)).toMatchObject({ outcome: "not_charged", problem: "upstream_failed", reason: "redirect" });
    expect(arrived).toHaveLength(1);
  });
});

describe("nothing was sent", () => {
  const free = { outcome: "not_charged", basis: "proven", raw: null, httpStatus: null };

  test("a refused connection is proven free and may be repeated", async () => {
    const url = await rawUpstream(() => {});
    await new Promise((resolve) => servers.pop()?.server.close(resolve));
    expect(await callTo(url)).toMatchObject({ ...free, reason: "refused", repeatable: "refused" });
  });

  test("a host without an address is proven free", async () => {
    // A label of 64 letters is no name, so no name server is asked.
    const result = await callTo(`http://${"a".repeat(64)}.invalid`);
    expect(result).toMatchObject({ ...free, reason: "refused", repeatable: "refused" });
  });

  test("a failed TLS handshake is proven free", async () => {
    const url = await httpUpstream(() => {});
    expect(await callTo(url.replace("http:", "https:"))).toMatchObject({ ...free, repeatable: "refused" });
    expect(arrived).toEqual([]);
  });

  test("a TLS handshake that never ends is proven free, within the limit of the call", async () => {
    let hello = "";
    const server = createTcpServer((socket) => socket.on("data", (chunk) => (hello += chunk.toString("latin1"))));
    const result = await callTo(`https://${await listen(server)}`, { timeoutMs: 150 });
    expect(result).toMatchObject({ ...free, reason: "connect_timeout", repeatable: "refused" });
    expect(connections).toBe(1);
    // HTTP/2 is not offered: there a refused stream would be sent again.
    expect(hello).toContain("\x08http/1.1");
    expect(hello).not.toContain("\x02h2");
  });

  test("a key that was sealed elsewhere, or that no header can carry, sends nothing", async () => {
    const url = await httpUpstream((_request, response) => response.end(normal));
    const unusable = { ...free, problem: "key_rejected", reason: "key_unusable", repeatable: null };
    expect(await callTo(url, { place: { ...place, rowId: place.teamId } })).toMatchObject(unusable);
    for (const key of ["", "two\r\nx-more: lines", "钥匙"]) {
      expect(await callTo(url, { sealed: seal(key, place) })).toMatchObject(unusable);
    }
    expect(connections).toBe(0);
  });

  test("a call that was given up before sends nothing", async () => {
    const url = await httpUpstream((_request, response) => response.end(normal));
    expect(await callTo(url, { signal: AbortSignal.abort() })).toMatchObject({ ...free, reason: "aborted" });
    expect(connections).toBe(0);
  });

  test("a call that is given up while it connects is proven free, and is not repeated", async () => {
    const giveUp = new AbortController();
    const server = createTcpServer((socket) => socket.on("data", () => giveUp.abort()));
    const result = await callTo(`https://${await listen(server)}`, { signal: giveUp.signal });
    expect(result).toMatchObject({ ...free, reason: "aborted", repeatable: null });
  });

  test("a mistake of ours is free, logged, and the key is not in the log", async () => {
    expect(await callTo("no address")).toMatchObject({ ...free, reason: "not_sent", repeatable: null });
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain(KEY);
  });
});

describe("sent, but no whole answer", () => {
  const cut = { outcome: "unsettled", problem: "upstream_invalid_answer", reason: "cut", answer: null };
  const late = { outcome: "unsettled", problem: "upstream_timeout", reason: "timeout", answer: null };

  test.each([
    ["at once", ""],
    ["inside the status line", "HTTP/1.1 20"],
    ["inside the headers", "HTTP/1.1 200 OK\r\nContent-Ty"],
    ["before the body", head],
    ["after early hints", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"],
    ["inside a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"],
    ["in another protocol", "SSH-2.0-OpenSSH_9.9\r\n\r\n"],
    ["after switching to another protocol", "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"],
    ["with headers that never end", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`],
  ])("a connection that ends %s is unsettled", async (_where, text) => {
    const url = await rawUpstream((socket) => socket.end(text));
    expect(await callTo(url)).toMatchObject(cut);
    expect([arrived.length, connections]).toEqual([1, 1]);
  });

  test("a cut keeps the bytes that arrived before it", async () => {
    const url = await rawUpstream((socket) => socket.end(head + normal.toString().slice(0, 100)));
    const result = await callTo(url);
    expect(result).toMatchObject({ ...cut, httpStatus: 200 });
    expect(result.raw).toEqual(normal.subarray(0, 100));
  });

  test("a body without a length that ends too early is unsettled", async () => {
    const url = await rawUpstream((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body("truncated.txt").toString()}`);
    });
    expect(await callTo(url)).toMatchObject({ ...cut, reason: "not_json", raw: body("truncated.txt") });
  });

  test("silence ends at the limit", async () => {
    const url = await rawUpstream(() => {});
    expect(await callTo(url, { timeoutMs: 150 })).toMatchObject({ ...late, httpStatus: null, raw: null });
  });

  test.each([
    ["headers", "HTTP/1.1 200 OK\r\nx-drop: ", null],
    ["a body", head, 200],
  ])("%s that come drop by drop end at the limit of the whole call", async (_what, beginning, httpStatus) => {
    const url = await rawUpstream((socket) => {
      socket.write(beginning);
      const dripping = setInterval(() => socket.write("1"), 20);
      socket.on("close", () => clearInterval(dripping));
    });
    const result = await callTo(url, { timeoutMs: 200 });
    expect(result).toMatchObject({ ...late, httpStatus });
    if (httpStatus) expect(Buffer.from(result.raw ?? []).toString()).toMatch(/^1{2,}$/);
  });

  test("a call that is given up after sending is unsettled at once", async () => {
    const giveUp = new AbortController();
    const url = await rawUpstream(() => giveUp.abort());
    expect(await callTo(url, { signal: giveUp.signal })).toMatchObject({ ...cut, reason: "aborted" });
  });

  test("a body beyond 5 MB is not read to its end, and its beginning is kept", async () => {
    const url = await httpUpstream((_request, response) => response.end(Buffer.alloc(6 * 1024 * 1024, "x")));
    const result = await callTo(url);
    expect(result).toMatchObject({ ...cut, reason: "too_large" });
    expect(result.raw).toHaveLength(5 * 1024 * 1024);
  });

  test("early hints before the answer are no answer", async () => {
    const hint = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    const url = await rawUpstream((socket) => socket.end(hint + head + normal.toString()));
    expect(await callTo(url)).toMatchObject({ outcome: "charged", httpStatus: 200 });
  });
});

describe("one call is one request on the wire", () => {
  test("on an upstream that silently closes idle connections", async () => {
    const url = await rawUpstream((socket) => {
      socket.write(head + normal.toString(), () => setImmediate(() => socket.destroy()));
    });
    for (let call = 0; call < 30; call++) expect((await callTo(url)).outcome).toBe("charged");
    expect([arrived.length, connections]).toEqual([30, 30]);
  });

  test("on an upstream that promises to keep the connection and drops every other request", async () => {
    const url = await rawUpstream((socket) => {
      const text = head.replace("\r\n\r\n", "\r\nConnection: keep-alive\r\nKeep-Alive: timeout=60\r\n\r\n");
      if (arrived.length % 2 === 0) socket.resetAndDestroy();
      else socket.write(text + normal.toString());
    });
    const outcomes: string[] = [];
    for (let call = 0; call < 30; call++) outcomes.push((await callTo(url)).outcome);
    expect(outcomes).toEqual(Array.from({ length: 30 }, (_, call) => (call % 2 === 0 ? "charged" : "unsettled")));
    expect([arrived.length, connections]).toEqual([30, 30]);
  });

  test("on an upstream that hangs up before it reads", async () => {
    const server = createTcpServer((socket) => socket.destroy());
    const url = `http://${await listen(server)}`;
    const results = await Promise.all(Array.from({ length: 20 }, () => callTo(url)));
    expect(connections).toBe(20);
    for (const result of results) expect(["unsettled", "not_charged"]).toContain(result.outcome);
  });

  test("on a connection that dies in the moment it opens, which is not opened again", async () => {
    const url = await httpUpstream((_request, response) => response.end(normal));
    const kill = (message: unknown) => {
      const { socket } = message as { socket: Socket };
      socket.prependOnceListener("connect", () => socket.destroy());
    };
    subscribe("net.client.socket", kill);
    const result = await callTo(url).finally(() => unsubscribe("net.client.socket", kill));
    expect(result).toMatchObject({ outcome: "not_charged", basis: "proven", reason: "refused" });
    expect(connections).toBeLessThanOrEqual(1);
    expect(arrived).toEqual([]);
  });

  test("with many calls at once", async () => {
    const waiting: (() => void)[] = [];
    const url = await httpUpstream((_request, response) => {
      waiting.push(() => response.end(normal));
      if (waiting.length === 100) for (const answer of waiting) answer();
    });
    const results = await Promise.all(Array.from({ length: 100 }, () => callTo(url)));
    expect(results.every((result) => result.outcome === "charged")).toBe(true);
    expect([arrived.length, connections]).toEqual([100, 100]);
  });

  test("wherever the answer is cut, it is charged only when all of it came", async () => {
    const whole = Buffer.from(head + normal.toString());
    let length = 0;
    let reset = false;
    const url = await rawUpstream((socket) => {
      if (!reset) socket.end(whole.subarray(0, length));
      else socket.write(whole.subarray(0, length), () => socket.resetAndDestroy());
    });
    const cases = fc.record({ length: fc.integer({ min: 0, max: whole.length }), reset: fc.boolean() });
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(cases, async (next) => {
        ({ length, reset } = next);
        calls += 1;
        const result = await callTo(url);
        const complete = length === whole.length;
        if (complete && !reset) expect(result.outcome).toBe("charged");
        if (!complete) expect(result.outcome).toBe("unsettled");
        expect([arrived.length, connections]).toEqual([calls, calls]);
      }),
      { numRuns: 150, endOnFailure: true, examples: [[{ length: whole.length, reset: false }]] },
    );
  });
});

describe("the key", () => {
  test.each([401, 200])("is nowhere in the result when the upstream repeats it under HTTP %i", async (status) => {
    const spelled = [...KEY].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
    const url = await httpUpstream((request, response) => {
      response.writeHead(status, { "x-key": KEY });
      response.end(`{"code":401,"message":"${spelled} and ${request.headers.authorization}","requestId":"${KEY}"}`);
    });
    const result = await callTo(url);
    const { raw, ...rest } = result;
    expect(JSON.stringify(rest)).not.toContain(KEY);
    expect(Buffer.from(raw ?? []).toString("latin1")).not.toContain(KEY);
    expect(result).toMatchObject({ problem: "key_rejected", message: `*** and Bearer ${"*".repeat(KEY.length)}` });
  });

  test("that is only a word leaves the bytes of the answer as they came", async () => {
    const url = await httpUpstream((_request, response) => response.end(normal));
    expect((await callTo(url, { sealed: seal("success", place) })).raw).toEqual(normal);
  });
});
