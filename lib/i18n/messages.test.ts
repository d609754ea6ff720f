import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ERROR_STATUS } from "@/lib/platform/errors";
import { LOCALES } from "./locale";
import { loadMessages, type Messages } from "./messages";
import { translator } from "./translate";

const ROOT = join(import.meta.dirname, "../..");

function flatten(messages: Messages, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name));

/** Keys that the code gives as a field's mistake: `{ error: "…" }` of a schema and `invalid("path", "…")`. */
function keysInCode(): string[] {
  const files = ["lib", "app"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes("prisma-client")),
  );
  const pattern =
    /\berror: "([a-z0-9_]+)"|\binvalid\("[^"]*", "([a-z0-9_]+)"\)|\bpath: "[^"]*", message: "([a-z0-9_]+)"/g;
  const keys = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? ""),
  );
  return [...new Set(keys)].sort();
}

describe("the messages of the HTTP API", () => {
  test("are the same keys with the same placeholders in every language", () => {
    const [en, ...others] = LOCALES.map((locale) => flatten(loadMessages(locale)));
    for (const other of others) {
      expect([...other.keys()].sort()).toEqual([...(en?.keys() ?? [])].sort());
      for (const [key, text] of en ?? []) {
        expect([key, placeholders(other.get(key) ?? "")]).toEqual([key, placeholders(text)]);
      }
    }
  });

  test.each(LOCALES)("have a title and a sentence for every error code in %s", (locale) => {
    const t = translator(locale);
    for (const code of Object.keys(ERROR_STATUS)) {
      expect([code, t.has(`errors.${code}.title`), t.has(`errors.${code}.detail`)]).toEqual([code, true, true]);
    }
  });

  test.each(LOCALES)("are well formed, so that telling a failure cannot fail, in %s", (locale) => {
    const t = translator(locale);
    const values = { limit: 1, spent: 1, held: 1, priceCredits: 2, resetsAt: "-", wait: "-", reference: "-" };
    for (const key of flatten(loadMessages(locale)).keys()) {
      if (/^(errors|validation)\./.test(key)) expect(t(key, values)).not.toMatch(/[{}<>]/);
    }
  });

  test.each(LOCALES)("have a sentence for every mistake that a schema names in %s", (locale) => {
    const t = translator(locale);
    expect(keysInCode().length).toBeGreaterThan(20);
    expect(keysInCode().filter((key) => !t.has(`validation.${key}`))).toEqual([]);
  });
});
