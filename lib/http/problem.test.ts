import { describe, expect, test } from "vitest";
import { AppError, ERROR_STATUS, type ErrorCode } from "@/lib/platform/errors";
import { type Edge, problem, toAppError } from "./problem";

const EN: Edge = { locale: "en", requestId: "7f9c24e8-3b12-4ad0-8e0a-0123456789ab" };
const ZH: Edge = { ...EN, locale: "zh-CN" };
const bodyOf = async (error: AppError, edge = EN) => (await problem(error, edge).json()) as Record<string, unknown>;

describe("a failure", () => {
  test.each(Object.keys(ERROR_STATUS) as ErrorCode[])(
    "%s is problem+json with words in both languages",
    async (code) => {
      for (const edge of [EN, ZH]) {
        const response = problem(new AppError(code), edge);
        expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
        expect(response.status).toBe(ERROR_STATUS[code]);
        const body = (await response.json()) as Record<string, string>;
        expect(body).toMatchObject({ code, status: ERROR_STATUS[code], type: `urn:nichebook:problem:${code}` });
        for (const text of [body.title, body.detail]) expect(text).not.toMatch(/[{}]|errors\.|undefined/);
        expect(/[\u4e00-\u9fff]/.test(`${body.title}${body.detail}`)).toBe(edge === ZH);
      }
    },
  );

  test("tells what it knows of money, with the outcome as a word and in words", async () => {
    const details = {
      limit: 20,
      spent: 18,
      held: 2,
      resetsAt: "2026-12-01T00:00:00.000Z",
      outcome: "not_charged",
    } as const;
    const body = await bodyOf(new AppError("team_limit_reached", details), { ...EN, timeZone: "Asia/Shanghai" });
    expect(body).toMatchObject(details);
    expect(body.detail).toMatch(
      /Of 20 credits 18 are spent and 2 reserved\. Wait until .*Dec.* 1, 2026.*08:00.*Nothing was charged\.$/,
    );
    const chinese = await bodyOf(new AppError("upstream_timeout", { outcome: "unsettled" }), ZH);
    expect(chinese.detail).toMatch(/待确认/);
  });

  test("names each mistake in the caller's language, and lets a plain sentence through", async () => {
    const errors = [
      { path: "password", message: "password_too_short" },
      { path: "x", message: "Already a sentence." },
    ];
    const { errors: told } = (await bodyOf(new AppError("invalid_request", { errors }), ZH)) as { errors: unknown };
    expect(told).toEqual([
      { path: "password", message: expect.stringMatching(/12/) },
      { path: "x", message: "Already a sentence." },
    ]);
  });

  test("of too many tries says in words and in Retry-After how long to wait", async () => {
    const response = problem(new AppError("too_many_requests", { retryAfterSeconds: 700, reason: "sign_in" }), EN);
    expect(response.headers.get("retry-after")).toBe("700");
    expect(((await response.json()) as { detail: string }).detail).toMatch(/sign in.*Wait 12 minutes/);
  });

  test("of a role names the permission's own sentence, and another word the common one", async () => {
    const viewer = await bodyOf(new AppError("forbidden", { reason: "insights:buy" }));
    expect(viewer.detail).toMatch(/Viewers cannot spend/);
    expect((await bodyOf(new AppError("forbidden", { reason: "key:write" }))).detail).toMatch(/role/);
    expect((await bodyOf(new AppError("forbidden", { reason: "../title" }))).detail).toMatch(/role/);
  });

  test("that we did not make is internal and shows nothing of its message", async () => {
    const secret = new Error("password=hunter2 at db.internal");
    const body = await bodyOf(toAppError(secret));
    expect(body).toMatchObject({ code: "internal", status: 500, instance: `urn:uuid:${EN.requestId}` });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|db\.internal/);
    expect(body.detail).toContain(EN.requestId);
  });

  test("of a database that is away asks to come back", async () => {
    for (const error of [
      Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
      new Error("Connection terminated due to connection timeout"),
      new Error("timeout exceeded when trying to connect"),
    ]) {
      const response = problem(toAppError(error), EN);
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("5");
    }
  });
});
