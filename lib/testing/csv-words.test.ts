import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES } from "@/lib/auth/schemas";
import { translator } from "@/lib/i18n/translate";

const ROOT = join(import.meta.dirname, "../..");

/** The keys of columns, as they are written where files of tables are made. */
const keysInCode = ["lib", "app"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .filter((text) => text.includes("CsvColumn"))
    .flatMap((text) => [...text.matchAll(/\{ key: "([a-z0-9_]+)", value: /g)].map(([, key = ""]) => key)),
);

test("every column of a file has its word in every language: without one the file cannot be made", () => {
  expect(keysInCode.length).toBeGreaterThan(40);
  for (const language of LANGUAGES) {
    const t = translator(language);
    const missing = keysInCode.filter((key) => !t.has(`csv.columns.${key}` as never));
    expect([language, missing]).toEqual([language, []]);
  }
});
