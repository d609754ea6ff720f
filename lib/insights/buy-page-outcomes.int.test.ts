import { describe, expect, test } from "vitest";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, failure, lastRequest, purchases, type RequestRow } from "@/lib/testing/purchases";
import { fullPage, json, type ScriptedUpstream, wirePage } from "@/lib/testing/scripted-upstream";
import { buyPage } from "./buy-page";

const given = purchases();

const apiError = (code: number, message: string) => ({ code, message, data: null });

describe("each failure class ends in its documented outcome", () => {
  const cases: [
    string,
    Parameters<ScriptedUpstream["answer"]>[0],
    Partial<RequestRow> & { code: string; calls?: number },
  ][] = [
    [
      "401",
      (_q, r) => json(r, 401, apiError(401, "apiKey is null")),
      { code: "key_rejected", state: "not_charged", basis: "assumed" },
    ],
    [
      "403",
      (_q, r) => json(r, 403, apiError(403, "forbidden")),
      { code: "key_rejected", state: "not_charged", basis: "assumed" },
    ],
    [
      "402",
      (_q, r) => json(r, 402, apiError(402, "apiKey quota is not enough")),
      { code: "upstream_out_of_credits", state: "not_charged", basis: "assumed" },
    ],
    [
      "400",
      (_q, r) => json(r, 400, apiError(400, "Missing required parameter")),
      { code: "upstream_failed", state: "not_charged", basis: "assumed" },
    ],
    [
      "500",
      (_q, r) => json(r, 500, apiError(500, "Internal server error")),
      { code: "upstream_failed", state: "not_charged", basis: "assumed" },
    ],
    [
      "429 with a long Retry-After",
      (_q, r) => json(r, 429, apiError(429, "qps limit exceeded"), { "retry-after": "40" }),
      { code: "upstream_rate_limited", state: "not_charged", basis: "assumed" },
    ],
    [
      "429 twice",
      (_q, r) => json(r, 429, apiError(429, "qps limit exceeded")),
      { code: "upstream_rate_limited", state: "not_charged", calls: 2 },
    ],
    [
      "200 with code 7",
      (_q, r) => json(r, 200, { code: 7, message: "no", data: null }),
      { code: "upstream_failed", state: "not_charged", basis: "assumed" },
    ],
    [
      "nested 50004",
      (_q, r) => json(r, 200, wirePage([], { data: { code: 50004, msg: "no available es index" } })),
      { code: "upstream_no_data", state: "not_charged", basis: "assumed" },
    ],
    [
      "data null",
      (_q, r) => json(r, 200, wirePage([], { data: null })),
      { code: "upstream_invalid_answer", state: "charged", basis: "assumed" },
    ],
    [
      "list of another shape",
      (_q, r) => json(r, 200, wirePage([], { data: { list: "none" } })),
      { code: "upstream_invalid_answer", state: "charged", basis: "assumed" },
    ],
    [
      "HTML",
      (_q, r) => r.writeHead(200, { "content-type": "text/html" }).end("<html>busy</html>"),
      { code: "upstream_invalid_answer", state: "unsettled" },
    ],
    [
      "truncated JSON",
      (_q, r) => r.writeHead(200).end('{"code":0,"data":{"list":[{'),
      { code: "upstream_invalid_answer", state: "unsettled" },
    ],
    ["cut before the answer", (q) => q.socket.destroy(), { code: "upstream_invalid_answer", state: "unsettled" }],
    [
      "cut in the body",
      (q, r) => {
        r.writeHead(200, { "content-length": "1000" });
        r.write('{"code":0');
        setImmediate(() => q.socket.destroy());
      },
      { code: "upstream_invalid_answer", state: "unsettled" },
    ],
    ["no answer in time", () => undefined, { code: "upstream_timeout", state: "unsettled" }],
  ];
  test.each(cases)("%s", async (_name, exchange, { code, calls = 1, ...row }) => {
    const ctx = await makeTeam();
    given.upstream.answer(exchange);
    const error = await failure(buyPage(ctx, ask(), explore));
    const request = await lastRequest(given.database, ctx);
    expect({ code: error.code, outcome: error.details.outcome }).toEqual({ code, outcome: row.state });
    expect(error.details.requestId).toBe(request.id);
    expect(request).toMatchObject(row);
    expect(given.upstream.seen).toHaveLength(calls);
    expect(await expectExact(ctx)).toMatchObject({
      charged: row.state === "charged" ? 2 : 0,
      unsettled: row.state === "unsettled" ? 2 : 0,
      sending: 0,
    });
  });

  test("429 once, then an answer: one purchase of two requests on the wire", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((q, r, count) =>
      count === 1 ? json(r, 429, apiError(429, "qps limit exceeded")) : fullPage(q, r, count),
    );
    expect(await buyPage(ctx, ask(), explore)).toMatchObject({ source: "bought", creditsSpent: 2 });
    expect((await lastRequest(given.database, ctx)).events).toBe("reserved sending sending charged");
    expect(await expectExact(ctx)).toMatchObject({ charged: 2 });
  });

  test("a refused connection is proven free, after two repeats", async () => {
    const ctx = await makeTeam();
    const before = runtime();
    setRuntime({ ...before, sandboxUrl: "http://127.0.0.1:9" });
    const error = await failure(buyPage(ctx, ask(), explore));
    setRuntime(before);
    expect({ code: error.code, outcome: error.details.outcome }).toEqual({
      code: "upstream_failed",
      outcome: "not_charged",
    });
    expect(await lastRequest(given.database, ctx)).toMatchObject({
      state: "not_charged",
      basis: "proven",
      events: "reserved sending sending sending not_charged",
    });
    await expectExact(ctx);
  });
});
