import { beforeEach, describe, expect, test } from "vitest";
import { GET, PATCH } from "@/app/api/v1/credits/settings/route";
import { POST } from "@/app/api/v1/insights/route";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { testKey } from "@/lib/insights/test-key";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, failure, purchases } from "@/lib/testing/purchases";
import { changeLimits } from "./change-limits";
import { readCreditSettings } from "./read-credit-settings";
import { readSummary } from "./read-summary";
import { updateCreditSettings } from "./update-credit-settings";

const given = purchases();
let owner: TeamContext;
let cookie: string;
beforeEach(async () => {
  owner = await makeTeam();
  cookie = await signedIn(owner.member.userId);
});

const patch = (json: unknown, as = cookie) =>
  callApi(PATCH, {
    method: "PATCH",
    cookie: as,
    headers: { origin: "http://localhost:3000" },
    query: { team: owner.team.slug },
    json,
  });

describe("credit settings", () => {
  test("change field by field, each noted with before and after", async () => {
    expect(await patch({ creditPrice: 0.000_125, creditCurrency: "CNY", confirmAboveCredits: 0 })).toMatchObject({
      status: 200,
      body: { creditPrice: 0.000_125, creditCurrency: "CNY", confirmAboveCredits: 0, usageVisibility: "all" },
    });
    expect((await patch({ confirmAboveCredits: 5, creditCurrency: "CNY" })).status).toBe(200);
    expect((await patch({ creditPrice: 1_000_000, rawRetentionDays: 30, unsettledRule: "charged" })).status).toBe(200);
    expect(await readCreditSettings(owner)).toMatchObject({ creditPrice: 1_000_000, confirmAboveCredits: 5 });
    const { rows } = await given.database.superuserPool.query(
      "select before, after from audit_entry where team_id = $1 and action = 'credit_settings.changed' order by id",
      [owner.team.id],
    );
    expect(rows).toEqual([
      {
        before: { confirmAboveCredits: null, creditPrice: null, creditCurrency: null },
        after: { confirmAboveCredits: 0, creditPrice: 0.000125, creditCurrency: "CNY" },
      },
      { before: { confirmAboveCredits: 0 }, after: { confirmAboveCredits: 5 } },
      {
        before: { creditPrice: 0.000125, unsettledRule: "ask", rawRetentionDays: null },
        after: { creditPrice: 1_000_000, unsettledRule: "charged", rawRetentionDays: 30 },
      },
    ]);
  });

  test.each<[Record<string, unknown>, path: string, text: string]>([
    [{ creditPrice: -1, creditCurrency: "USD" }, "creditPrice", "from 0 to 1,000,000"],
    [{ creditPrice: 1_000_001, creditCurrency: "USD" }, "creditPrice", "from 0 to 1,000,000"],
    [{ creditPrice: 0.123_456_7, creditCurrency: "USD" }, "creditPrice", "six decimals"],
    [{ creditPrice: "cheap", creditCurrency: "USD" }, "creditPrice", "from 0 to 1,000,000"],
    [{ creditPrice: 1 }, "creditCurrency", "Choose the currency"],
    [{ creditCurrency: "USD" }, "creditPrice", "what a credit costs"],
    [{ creditPrice: 1, creditCurrency: "XXQ" }, "creditCurrency", "three letters"],
    [{ creditPrice: 1, creditCurrency: "usd" }, "creditCurrency", "three letters"],
    [{ confirmAboveCredits: -1 }, "confirmAboveCredits", "cannot be negative"],
    [{ confirmAboveCredits: 0.5 }, "confirmAboveCredits", "whole"],
    [{ unsettledAfterHours: 0 }, "unsettledAfterHours", "1 to 720"],
    [{ unsettledAfterHours: 721 }, "unsettledAfterHours", "1 to 720"],
    [{ unsettledAfterHours: null }, "unsettledAfterHours", "1 to 720"],
    [{ rawRetentionDays: 36_501 }, "rawRetentionDays", "1 to 36,500"],
    [{ periodFirstDay: 29 }, "periodFirstDay", "1 to 28"],
    [{ periodFirstDay: "first" }, "periodFirstDay", "1 to 28"],
    [{ usageVisibility: "none" }, "usageVisibility", ""],
    [{ unsettledRule: "guess" }, "unsettledRule", ""],
    [{ colour: "red" }, "colour", ""],
  ])("refuse %j with the mend at its field", async (body, path, text) => {
    const answer = await patch(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ path, message: expect.stringContaining(text) }]);
  });

  test("are read by every member and changed by owners and admins alone", async () => {
    for (const [role, status] of [
      ["viewer", 403],
      ["analyst", 403],
      ["admin", 200],
    ] as const) {
      const theirs = await signedIn((await makeMember(owner, role)).member.userId);
      const read = await callApi(GET, { cookie: theirs, query: { team: owner.team.slug } });
      expect([role, read.status]).toEqual([role, 200]);
      expect([role, (await patch({ unsettledAfterHours: 12 }, theirs)).status]).toEqual([role, status]);
    }
  });

  test("name the period that a new first day begins with; the running one stays as it is everywhere", async () => {
    const before = await readCreditSettings(owner);
    await buyPage(owner, ask(), explore);
    const day = Number(before.nextPeriod.from.slice(8)) === 9 ? 10 : 9;
    const after = await updateCreditSettings(owner, { periodFirstDay: day });
    expect(after.period).toEqual(before.period);
    expect(after.nextPeriod.from).toBe(before.nextPeriod.from);
    expect(Number(after.nextPeriod.to.slice(8))).toBe(day - 1);
    expect(await readSummary(owner)).toMatchObject({ ...before.period, spent: 2 });
    await expectExact(owner);
  });
});

