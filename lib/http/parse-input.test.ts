import { describe, expect, test } from "vitest";
import { z } from "zod";
import { idempotencyKeyOf, parseInput, parseParams, queryOf, readJson } from "./parse-input";

const post = (body: BodyInit | null, type = "application/json") =>
  new Request("http://localhost/x", { method: "POST", body, headers: type ? { "content-type": type } : {} });

const mistakes = (schema: z.ZodType, input: unknown) => {
  try {
    parseInput(schema, input);
  } catch (error) {
    return (error as { details: { errors: unknown } }).details.errors;
  }
  return [];
};

describe("foreign input", () => {
  test("is named by path and message key where the schema says nothing itself", () => {
    const schema = z.strictObject({
      name: z.string().min(1, { error: "name_missing" }),
      pages: z.number().max(25),
      tags: z.array(z.string()),
      shared: z.boolean(),
      kind: z.enum(["a", "b"]),
      deep: z.object({ id: z.uuid() }),
    });
    expect(mistakes(schema, { pages: 26, tags: [1], shared: "yes", kind: "c", deep: { id: "x" }, typo: 1 })).toEqual([
      { path: "name", message: "required" },
      { path: "pages", message: "too_big" },
      { path: "tags.0", message: "text_expected" },
      { path: "shared", message: "yes_no_expected" },
      { path: "kind", message: "unknown_choice" },
      { path: "deep.id", message: "format_unknown" },
      { path: "typo", message: "unknown_field" },
    ]);
    expect(mistakes(z.object({ name: z.string().min(1, { error: "name_missing" }) }), { name: "" })).toEqual([
      { path: "name", message: "name_missing" },
    ]);
  });

  test("in the path is not found when nothing can have such a name", () => {
    expect(() => parseParams(z.object({ id: z.uuid() }), { id: "1 or 1=1" })).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
  });

  test("in the query leaves the team to the context and takes the last of a repeated name", () => {
    expect(queryOf(new Request("http://localhost/x?team=a&page=1&page=2&q=%20"))).toEqual({ page: "2", q: " " });
  });
});

describe("a text that no database keeps", () => {
  const loose = z.object({ name: z.unknown() });
  test.each([
    [{ name: "a\u0000b" }, "name"],
    [{ name: "\ud800" }, "name"],
    [{ name: [{ inner: "x\udfff" }] }, "name.0.inner"],
  ])("%j is refused by its path", (input, path) => {
    expect(() => parseInput(loose, input)).toThrow(
      expect.objectContaining({ details: { errors: [{ path, message: "text_unreadable" }] } }),
    );
  });

  test("is told from emoji and from deep nesting", () => {
    expect(parseInput(loose, { name: "\u{1f600} 香水" })).toEqual({ name: "\u{1f600} 香水" });
    const deep = JSON.parse(`${"[".repeat(9_000)}${"]".repeat(9_000)}`);
    expect(parseInput(loose, { name: deep })).toEqual({ name: deep });
  });
});

describe("a body", () => {
  test("is read as JSON whatever its charset says, and nothing is an empty object", async () => {
    expect(await readJson(post('{"a":1}', "application/json; charset=utf-8"))).toEqual({ a: 1 });
    expect(await readJson(post('{"a":1}', "application/merge-patch+json"))).toEqual({ a: 1 });
    expect(await readJson(post(null, ""))).toEqual({});
    expect(await readJson(post("", ""))).toEqual({});
  });

  test.each([
    ["{", "application/json", "body_not_json"],
    ["[]", "application/json", "body_not_object"],
    ["null", "application/json", "body_not_object"],
    ["a=1", "application/x-www-form-urlencoded", "body_type"],
    ['{"a":1}', "text/plain", "body_type"],
    [`{"a":"${"x".repeat(65_536)}"}`, "application/json", "body_too_large"],
  ])("%.20s as %s is refused", async (body, type, message) => {
    await expect(readJson(post(body, type))).rejects.toMatchObject({
      code: "invalid_request",
      details: { errors: [{ path: "", message }] },
    });
  });
});

describe("an Idempotency-Key", () => {
  const keyed = (key: string) => new Request("http://localhost/x", { headers: { "idempotency-key": key } });

  test("is any printable text of up to 200 characters", () => {
    expect(idempotencyKeyOf(new Request("http://localhost/x"))).toBeNull();
    expect(idempotencyKeyOf(keyed("order 7 / again"))).toBe("order 7 / again");
    expect(idempotencyKeyOf(keyed("k".repeat(200)))).toHaveLength(200);
  });

  test.each(["", "k".repeat(201), "caf\u00e9", "a\tb"])("%j is refused", (key) => {
    expect(() => idempotencyKeyOf(keyed(key))).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });
});
