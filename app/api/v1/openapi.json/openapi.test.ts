import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { METHODS, openApiDocument } from "@/lib/http/openapi";
import { ERROR_STATUS } from "@/lib/platform/errors";
import { ROUTES } from "./routes";

const API = join(import.meta.dirname, "..");

type Operation = {
  operationId: string;
  summary: string;
  security: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: { "application/json": { schema: { properties: object } } } };
  responses: Record<string, { description: string }>;
};
const document = openApiDocument(ROUTES) as unknown as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Problem: { properties: { code: { enum: string[]; description: string } } } } };
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

const routeFiles = () =>
  readdirSync(API, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === "route.ts")
    .map((entry) => relative(API, entry.parentPath).split(sep).join("/"))
    .filter((folder) => folder !== "openapi.json");

describe("the description of the API", () => {
  test("holds every route file, at its own address, with every method that it exports", async () => {
    const folders = routeFiles();
    const pathOf = (folder: string) => `/${folder.replace(/\[(\w+)\]/g, "{$1}")}`;
    expect(ROUTES.map(({ path }) => path).sort()).toEqual(folders.map(pathOf).sort());
    for (const folder of folders) {
      const file = (await import(/* @vite-ignore */ join(API, folder, "route.ts"))) as Record<
        string,
        { spec?: object }
      >;
      const exported = Object.keys(file).sort();
      expect(exported.filter((name) => !METHODS.some((method) => method === name))).toEqual([]);
      expect(Object.values(file).every((handler) => handler.spec)).toBe(true);
      const described = Object.keys(document.paths[pathOf(folder)] ?? {}).map((method) => method.toUpperCase());
      expect([folder, described.sort()]).toEqual([folder, exported]);
    }
  });

  test("describes every error code", () => {
    const { code } = document.components.schemas.Problem.properties;
    expect(code.enum).toEqual(Object.keys(ERROR_STATUS));
    for (const word of code.enum) expect(code.description).toContain(`\`${word}\``);
  });

  test("gives every operation a name of its own, a summary, and what failures it knows", () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, responses } of operations) {
      expect(summary.length).toBeGreaterThan(5);
      expect(Object.keys(responses)).toContain("500");
    }
  });

  test("says what a question is made of, from the schema that validates it", () => {
    const get = document.paths["/insights"]?.get;
    expect(get?.parameters.map(({ name }) => name)).toEqual(["team", "region", "window", "category", "q", "page"]);
    expect(get?.parameters.find(({ name }) => name === "page")?.schema).toMatchObject({ type: "integer", default: 1 });
    expect(get?.responses["404"]?.description).toBe("`not_found`, `not_stored`");
    const post = document.paths["/insights"]?.post;
    expect(post?.parameters.map(({ name }) => name)).toEqual(["team", "Idempotency-Key"]);
    expect(post?.security).toEqual([{ token: ["read+spend"] }, { session: [] }]);
    expect(Object.keys(post?.requestBody?.content["application/json"].schema.properties ?? {})).toContain(
      "maxAgeMinutes",
    );
    expect(Object.keys(post?.responses ?? {})).toEqual(
      expect.arrayContaining(["200", "400", "401", "402", "403", "404", "409", "429", "502", "503", "504"]),
    );
  });
});