describe("a purchase above the amount that the team has set", () => {
  const post = (json: Record<string, unknown>, key?: string) =>
    callApi(POST, {
      method: "POST",
      cookie,
      headers: { origin: "http://localhost:3000", ...(key ? { "idempotency-key": key } : {}) },
      query: { team: owner.team.slug },
      json: { region: "US", window: "7", ...json },
    });

  test("is asked about once more, with its price and what is left, and goes on when confirmed, also with the same key", async () => {
    await updateCreditSettings(owner, { confirmAboveCredits: 1 });
    await changeLimits(owner, { team: 10, memberDefault: 7 });
    const refused = await post({}, "press-1");
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "conflict", reason: "confirm_needed", priceCredits: 2, left: 7, outcome: "not_charged" },
    });
    expect(given.upstream.seen).toHaveLength(0);
    expect(await post({ confirmed: true }, "press-1")).toMatchObject({ status: 200, body: { source: "bought" } });
    // The same press again, also unconfirmed, is the same purchase.
    expect(await post({}, "press-1")).toMatchObject({ status: 200, body: { source: "bought" } });
    // And a fresh stored answer needs no confirmation.
    expect(await post({})).toMatchObject({ status: 200, body: { source: "stored", creditsSpent: 0 } });
    expect(given.upstream.seen).toHaveLength(1);
    await expectExact(owner);
  });

  test("of exactly that amount passes, and so does everything without such an amount", async () => {
    await updateCreditSettings(owner, { confirmAboveCredits: 2 });
    expect((await post({})).status).toBe(200);
    await updateCreditSettings(owner, { confirmAboveCredits: null });
    expect((await post({ region: "GB" })).status).toBe(200);
  });

  test("that no limit leaves room for is refused before anybody is asked", async () => {
    await updateCreditSettings(owner, { confirmAboveCredits: 0 });
    await changeLimits(owner, { team: 1 });
    expect(await failure(buyPage(owner, ask(), explore))).toMatchObject({ code: "conflict" });
    expect(await failure(buyPage(owner, ask(), { ...explore, confirmed: true }))).toMatchObject({
      code: "team_limit_reached",
    });
    expect(await failure(buyPage(owner, ask(), explore))).toMatchObject({ code: "team_limit_reached" });
  });

  test("is asked about for a key test too, and never for a schedule", async () => {
    await updateCreditSettings(owner, { confirmAboveCredits: 0 });
    expect(await failure(testKey(owner))).toMatchObject({ details: { reason: "confirm_needed", left: null } });
    expect((await testKey(owner, null, true)).source).toBe("bought");
    const scheduled = await buyPage(owner, ask({ region: "GB" }), { idempotencyKey: null, purpose: "schedule" });
    expect(scheduled.source).toBe("bought");
  });
});
