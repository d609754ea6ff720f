import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleBuyer } from "@/lib/testing/crash/bundle";
import { PLANTS, plantSql } from "@/lib/testing/crash/plants";
import type { Given } from "@/lib/testing/crash/run";
import { openSite, type Site } from "@/lib/testing/crash/site";
import { runTrial } from "@/lib/testing/crash/trials";

let site: Site;
let given: Given;
beforeAll(async () => {
  site = await openSite();
  given = { helper: await site.buyer("helper"), stop: site.stopPostgres };
}, 180_000);
afterAll(() => site.close());

test.each([...new Set(PLANTS.map(({ trial }) => trial))])(
  "%s: nothing is wrong",
  { timeout: 120_000 },
  async (trial) => {
    expect(await runTrial(site, trial, given)).toEqual([]);
  },
);

describe("a planted bug is caught:", () => {
  test.each(PLANTS)("$name", { timeout: 120_000 }, async ({ trial, sql, code }) => {
    const bundle = code ? await bundleBuyer(code) : null;
    const takeOut = sql ? await plantSql(site, sql) : async () => {};
    try {
      expect(await runTrial(bundle ? site.using(bundle) : site, trial, given)).not.toEqual([]);
    } finally {
      await takeOut();
      bundle?.remove();
    }
  });
});
