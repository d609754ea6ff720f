import fc from "fast-check";
import { expect, test } from "vitest";
import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { openApiDocument } from "@/lib/http/openapi";
import SUMMARIES from "@/messages/api-summaries.zh-CN.json";
import { type ApiDocument, exampleOf, operationsOf } from "./operations";

const operations = operationsOf(openApiDocument(ROUTES) as unknown as ApiDocument);

test("every call of the API is shown once, with a command that names its method and address", () => {
  const calls = ROUTES.flatMap(({ path, handlers }) => Object.keys(handlers).map((method) => `${method} ${path}`));
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(calls.sort());
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  for (const { method, path, curl } of operations) {
    expect(curl).toContain(`/api/v1${path}`);
    expect(curl.startsWith(method === "GET" ? "curl 'http" : `curl -X ${method} 'http`), curl).toBe(true);
  }
});

test("what every call does is said in Chinese, and of no call that is gone", () => {
  const calls = operations.map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(SUMMARIES).sort()).toEqual(calls.sort());
  for (const text of Object.values(SUMMARIES)) expect(text).toMatch(/\p{Script=Han}/u);
});

test("what spends says that its token must be able to, and its command can be sent twice without paying twice", () => {
  const buy = operations.find(({ method, path }) => method === "POST" && path === "/insights");
  expect(buy).toMatchObject({ access: "spending" });
  expect(buy?.curl).toContain('-H "Idempotency-Key: $(uuidgen)"');
  expect(buy?.curl).toContain("-H 'Authorization: Bearer nbk_…'");
  const read = operations.find(({ method, path }) => method === "GET" && path === "/insights");
  expect(read).toMatchObject({ access: "token" });
  expect(read?.curl).not.toContain("Idempotency");
  expect(read?.curl).toContain("/insights?region=US&window=7'");
});

test("an example has every field that its schema requires, and no other", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 5 });
  fc.assert(
    fc.property(names, names, (required, others) => {
      const properties = Object.fromEntries([...others, ...required].map((name) => [name, { type: "string" }]));
      expect(Object.keys(exampleOf({ type: "object", required, properties }) as object)).toEqual(required);
    }),
  );
});
