import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { executeRun } from "./execute-run";
import { fillBrief } from "./fill-brief";
import { readBriefNeeds } from "./read-brief-needs";
import { readRun } from "./read-run";

const given = purchases();
const place = { region: "US", window: "7" } as const;

/** A team with a fresh ranking of the US that holds the category, and one of Great Britain through another window. */
async function teamWithRankings(): Promise<TeamContext> {
  const ctx = await makeTeam();
  given.upstream.answer((_request, response) => json(response, 200, wirePage([wireRow(1, {})])));
  await buyPage(ctx, ask(), explore);
  await buyPage(ctx, ask({ region: "GB", window: "30" }), { ...explore, idempotencyKey: "other" });
  return ctx;
}

async function fill(ctx: TeamContext, over: object = {}) {
  const started = await fillBrief(ctx, "91", { ...place, ...over });
  if (!("runId" in started)) throw new Error("It was a dry run");
  await executeRun(ctx.team.id, started.runId, new AbortController().signal);
  return readRun(ctx, started.runId);
}

describe("a brief", () => {
  let ctx: TeamContext;
  beforeAll(async () => {
    ctx = await teamWithRankings();
  });

  test("reckons what a ranking holds as free, names the rest with its price, and buys nothing by being read", async () => {
    const before = given.upstream.seen.length;
    const needs = await readBriefNeeds(ctx, "91", place);
    expect(needs).toMatchObject({ credits: 8, total: 5, fresh: 1, lastRun: null });
    expect(needs.requests.map(({ region, window }) => region + window.slice(0, 2)).sort()).toEqual([
      "GB7",
      "US20",
      "US20",
      "US20",
    ]);
    expect(await fillBrief(ctx, "91", { ...place, dryRun: true })).toEqual({
      credits: needs.credits,
      requests: needs.requests,
    });
    expect(given.upstream.seen).toHaveLength(before);
  });

  test("is filled for exactly that price, never above it, and then lacks nothing", async () => {
    const partly = await fill(ctx, { maxCredits: 2 });
    expect(partly).toMatchObject({ kind: "brief", categoryId: "91", creditsSpent: 2, problem: "max_credits" });
    const { credits } = await readBriefNeeds(ctx, "91", place);
    expect(credits).toBe(6);
    expect(await fill(ctx)).toMatchObject({ state: "done", bought: 3, creditsSpent: 6 });
    expect(await readBriefNeeds(ctx, "91", place)).toMatchObject({
      credits: 0,
      requests: [],
      fresh: 5,
      lastRun: { kind: "brief", state: "done" },
    });
    await expectExact(ctx);
  });

  test("is priced for viewers too, and filled by those who may buy", async () => {
    const viewer = await makeMember(ctx, "viewer");
    expect(await readBriefNeeds(viewer, "91", { region: "GB", window: "1" })).toMatchObject({ total: 5, fresh: 0 });
    await expect(fillBrief(viewer, "91", place)).rejects.toMatchObject({ code: "forbidden" });
  });
});
