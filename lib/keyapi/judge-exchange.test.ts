import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insightsProducts } from "./endpoints/insights-products";
import { type Exchange, judgeExchange, readRetryAfter } from "./judge-exchange";

const now = new Date("2026-11-23T20:00:00.000Z");
const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, "fixtures", name));
const judge = (exchange: Exchange) => judgeExchange(insightsProducts, exchange, now);

type Sent = Extract<Exchange, { sent: true }>;
const answered = (status: number | null, body: Uint8Array, more: Partial<Sent> = {}): Sent => ({
  sent: true,
  end: "complete",
  status,
  retryAfter: null,
  body,
  ...more,
});

/** Outcome, basis, problem and reason of a fixture that came with a status. */
function verdict(name: string, status = 200) {
  const { outcome, basis, problem, reason } = judge(answered(status, fixture(name)));
  return [outcome, basis, problem, reason];
}

describe("an answer with code 0", () => {
  test.each([
    "normal.json",
    "code-text-0.json",
    "empty-list.json",
    "pagination-missing.json",
    "pagination-null.json",
    "numbers-as-text.json",
    "categories-null.json",
    "names-with-tab.json",
    "has-more-after-empty.json",
    "has-more-false-too-early.json",
    "row-unreadable.json",
    "nested-200.json",
    "infinite.txt",
  ])("%s is charged, as documented, and has an answer", (name) => {
    expect(verdict(name)).toEqual(["charged", "documented", null, null]);
    expect(judge(answered(200, fixture(name))).answer).not.toBeNull();
  });

  test.each([
    ["data-null.json", "data_null"],
    ["list-not-array.json", "unreadable_list"],
    ["rows-unreadable.json", "unreadable_list"],
  ])("%s is assumed to be charged, and cannot be read", (name, reason) => {
    expect(verdict(name)).toEqual(["charged", "assumed", "upstream_invalid_answer", reason]);
  });

  test("a word called code inside the data is no failure", () => {
    const text = '{"code":0,"data":{"code":"US","list":[{"post":1}]}}';
    expect(judge(answered(200, Buffer.from(text)))).toMatchObject({ outcome: "charged", basis: "documented" });
  });

  test("the receipt has the upstream's own number and the bytes as they came", () => {
    const raw = fixture("names-with-tab.json");
    const result = judge(answered(200, raw));
    expect(result.upstreamRequestId).toBe("5f0c2d61-7a43-4e0e-9b1d-2f6a8c9e0d11");
    expect(result.raw).toEqual(raw);
    expect(result.message).toBeNull();
  });
});

describe("a refusal", () => {
  const refusals = [
    [400, "upstream_failed", "http_status", "code_not_0"],
    [401, "key_rejected", "unauthorized", "unauthorized"],
    [402, "upstream_out_of_credits", "out_of_credits", "out_of_credits"],
    [403, "key_rejected", "forbidden", "forbidden"],
    [429, "upstream_rate_limited", "rate_limited", "rate_limited"],
    [500, "upstream_failed", "http_status", "code_not_0"],
  ] as const;

  test.each(refusals)("HTTP %i is assumed to be free: %s", (status, problem, reason) => {
    expect(verdict(`error-${status}.json`, status)).toEqual(["not_charged", "assumed", problem, reason]);
    expect(judge(answered(status, fixture(`error-${status}.json`))).httpStatus).toBe(status);
  });

  test.each(refusals)("code %i under HTTP 200 says the same", (code, problem, _reason, reason) => {
    expect(verdict(`error-${code}.json`)).toEqual(["not_charged", "assumed", problem, reason]);
  });

  test("a code speaks where the status does not", () => {
    expect(verdict("error-402.json", 500)).toEqual([
      "not_charged",
      "assumed",
      "upstream_out_of_credits",
      "out_of_credits",
    ]);
  });

  test.each([
    ["code-not-0.json", "upstream_failed", "code_not_0"],
    ["code-text.json", "upstream_failed", "code_not_0"],
    ["code-word.json", "upstream_failed", "code_not_0"],
    ["nested-50004.json", "upstream_no_data", "no_data"],
    ["nested-50004-text.json", "upstream_no_data", "no_data"],
    ["nested-no-available.json", "upstream_no_data", "no_data"],
    ["nested-401.json", "upstream_failed", "nested_code"],
  ])("%s under HTTP 200 is assumed to be free: %s", (name, problem, reason) => {
    expect(verdict(name)).toEqual(["not_charged", "assumed", problem, reason]);
  });

  test("the provider's words are kept, also nested ones", () => {
    expect(judge(answered(402, fixture("error-402.json"))).message).toBe("no credits left");
    expect(judge(answered(200, fixture("nested-50004.json"))).message).toBe("no available index");
    const long = Buffer.from(JSON.stringify({ code: 1, message: `a\u0007${"b".repeat(500)}` }));
    expect(judge(answered(200, long)).message).toBe(`a${"b".repeat(199)}`);
  });

  test.each([301, 302, 307, 308, 304])("HTTP %i is not followed and assumed to be free", (status) => {
    expect(verdict("html.txt", status)).toEqual(["not_charged", "assumed", "upstream_failed", "redirect"]);
  });

  test.each([400, 404, 500, 502, 503, 504])("HTTP %i with a page of HTML is assumed to be free", (status) => {
    expect(verdict("html.txt", status)).toEqual(["not_charged", "assumed", "upstream_failed", "http_status"]);
  });

  test.each(["cut", "timeout", "too_large", "aborted"] as const)(
    "a status that is not 2xx has spoken, also when its body ended by %s",
    (end) => {
      const result = judge(answered(402, fixture("truncated.txt"), { end }));
      expect(result).toMatchObject({ outcome: "not_charged", problem: "upstream_out_of_credits" });
    },
  );

  test("only a rate limit may be repeated, after the time that it names", () => {
    const limited = judge(answered(429, fixture("error-429.json"), { retryAfter: "7" }));
    expect(limited).toMatchObject({ repeatable: "rate_limited", retryAfterSeconds: 7 });
    expect(judge(answered(200, fixture("error-429.json")))).toMatchObject({
      repeatable: "rate_limited",
      retryAfterSeconds: null,
    });
    expect(judge(answered(503, fixture("html.txt"), { retryAfter: "7" }))).toMatchObject({
      repeatable: null,
      retryAfterSeconds: 7,
    });
  });
});

