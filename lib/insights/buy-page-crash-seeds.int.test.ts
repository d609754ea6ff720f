import { afterAll, beforeAll, expect, test } from "vitest";
import { groupBy } from "@/lib/testing/crash/group-by";
import { takeCensus } from "@/lib/testing/crash/matrix";
import type { Given } from "@/lib/testing/crash/run";
import { hitsOf, planOf, runPlans } from "@/lib/testing/crash/seeds";
import { seedsToTry } from "@/lib/testing/crash/settings";
import { openSite, type Site } from "@/lib/testing/crash/site";

let site: Site;
let given: Given;
let hits: string[];
beforeAll(async () => {
  site = await openSite();
  given = { helper: await site.buyer("helper"), stop: site.stopPostgres };
  hits = hitsOf(await takeCensus(site, given));
}, 180_000);
afterAll(() => site.close());

/** So many seeds share two processes and a fault. */
const BATCH = 20;

test("whatever dies at random points under several buyers, the ledger is exact (CRASH_SEED=<n> replays one)", {
  timeout: 6 * 3_600_000,
}, async () => {
  const plans = seedsToTry().map((seed) => planOf(seed, hits));
  for (const alike of groupBy(plans, ({ fault }) => fault).values()) {
    for (let at = 0; at < alike.length; at += BATCH) {
      expect(await runPlans(site, alike.slice(at, at + BATCH), given)).toEqual([]);
    }
  }
});
