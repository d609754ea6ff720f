import { describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json } from "@/lib/testing/scripted-upstream";
import { readEntries } from "./read-entries";
import { readSummary } from "./read-summary";
import { setLimit } from "./set-limit";

const given = purchases();

const buy = (ctx: TeamContext, over: Record<string, unknown> = {}) => buyPage(ctx, ask(over), explore);

describe("the summary", () => {
  test("says to the credit who spent, holds and left what, and who read for free", async () => {
    const ctx = await makeTeam();
    const mate = await makeMember(ctx, "analyst", "Chen Wei");
    const viewer = await makeMember(ctx, "viewer", "Ana");
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 100 });
    await setLimit({ teamId: ctx.team.id, memberId: mate.member.id, credits: 30 });
    await buy(ctx);
    await buy(ctx, { page: 2 });
    await buy(mate);
    given.upstream.answer((_q, response) => response.writeHead(200).end("{"));
    await buy(mate, { page: 3 }).catch(() => null);
    given.upstream.answer((_q, response) => json(response, 500, { code: 500, message: "no", data: null }));
    await buy(mate, { page: 4 }).catch(() => null);

    const summary = await readSummary(ctx);
    expect(summary).toMatchObject({ spent: 4, held: 2, unsettled: 2, limit: 100, left: 94 });
    expect(summary.groups).toEqual([
      { key: ctx.member.id, name: "Mia Keller", spent: 4, held: 0, unsettled: 0, limit: null, requests: 2, free: 0 },
      { key: viewer.member.id, name: "Ana", spent: 0, held: 0, unsettled: 0, limit: null, requests: 0, free: 0 },
      { key: mate.member.id, name: "Chen Wei", spent: 0, held: 2, unsettled: 2, limit: 30, requests: 2, free: 1 },
    ]);
    const byPurpose = await readSummary(ctx, { groupBy: "purpose" });
    expect(byPurpose.groups.find(({ key }) => key === "explore")).toMatchObject({ spent: 4, requests: 4 });
    const byDay = await readSummary(ctx, { groupBy: "day" });
    expect(byDay.groups.reduce((sum, { spent }) => sum + spent, 0)).toBe(4);
  });

  test("cuts days and periods in the team's time zone", async () => {
    const ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
    // 30 Nov 20:00 UTC is 1 Dec 04:00 in Shanghai: December's credits already.
    await given.database.superuserPool.query(
      "update app_clock set offset_seconds = extract(epoch from timestamptz '2027-11-30 20:00Z' - now())::int",
    );
    await buy(ctx, { maxAgeMinutes: 0 });
    const summary = await readSummary(ctx, { groupBy: "day" });
    await given.database.superuserPool.query("update app_clock set offset_seconds = 0");
    expect(summary).toMatchObject({
      from: "2027-12-01",
      to: "2027-12-31",
      spent: 2,
      resetsAt: "2027-12-31T16:00:00.000Z",
    });
    expect(summary.groups.map(({ key }) => key)).toEqual(["2027-12-01"]);
    expect(await readSummary(ctx)).toMatchObject({ spent: 0 });
    expect(await readSummary(ctx, { from: "2027-12-01", to: "2027-12-01" })).toMatchObject({
      spent: 2,
      limit: null,
      left: null,
    });
  });

  test("counts a request whose lease ran out as what it will become, also without a sweeper", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_q, response) => response.writeHead(200).end("{"));
    await buy(ctx).catch(() => null);
    await given.database.superuserPool.query(
      "update credit_request set state = 'sending', lease_until = now() - interval '1 minute' where team_id = $1",
      [ctx.team.id],
    );
    expect(await readSummary(ctx)).toMatchObject({ held: 2, unsettled: 2 });
    expect((await readEntries(ctx, {})).items.map(({ outcome, credits }) => ({ outcome, credits }))).toEqual([
      { outcome: "unsettled", credits: 2 },
    ]);
  });
});

describe("the ledger's entries", () => {
  test("come newest first, page by page, each once, with who, what for and what it came to", async () => {
    const ctx = await makeTeam();
    const mate = await makeMember(ctx, "analyst");
    for (let page = 1; page <= 50; page++) await buy(ctx, { page });
    for (let page = 1; page <= 5; page++) await buy(mate, { page, region: "GB", q: "per fume" });
    const first = await readEntries(ctx, {});
    const second = await readEntries(ctx, { cursor: first.nextCursor ?? "" });
    expect(first.items).toHaveLength(50);
    expect(second.nextCursor).toBeNull();
    const all = [...first.items, ...second.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(55);
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(all[0]).toMatchObject({
      member: { id: mate.member.id, name: "Chen Wei" },
      purpose: "explore",
      query: { region: "GB", window: "7", category: null, q: "per fume", page: 5 },
      outcome: "charged",
      basis: "documented",
      credits: 2,
      rowCount: 20,
    });
    expect((await readEntries(ctx, { member: mate.member.id })).items).toHaveLength(5);
  });

  test("of another team are never among them, and a cursor that is not ours is refused", async () => {
    const [one, two] = [await makeTeam(), await makeTeam()];
    await buy(one);
    expect((await readEntries(two, {})).items).toEqual([]);
    await expect(readEntries(one, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_request" });
    const forged = Buffer.from("2026-01-01 00:00:00+00'; drop table team|x").toString("base64url");
    await expect(readEntries(one, { cursor: forged })).rejects.toMatchObject({ code: "invalid_request" });
  });
});
