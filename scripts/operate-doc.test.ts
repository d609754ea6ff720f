import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { SETTING_NAMES } from "@/lib/platform/env";
import { ROOT } from "./root";

const text = readFileSync(join(ROOT, "docs/operate.md"), "utf8");
const blocks = (language: string) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, body = ""]) =>
    name === language ? [body] : [],
  );

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test.") && !name.includes("prisma-client"))
    .map((name) => readFileSync(join(ROOT, folder, name), "utf8"));
}

test("the alarms parse, and ask for metrics that the application has", () => {
  type Rules = { groups: { rules: { alert: string; expr: string }[] }[] };
  const rules = blocks("yaml").flatMap((block) => (parse(block) as Rules).groups.flatMap((group) => group.rules));
  expect(rules.length).toBeGreaterThan(4);
  const code = sourcesIn("lib").join("\n");
  const asked = rules.flatMap(({ expr }) => expr.match(/nichebook_\w+/g) ?? []);
  const known = (name: string) => code.includes(`"${name.replace(/_bucket$/, "")}"`);
  expect(asked.filter((name) => !known(name))).toEqual([]);
});

test("the proxies hand on the host and the caller's address, and keep the metrics to the machine", () => {
  const [nginx = ""] = blocks("nginx");
  expect(nginx).toContain("proxy_set_header Host $host;");
  expect(nginx).toContain("proxy_set_header X-Forwarded-For $remote_addr;");
  for (const proxy of [...blocks("nginx"), ...blocks("caddy")]) {
    const path = /\/api\/metrics/.exec(proxy)?.[0] ?? "";
    expect(existsSync(join(ROOT, "app", path, "route.ts"))).toBe(path !== "");
  }
});

test("the settings of its examples exist, and every link within it leads somewhere", () => {
  const set = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name = ""]) => name);
  expect(set.filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  const places = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, to = ""]) => to);
  expect(links.filter((to) => !places.includes(to))).toEqual([]);
});
