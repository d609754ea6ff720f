import { afterAll, beforeAll, expect, test } from "vitest";
import { judge } from "@/lib/testing/crash/judge";
import { makeCells, runCells, takeCensus } from "@/lib/testing/crash/matrix";
import type { Given, Story } from "@/lib/testing/crash/run";
import { openSite, type Site } from "@/lib/testing/crash/site";
import { runSweeps, SWEEPER } from "@/lib/testing/crash/sweeps";

let site: Site;
let given: Given;
let census: Story[];
beforeAll(async () => {
  site = await openSite();
  given = { helper: await site.buyer("helper"), stop: site.stopPostgres };
  census = await takeCensus(site, given);
}, 180_000);
afterAll(() => site.close());

test("every await of the buyer lies on a way that is tried: a new one is found, and fails here until it is", () => {
  const { points, statements } = site.bundle;
  for (const file of [
    "lib/insights/buy-page.ts",
    "lib/insights/send-request.ts",
    "lib/insights/await-request.ts",
    "lib/insights/internal.ts",
    "lib/credits/ledger.ts",
    SWEEPER,
    "lib/keyapi/client.ts",
    "lib/auth/context.ts",
    "lib/platform/clock.ts",
  ]) {
    expect(
      points.filter((point) => point.file === file),
      file,
    ).not.toEqual([]);
  }
  expect(points.length).toBeGreaterThanOrEqual(30);
  expect(statements.length).toBeGreaterThanOrEqual(3);

  const passed = new Set(census.flatMap(({ trail }) => trail.map((hit) => hit.replace(/ \d+$/, ""))));
  const missed = points
    .filter(({ file }) => file !== SWEEPER)
    .flatMap(({ id, text }) =>
      ["before", "after"].filter((side) => !passed.has(`${id} ${side}`)).map((side) => `${side} ${id} (${text})`),
    );
  expect(missed).toEqual([]);
});

test("whatever dies at whichever point: nothing asked is missing in the ledger, nothing is bought twice", {
  timeout: 600_000,
}, async () => {
  const stories = await runCells(site, makeCells(site, census), given);
  for (const fault of ["kill the app", "end its connections", "stop PostgreSQL"] as const) {
    stories.push(...(await runSweeps(site, fault, given)));
  }
  expect(stories.length).toBeGreaterThanOrEqual(800);
  expect(await judge(site, [...census, ...stories], census, given)).toEqual([]);
});