describe("no readable answer", () => {
  test.each([
    ["html.txt", "not_json"],
    ["truncated.txt", "not_json"],
    ["code-missing.json", "no_code"],
  ])("%s under HTTP 200 is unsettled", (name, reason) => {
    expect(verdict(name)).toEqual(["unsettled", "assumed", "upstream_invalid_answer", reason]);
  });

  test.each(["", "null", "[]", "0", '"ok"', "{}"])("the body %j under HTTP 200 is unsettled", (body) => {
    expect(judge(answered(200, Buffer.from(body)))).toMatchObject({
      outcome: "unsettled",
      problem: "upstream_invalid_answer",
      raw: body === "" ? null : Buffer.from(body),
    });
  });

  test("a 204 is unsettled", () => {
    expect(judge(answered(204, new Uint8Array()))).toMatchObject({ outcome: "unsettled", reason: "not_json" });
  });

  test.each([
    ["cut", "upstream_invalid_answer", "cut"],
    ["too_large", "upstream_invalid_answer", "too_large"],
    ["aborted", "upstream_invalid_answer", "aborted"],
    ["timeout", "upstream_timeout", "timeout"],
  ] as const)("an answer that ended by %s is unsettled and keeps what arrived", (end, problem, reason) => {
    const part = fixture("truncated.txt");
    const expected = { outcome: "unsettled", problem, reason, repeatable: null };
    expect(judge(answered(200, part, { end }))).toMatchObject({ ...expected, raw: part, httpStatus: 200 });
    expect(judge(answered(null, new Uint8Array(), { end }))).toMatchObject({ ...expected, raw: null });
  });
});

describe("nothing sent", () => {
  test.each([
    ["refused", "upstream_failed", "refused"],
    ["connect_timeout", "upstream_failed", "refused"],
    ["key_unusable", "key_rejected", null],
    ["not_sent", "upstream_failed", null],
    ["aborted", "upstream_failed", null],
  ] as const)("%s is proven to be free", (cause, problem, repeatable) => {
    expect(judge({ sent: false, cause })).toMatchObject({
      outcome: "not_charged",
      basis: "proven",
      problem,
      reason: cause,
      repeatable,
      raw: null,
    });
  });
});

test("whatever JSON comes, there is a verdict, and an answer exactly when there is no problem", () => {
  const wrapped = fc.record({ code: fc.constantFrom<unknown>(0, "0", 1, 50004, null), data: fc.jsonValue() });
  const status = fc.constantFrom(200, 200, 200, 201, 302, 401, 500);
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), wrapped), status, (json, code) => {
      const result = judge(answered(code, Buffer.from(JSON.stringify(json))));
      expect(result.answer !== null).toBe(result.problem === null);
      expect(result.reason !== null).toBe(result.problem !== null);
      expect(result.basis === "documented").toBe(result.problem === null);
    }),
  );
});

test("an endpoint that throws has not read the answer", () => {
  const broken = {
    parse(): never {
      throw new Error("broken");
    },
  };
  expect(judgeExchange(broken, answered(200, fixture("normal.json")), now)).toMatchObject({
    outcome: "charged",
    basis: "assumed",
    reason: "unreadable_list",
  });
});

describe("Retry-After", () => {
  test.each([
    ["7", 7],
    [" 0 ", 0],
    ["1.2", 2],
    ["Mon, 23 Nov 2026 20:01:30 GMT", 90],
    ["Mon, 23 Nov 2026 19:00:00 GMT", 0],
    ["Monday, 23-Nov-26 20:00:05 GMT", 5],
    ["-5", null],
    ["soon", null],
    ["2 seconds", null],
    ["99999999999", null],
    ["", null],
    [null, null],
  ])("%j is %j seconds", (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});
