import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/credits/balance/route";
import type { TeamContext } from "@/lib/auth/context";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeKey, makeMember, makeTeam } from "@/lib/testing/factories";
import { expectExact } from "@/lib/testing/purchases";
import { CHARGED, CHARGED_ASSUMED, endedRequest, FAILED, sendRequest, TIMED_OUT } from "@/lib/testing/sent-request";
import { enterTopUp } from "./enter-top-up";
import { readBalanceNow } from "./read-balance-now";
import { readReconciliation } from "./read-reconciliation";
import { settleMany } from "./settle-many";
import { stateBalance } from "./state-balance";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const times = async (count: number, run: () => Promise<string>) => {
  const ids = [];
  for (let index = 0; index < count; index++) ids.push(await run());
  return ids;
};
const newest = async (ctx: TeamContext) => (await readReconciliation(ctx)).entries[0];

describe("the expected balance", () => {
  test("is unknown until one is stated, then the stated one less what was charged, as wide as what is unsettled", async () => {
    const ctx = await makeTeam();
    await times(2, () => endedRequest(ctx, CHARGED));
    expect(await readBalanceNow(ctx)).toBeNull();
    await stateBalance(ctx, { credits: 2_410 });
    expect((await newest(ctx))?.finding).toBeNull();
    await times(3, () => endedRequest(ctx, CHARGED));
    await times(2, () => endedRequest(ctx, TIMED_OUT));
    await sendRequest(ctx);
    await endedRequest(ctx, FAILED);
    await enterTopUp(ctx, { credits: 100, note: "invoice 7" });
    const now = await readBalanceNow(ctx);
    expect(now).toMatchObject({ stated: 2_410, by: "Mia Keller", expected: { low: 2_498, high: 2_504 } });
    expect((await readReconciliation(ctx)).now).toEqual(now);
  });

  test("counts per key version: a new key of the same account begins when its balance is stated", async () => {
    const ctx = await makeTeam();
    await stateBalance(ctx, { credits: 100 });
    await endedRequest(ctx, CHARGED);
    await makeKey(ctx.team.id, "sandbox");
    expect(await readBalanceNow(ctx)).toBeNull();
    await endedRequest(ctx, CHARGED);
    await stateBalance(ctx, { credits: 96 });
    expect(await readBalanceNow(ctx)).toMatchObject({ expected: { low: 96, high: 96 } });
    expect((await newest(ctx))?.finding).toBeNull();
    expect((await readReconciliation(ctx)).entries).toHaveLength(2);
  });
});

describe("a stated balance", () => {
  test("is held against the one before, and follows when its unsettled requests are settled", async () => {
    const ctx = await makeTeam();
    await stateBalance(ctx, { credits: 1_000 });
    await times(5, () => endedRequest(ctx, CHARGED));
    const open = await times(3, () => endedRequest(ctx, TIMED_OUT));
    await stateBalance(ctx, { credits: 986 });
    const finding = (await newest(ctx))?.finding;
    expect(finding).toMatchObject({
      expected: { low: 984, high: 990 },
      drift: 4,
      open: { ids: open.slice(0, 2), credits: 4 },
      openIds: open,
      outsideAtLeast: 0,
    });
    await settleMany(ctx, { ids: finding?.open.ids ?? [], charged: true, reason: "explained by the balance" });
    expect((await newest(ctx))?.finding).toMatchObject({ drift: 0, openIds: [open[2]] });
    await settleMany(ctx, { ids: [open[2] ?? ""], charged: false, reason: "explained by the balance" });
    expect((await newest(ctx))?.finding).toMatchObject({ drift: 0, openIds: [] });
    await expectExact(ctx);
  });

  test("tells what was spent with the key elsewhere, and what assumptions may be wrong", async () => {
    const ctx = await makeTeam();
    await stateBalance(ctx, { credits: 500 });
    const free = await endedRequest(ctx, FAILED);
    await stateBalance(ctx, { credits: 490 });
    expect((await newest(ctx))?.finding).toMatchObject({
      drift: 10,
      assumedFree: { ids: [free], credits: 2 },
      outsideAtLeast: 8,
      outsideAtMost: 10,
    });
    const assumed = await endedRequest(ctx, CHARGED_ASSUMED);
    await stateBalance(ctx, { credits: 490 });
    expect((await newest(ctx))?.finding).toMatchObject({ drift: -2, assumedCharged: { ids: [assumed], credits: 2 } });
  });

  test("of an earlier moment counts only what was sent until then; one to come is refused", async () => {
    const ctx = await makeTeam();
    await stateBalance(ctx, { credits: 100, at: new Date(Date.now() - 7_200_000).toISOString() });
    await endedRequest(ctx, CHARGED);
    await stateBalance(ctx, { credits: 100, at: new Date(Date.now() - 3_600_000).toISOString() });
    expect((await newest(ctx))?.finding).toMatchObject({ drift: 0 });
    expect(await readBalanceNow(ctx)).toMatchObject({ stated: 100, expected: { low: 98, high: 98 } });
    await expect(
      stateBalance(ctx, { credits: 1, at: new Date(Date.now() + 3_600_000).toISOString() }),
    ).rejects.toMatchObject({
      code: "invalid_request",
      details: { errors: [{ path: "at", message: "moment_future" }] },
    });
  });

  test("needs a key, and an admin; everyone may read", async () => {
    const ctx = await makeTeam();
    await stateBalance(await makeMember(ctx, "admin"), { credits: 10 });
    for (const role of ["analyst", "viewer"] as const) {
      const member = await makeMember(ctx, role);
      await expect(stateBalance(member, { credits: 1 })).rejects.toMatchObject({ code: "forbidden" });
      await expect(enterTopUp(member, { credits: 1 })).rejects.toMatchObject({ code: "forbidden" });
      expect((await readReconciliation(member)).entries).toHaveLength(1);
    }
    const keyless = await makeTeam({ upstream: null });
    await expect(stateBalance(keyless, { credits: 1 })).rejects.toMatchObject({ code: "key_missing" });
    expect(await readReconciliation(keyless)).toEqual({ upstream: null, key: null, now: null, entries: [] });
  });
});

describe("what people type", () => {
  let cookie: string;
  let slug: string;
  beforeEach(async () => {
    const ctx = await makeTeam();
    [cookie, slug] = [await signedIn(ctx.member.userId), ctx.team.slug];
  });
  const post = (json: unknown) => callApi(POST, { method: "POST", cookie, query: { team: slug }, json });

  test.each([["12a"], [1.5], [-1], [1_000_000_001], [null], [undefined]])(
    "%s is no balance, and the field is told so",
    async (credits) => {
      const answer = await post({ kind: "stated", credits });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "credits" }] } });
      expect(JSON.stringify(answer.body.errors)).toContain("whole number");
    },
  );

  test("a top-up of nothing is none; a stated balance of nothing is one", async () => {
    expect(await post({ kind: "top_up", credits: 0 })).toMatchObject({ status: 400 });
    expect(await post({ kind: "stated", credits: 0, note: " " })).toMatchObject({
      status: 201,
      body: { kind: "stated", credits: 0, note: null },
    });
  });
});
