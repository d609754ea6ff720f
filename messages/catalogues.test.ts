import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

type Catalogue = { [key: string]: string | Catalogue };

const read = (name: string) => JSON.parse(readFileSync(path.resolve(import.meta.dirname, name), "utf8")) as Catalogue;

function flatten(catalogue: Catalogue, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

/** Names of the placeholders and tags of a message, each once, sorted. */
function placeholders(message: string): string[] {
  const arguments_ = [...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => `{${name}}`);
  const tags = [...message.matchAll(/<(\w+)>/g)].map(([, name]) => `<${name}>`);
  return [...new Set([...arguments_, ...tags])].sort();
}

/** The catalogue of the pages, then a part for each feature; what the HTTP API says has a test of its own. */
const PARTS = readdirSync(path.join(import.meta.dirname, "parts")).flatMap((file) =>
  file.endsWith(".en.json") && !file.startsWith("api.") ? [`parts/${file.replace("en.json", "")}`] : [],
);
const all = (language: string) =>
  new Map(["", ...PARTS].flatMap((part) => [...flatten(read(`${part}${language}.json`))]));
const en = all("en");
const zh = all("zh-CN");

describe("the two catalogues", () => {
  test("hold the same keys in the same order", () => {
    expect([...zh.keys()]).toEqual([...en.keys()]);
  });

  test("take the same placeholders and tags in every message", () => {
    for (const [key, message] of en) {
      expect([key, placeholders(zh.get(key) ?? "")]).toEqual([key, placeholders(message)]);
    }
  });

  test("have no empty message and none with blanks around it", () => {
    for (const [key, message] of [...en, ...zh]) expect([key, message.trim()]).toEqual([key, message]);
    for (const message of [...en.values(), ...zh.values()]) expect(message).not.toBe("");
  });

  test("write Chinese with Chinese punctuation", () => {
    for (const [key, message] of zh) {
      expect([key, message.match(/[\u4e00-\u9fff][,;:!?]|[\u4e00-\u9fff]\.(?:\s|$)/)]).toEqual([key, null]);
    }
  });

  test("name the price last on every button that spends", () => {
    for (const catalogue of [en, zh]) {
      for (const key of ["explore.fetch", "explore.refresh", "key.saveAndTest", "key.test"]) {
        expect(catalogue.get(key)).toMatch(/ · \{price\}$/);
      }
    }
  });
});
