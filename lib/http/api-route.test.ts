import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { ADDRESS_HEADER } from "@/lib/auth/caller-address";
import { AppError } from "@/lib/platform/errors";
import { callApi } from "@/lib/testing/api-call";
import { apiRoute } from "./api-route";
import { countRequest } from "./request-rate";

vi.mock("./request-rate", { spy: true });

const echo = apiRoute({
  summary: "Says it again",
  public: true,
  spends: true,
  body: z.object({ text: z.string() }),
  response: z.object({ text: z.string(), key: z.string().nullable() }),
  status: 201,
  run: async ({ body, call }) => ({ text: body.text, key: call.idempotencyKey, secret: "kept inside" }),
});

const failing = (error: unknown) =>
  apiRoute({
    summary: "Fails",
    public: true,
    response: z.object({}),
    run: async () => {
      throw error;
    },
  });

describe("a declared route", () => {
  test("answers with the status and only the fields that it declared, never cached", async () => {
    const answer = await callApi(echo, { method: "POST", json: { text: "hello", more: 1 } });
    expect(answer).toMatchObject({ status: 201, body: { text: "hello", key: null } });
    expect(answer.body).not.toHaveProperty("secret");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("gives its verb the Idempotency-Key, and refuses one that it could not keep", async () => {
    const keyed = (key: string) =>
      callApi(echo, { method: "POST", json: { text: "hello" }, headers: { "idempotency-key": key } });
    expect((await keyed("press 7")).body.key).toBe("press 7");
    expect(await keyed("k".repeat(201))).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });

  test("refuses a change from another origin before it looks at anything else", async () => {
    const headers = { origin: "https://evil.example" };
    const answer = await callApi(echo, { method: "POST", json: { text: 7 }, headers });
    expect(answer).toMatchObject({ status: 403, body: { code: "cross_origin" } });
  });

  test("counts for their place also those whom it refuses, before it asks who they are", async () => {
    const headers = { [ADDRESS_HEADER]: "2001:db8::7" };
    const closed = apiRoute({ summary: "Closed", account: true, response: null, run: async () => undefined });
    expect(await callApi(closed, { headers })).toMatchObject({ status: 401 });
    expect(vi.mocked(countRequest).mock.lastCall).toEqual(["2001:db8:0:0::/64", "place"]);
    vi.mocked(countRequest).mockRejectedValueOnce(new AppError("too_many_requests", { retryAfterSeconds: 7 }));
    const answer = await callApi(closed, { headers });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  });

  test("tells mistakes by path in the language that the browser asks for", async () => {
    const headers = { "accept-language": "zh-CN,zh;q=0.9" };
    const answer = await callApi(echo, { method: "POST", json: {}, headers });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ code: "invalid_request", errors: [{ path: "text", message: "此项必填。" }] });
  });

  test("turns a failure of ours into its code and any other into internal without its message", async () => {
    const ours = await callApi(failing(new AppError("not_stored", { priceCredits: 2 })));
    expect(ours).toMatchObject({ status: 404, body: { code: "not_stored", priceCredits: 2 } });
    const foreign = await callApi(failing(new Error('relation "secret" does not exist')));
    expect(foreign).toMatchObject({ status: 500, body: { code: "internal" } });
    expect(JSON.stringify(foreign.body)).not.toContain("secret");
    expect(foreign.body.instance).toBe(`urn:uuid:${foreign.headers.get("x-request-id")}`);
  });

  test("answers nothing and sets its cookies where it declares no response", async () => {
    const run = vi.fn(async () => undefined);
    const quiet = apiRoute({
      summary: "Does it",
      public: true,
      response: null,
      run: async ({ call }) => {
        call.setCookie({ name: "a", value: "1", sameSite: "lax", path: "/", secure: false, httpOnly: true, maxAge: 0 });
        return run();
      },
    });
    const answer = await callApi(quiet, { method: "POST" });
    expect(answer).toMatchObject({ status: 204, body: {} });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^a=1; Path=\/; .*Max-Age=0; HttpOnly; SameSite=lax/);
    expect(run).toHaveBeenCalledOnce();
  });

  test("cannot be declared for nobody in particular", () => {
    const run = async () => undefined;
    expect(() => apiRoute({ summary: "x", response: null, run })).toThrow(/must declare one of/);
    expect(() => apiRoute({ summary: "x", public: true, account: true, response: null, run })).toThrow();
  });
});
