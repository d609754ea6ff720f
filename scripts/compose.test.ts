import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseEnv, SETTING_NAMES } from "@/lib/platform/env";
import { ROOT } from "./root";

const textOf = (name: string) => readFileSync(join(ROOT, name), "utf8");
type Service = {
  environment?: Record<string, string>;
  volumes: string[];
  healthcheck?: { test: string[] };
  build?: string;
};
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> };
const compose = parse(textOf("compose.yaml")) as Compose;
const dockerfile = textOf("Dockerfile");
const { nichebook } = compose.services;

test("both files say in their first line that nobody has tried them", () => {
  for (const name of ["compose.yaml", "Dockerfile"]) expect(textOf(name).split("\n")[0]).toMatch(/^# UNTESTED/);
  expect(textOf("docs/operate.md")).toMatch(/## Containers \(untested\)/);
});

test("every setting in it exists and is valid", () => {
  const settings = nichebook?.environment ?? {};
  expect(Object.keys(settings).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  const filled = Object.entries(settings).map(([name, value]) => [
    name,
    value
      .replace(/\$\{SITE_ADDRESS[^}]*\}/, "nichebook.example.com")
      .replace(/\$\{METRICS_TOKEN[^}]*\}/, "0123456789abcdef"),
  ]);
  expect(parseEnv(Object.fromEntries(filled))).toHaveProperty("env.APP_URL", "https://nichebook.example.com");
});

test("the data lies in a volume, and its folder is the one that the image makes for the user it runs as", () => {
  const folder = nichebook?.environment?.DATA_DIR;
  expect(nichebook?.volumes).toEqual([`data:${folder}`]);
  expect(compose.volumes).toHaveProperty("data");
  expect(dockerfile).toContain(`mkdir ${folder}`);
  expect(dockerfile).toMatch(/^USER node$/m);
});

test("health is asked of a route that is there, on the port that is set", () => {
  const [, port, path] = /127\.0\.0\.1:(\d+)(\/[a-z/]+)/.exec(nichebook?.healthcheck?.test.join(" ") ?? "") ?? [];
  expect(port).toBe(nichebook?.environment?.PORT);
  expect(existsSync(join(ROOT, "app", path ?? "", "route.ts"))).toBe(true);
});

test("the image has the major version of Node.js that the application runs on, and starts what npm start starts", () => {
  const { dependencies, scripts } = JSON.parse(textOf("package.json")) as Record<string, Record<string, string>>;
  expect(dockerfile).toContain(`FROM node:${dependencies?.node?.split(".")[0]}-`);
  const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]";
  expect((JSON.parse(command) as string[]).join(" ")).toBe(scripts?.start?.replace("exec ", ""));
  for (const [, step] of dockerfile.matchAll(/import \{ (.+) \} from '\.\/scripts\/setup\.mjs'/g)) {
    for (const name of step?.split(", ") ?? [])
      expect(textOf("scripts/setup.mjs")).toMatch(
        new RegExp(`export (const|async function) ${name}\\b|export async function ${name}`),
      );
  }
});

test("neither secrets nor data go into the image", () => {
  const left = textOf(".dockerignore").trim().split("\n");
  expect(left).toEqual(expect.arrayContaining([".env", ".data*", ".git", "node_modules"]));
});
