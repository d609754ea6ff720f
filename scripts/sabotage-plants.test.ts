import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./root";
import { PLANTS } from "./sabotage-plants.mjs";
import { migrationNames } from "./schema-engine";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const history = migrationNames()
  .map((name) => read(`prisma/migrations/${name}/migration.sql`))
  .join("\n");
/** `%i` stands in a test's name where the number is one of several. */
const numbersAside = (text: string) => text.replace(/\d+|%i/g, "#");
const times = (text: string, part: string) => text.split(part).length - 1;

/** What the newest migration that makes a function makes of it. */
function bodyOf(name: string): string {
  const newest = history.split(new RegExp(`CREATE (?:OR REPLACE )?FUNCTION ${name}\\(`)).at(-1);
  return newest?.split("$$")[1] ?? "";
}

test("thirty bugs are planted, each another one", () => {
  expect(PLANTS).toHaveLength(30);
  expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
});

test.each(PLANTS)("$name: can still be planted, and the test that must notice it is there", (plant) => {
  if ("file" in plant) expect(times(read(plant.file), plant.find)).toBe(1);
  if ("function" in plant) expect(times(bodyOf(plant.function), plant.find)).toBe(1);
  expect(numbersAside(read(plant.caughtBy))).toContain(numbersAside(plant.only ?? "test"));
});
