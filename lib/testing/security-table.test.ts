import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const text = readFileSync(join(ROOT, "docs/security.md"), "utf8");
const [table = "", notApplicable = ""] = text.split("\n## Not applicable\n");

/** ASVS 5.0.0: section, then its requirements of levels 1 and 2, and of level 3 those that the table is to hold. */
const REQUIREMENTS = `1.1: 1-2; 1.2: 1-9; 1.3: 1-11; 1.4: 1-3; 1.5: 1-2; 2.1: 1-3; 2.2: 1-3; 2.3: 1-4; 2.4: 1; 3.2: 1-2;
  3.3: 1-4; 3.4: 1-8; 3.5: 1-5; 3.7: 1-2; 4.1: 1-3; 4.2: 1; 4.3: 1-2; 4.4: 1-4; 5.1: 1; 5.2: 1-3; 5.3: 1-2; 5.4: 1-3;
  6.1: 1-3; 6.2: 1-12; 6.3: 1-4,8; 6.4: 1-4; 6.5: 1-5; 6.6: 1-3; 6.8: 1-4; 7.1: 1-3; 7.2: 1-4; 7.3: 1-2; 7.4: 1-5;
  7.5: 1-2; 7.6: 1-2; 8.1: 1-2; 8.2: 1-3; 8.3: 1; 8.4: 1; 9.1: 1-3; 9.2: 1-4; 10.1: 1-2; 10.2: 1-2; 10.3: 1-4;
  10.4: 1-11; 10.5: 1-5; 10.6: 1-2; 10.7: 1-3; 11.1: 1-2; 11.2: 1-3; 11.3: 1-4; 11.4: 1-4; 11.5: 1; 11.6: 1; 12.1: 1-3;
  12.2: 1-2; 12.3: 1-4; 13.1: 1; 13.2: 1-6; 13.3: 1-2; 13.4: 1-5; 14.1: 1-2; 14.2: 1-4; 14.3: 1-3; 15.1: 1-3; 15.2: 1-3;
  15.3: 1-7; 15.4: 1-4; 16.1: 1; 16.2: 1-5; 16.3: 1-4; 16.4: 1-3; 16.5: 1-3; 17.1: 1; 17.2: 1-4; 17.3: 1-2`
  .split(";")
  .flatMap((section) => {
    const [name = "", numbers = ""] = section.split(":").map((part) => part.trim());
    return numbers.split(",").flatMap((range) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => `${name}.${first + index}`);
    });
  });

const rows = [...table.matchAll(/^\| (\d+\.\d+\.\d+) \| (\w+) \| (.+) \| (.+) \|$/gm)].map(
  ([, requirement = "", state = "", how = "", evidence = ""]) => ({ requirement, state, how, evidence }),
);

test("every requirement of levels 1 and 2, and each named one of level 3, stands in the table or has its reason not to", () => {
  const left = [...notApplicable.matchAll(/\b\d+\.\d+\.\d+\b/g)].map(([requirement]) => requirement);
  const standing = [...rows.map(({ requirement }) => requirement), ...left];
  expect(REQUIREMENTS).toHaveLength(262);
  expect([...standing].sort()).toEqual([...REQUIREMENTS].sort());
});

test("each row says whether it is met, how, and names evidence that is there", () => {
  for (const { requirement, state, how, evidence } of rows) {
    expect([requirement, ["met", "partly", "operator"].includes(state)]).toEqual([requirement, true]);
    expect(how.length, requirement).toBeGreaterThan(1);
    const files = [...evidence.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
    expect(files.length, requirement).toBeGreaterThan(0);
    for (const file of files)
      expect([requirement, file, existsSync(join(ROOT, file))]).toEqual([requirement, file, true]);
  }
});
