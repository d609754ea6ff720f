import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { expectExact } from "@/lib/testing/purchases";
import { CHARGED, endedRequest, endLease, FAILED, moveClock, sendRequest, TIMED_OUT } from "@/lib/testing/sent-request";
import { applyUnsettledRules } from "./apply-unsettled-rules";
import { countUnsettled } from "./count-unsettled";
import { readEntries } from "./read-entries";
import { readUnsettled } from "./read-unsettled";
import { remindOfUnsettled } from "./remind-of-unsettled";
import { settleByHand } from "./settle-by-hand";
import { settleMany } from "./settle-many";
import { sweepOrphans } from "./sweep-orphans";

const HOUR = 3_600;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());
beforeEach(() => database.superuserPool.query("update app_clock set offset_seconds = 0"));

const setTeam = (
  ctx: TeamContext,
  data: { unsettledRule?: string; unsettledAfterHours?: number; usageVisibility?: string },
) => asTeam(ctx.team.id, (tx) => tx.team.update({ where: { id: ctx.team.id }, data }));
const stateOf = async (id: string) => {
  const { rows } = await database.superuserPool.query(
    `select r.state, r.basis, r.reason, (select string_agg(kind || ' ' || credits, ', ' order by seq) from credit_event e
       where e.request_id = r.id) as events from credit_request r where r.id = $1`,
    [id],
  );
  return rows[0];
};
const auditsOf = async (ctx: TeamContext) =>
  (
    await database.superuserPool.query(
      "select details ->> 'requestId' as id from audit_entry where team_id = $1 and action = 'credits.settled_by_hand'",
      [ctx.team.id],
    )
  ).rows.map(({ id }) => id);

describe("the list of what is to be confirmed", () => {
  test("tells of each request who asked what, how it ended, what came back, and what is kept", async () => {
    const ctx = await makeTeam();
    const cut = await endedRequest(ctx, {
      ...TIMED_OUT,
      problem: "upstream_invalid_answer",
      reason: "not_json",
      httpStatus: 200,
      upstreamRequestId: "u-1",
      raw: Buffer.from("<html>"),
    });
    const dead = await sendRequest(ctx);
    await endLease(database, dead.id);
    await sendRequest(ctx);
    await endedRequest(ctx, CHARGED);
    const list = await readUnsettled(ctx);
    expect(list).toMatchObject({ count: 2, credits: 4, settled: [], rule: { unsettledRule: "ask" } });
    expect(list.items).toMatchObject([
      {
        id: cut,
        member: { name: "Mia Keller" },
        ending: "not_json",
        httpStatus: 200,
        rawBytes: 6,
        upstreamRequestId: "u-1",
        credits: 2,
        outcome: "unsettled",
      },
      { id: dead.id, ending: "lease_ended", httpStatus: null, rawBytes: null, upstreamRequestId: null },
    ]);
    expect(await countUnsettled(ctx)).toBe(2);
  });

  test("shows others' requests only as far as the team allows, and all of them to admins", async () => {
    const ctx = await makeTeam();
    const [viewer, analyst] = [await makeMember(ctx, "viewer"), await makeMember(ctx, "analyst")];
    await endedRequest(ctx, TIMED_OUT);
    const own = await endedRequest(analyst, TIMED_OUT);
    expect(await countUnsettled(viewer)).toBe(2);
    await setTeam(ctx, { usageVisibility: "own" });
    expect((await readUnsettled(analyst)).items.map(({ id }) => id)).toEqual([own]);
    expect(await countUnsettled(analyst)).toBe(1);
    expect(await readUnsettled(viewer)).toMatchObject({ items: [], count: 0, credits: 0 });
    expect(await countUnsettled(await makeMember(ctx, "admin"))).toBe(2);
  });
});

describe("settling several by hand", () => {
  test("settles each once with an entry and an audit of its own, and says what happened to each", async () => {
    const ctx = await makeTeam();
    const [open, settled] = [await endedRequest(ctx, TIMED_OUT), await endedRequest(ctx, CHARGED)];
    const underWay = (await sendRequest(ctx)).id;
    const dead = (await sendRequest(ctx)).id;
    await endLease(database, dead);
    const result = await settleMany(ctx, { ids: [open, settled, underWay, dead], charged: true, reason: "dashboard" });
    expect(Object.fromEntries(result.items.map(({ id, result: what }) => [id, what]))).toEqual({
      [open]: "settled",
      [settled]: "unchanged",
      [underWay]: "under_way",
      [dead]: "settled",
    });
    expect(result.remaining).toBe(0);
    expect((await auditsOf(ctx)).sort()).toEqual([open, dead].sort());
    expect(await expectExact(ctx)).toMatchObject({ charged: 6, unsettled: 0, sending: 1 });
  });

  test("takes all unsettled ones of the team and no other team's", async () => {
    const [ctx, other] = [await makeTeam(), await makeTeam()];
    for (const owner of [ctx, ctx, ctx, other]) await endedRequest(owner, TIMED_OUT);
    const result = await settleMany(ctx, { all: true, charged: false, reason: "dashboard" });
    expect(result.items.map((item) => item.result)).toEqual(["settled", "settled", "settled"]);
    expect(await expectExact(ctx)).toMatchObject({ charged: 0, unsettled: 0 });
    expect(await expectExact(other)).toMatchObject({ unsettled: 2 });
  });

  test("settles none when one of the ids is another team's", async () => {
    const [ctx, other] = [await makeTeam(), await makeTeam()];
    const [own, foreign] = [await endedRequest(ctx, TIMED_OUT), await endedRequest(other, TIMED_OUT)];
    const all = settleMany(ctx, { ids: [own, foreign], charged: true, reason: "mine" });
    await expect(all).rejects.toMatchObject({ code: "not_found" });
    expect(await stateOf(own)).toMatchObject({ state: "unsettled" });
    expect(await stateOf(foreign)).toMatchObject({ state: "unsettled" });
  });

  test.each(["viewer", "analyst"] as const)("is refused to the role %s", async (role) => {
    const ctx = await makeMember(await makeTeam(), role);
    await expect(settleMany(ctx, { all: true, charged: true, reason: "no" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("by two people at once beside new purchases waits for nobody for ever", async () => {
    const ctx = await makeTeam();
    const ids = await Promise.all(Array.from({ length: 12 }, () => endedRequest(ctx, TIMED_OUT)));
    const [yes, no] = await Promise.all([
      settleMany(ctx, { ids, charged: true, reason: "one" }),
      settleMany(ctx, { ids: [...ids].reverse(), charged: true, reason: "two" }),
      ...Array.from({ length: 8 }, () => endedRequest(ctx, CHARGED)),
    ]);
    const settled = [yes, no].flatMap(({ items }) => items).filter(({ result }) => result === "settled");
    expect(settled).toHaveLength(12);
    expect(await expectExact(ctx)).toMatchObject({ charged: 40, unsettled: 0 });
  });

  test("corrects what a person said before, by a new entry", async () => {
    const ctx = await makeTeam();
    const id = await endedRequest(ctx, TIMED_OUT);
    for (const charged of [true, false, true]) await settleMany(ctx, { ids: [id], charged, reason: "looked again" });
    expect((await stateOf(id)).events).toBe(
      "reserved 0, sending 0, unsettled 0, correction 2, correction -2, correction 2",
    );
    const { settled, count } = await readUnsettled(ctx);
    expect(count).toBe(0);
    expect(settled).toMatchObject([
      { id, outcome: "charged", byRule: false, settledBy: { name: "Mia Keller", reason: "looked again" } },
    ]);
    await expectExact(ctx);
  });
});

describe("the team's rule", () => {
  test.each([["charged", 2] as const, ["not_charged", 0] as const])(
    "assumes %s after its hours and not before, once, however many workers apply it",
    async (rule, credits) => {
      const ctx = await makeTeam();
      await setTeam(ctx, { unsettledRule: rule, unsettledAfterHours: 5 });
      const ids = await Promise.all(Array.from({ length: 6 }, () => endedRequest(ctx, TIMED_OUT)));
      await moveClock(database, 5 * HOUR - 60);
      await applyUnsettledRules();
      expect(await stateOf(ids[0] ?? "")).toMatchObject({ state: "unsettled" });
      await moveClock(database, 61);
      await Promise.all([applyUnsettledRules(), applyUnsettledRules(), applyUnsettledRules()]);
      for (const id of ids) {
        expect(await stateOf(id)).toEqual({
          state: rule,
          basis: "assumed",
          reason: "team_rule",
          events: `reserved 0, sending 0, unsettled 0, correction ${credits}`,
        });
      }
      expect(await expectExact(ctx)).toMatchObject({ charged: credits * 6, unsettled: 0 });
      expect((await readUnsettled(ctx)).settled[0]).toMatchObject({ byRule: true, outcome: rule, ending: "timeout" });
      expect((await readEntries(ctx, {})).items[0]).toMatchObject({ byRule: true, outcome: rule, basis: "assumed" });
    },
  );

  test("leaves everything to people when it says ask, and leaves alone what is still under way", async () => {
    const ctx = await makeTeam();
    const id = await endedRequest(ctx, TIMED_OUT);
    await moveClock(database, 1_000 * HOUR);
    await applyUnsettledRules();
    expect(await stateOf(id)).toMatchObject({ state: "unsettled" });
    await setTeam(ctx, { unsettledRule: "charged", unsettledAfterHours: 1 });
    const underWay = await sendRequest(ctx);
    await moveClock(database, 2 * HOUR);
    await applyUnsettledRules();
    expect(await stateOf(underWay.id)).toMatchObject({ state: "sending" });
    expect(await expectExact(ctx)).toMatchObject({ charged: 2, unsettled: 0 });
  });

  test.each([
    ["charged", "charged", CHARGED, 2, "correction 2, correction 0"],
    ["charged", "not_charged", FAILED, 0, "correction 2, correction -2"],
    ["not_charged", "charged", CHARGED, 2, "correction 0, correction 2"],
  ] as const)(
    "that assumed %s gives way to a late answer that proves %s",
    async (rule, outcome, answer, charged, corrections) => {
      const ctx = await makeTeam();
      await setTeam(ctx, { unsettledRule: rule, unsettledAfterHours: 1 });
      const late = await sendRequest(ctx);
      await endLease(database, late.id);
      await sweepOrphans();
      await moveClock(database, HOUR);
      await applyUnsettledRules();
      expect(await late.settle(answer)).toMatchObject({ result: "settled", state: outcome });
      expect(await late.settle(answer)).toMatchObject({ result: "again", state: outcome });
      expect(await stateOf(late.id)).toMatchObject({
        state: outcome,
        basis: answer.basis,
        events: `reserved 0, sending 0, unsettled 0, ${corrections}`,
      });
      expect(await expectExact(ctx)).toMatchObject({ charged, unsettled: 0 });
    },
  );

  test("is not undone by a second answer of a buyer that had already ended its request", async () => {
    const ctx = await makeTeam();
    await setTeam(ctx, { unsettledRule: "not_charged", unsettledAfterHours: 1 });
    const request = await sendRequest(ctx);
    await request.settle(TIMED_OUT);
    await moveClock(database, HOUR);
    await applyUnsettledRules();
    expect(await request.settle(CHARGED)).toMatchObject({ result: "again", state: "not_charged" });
    await expectExact(ctx);
  });
});

describe("a person", () => {
  test("beats the rule, and neither rule nor late answer beats the person; the late answer is kept", async () => {
    const ctx = await makeTeam();
    await setTeam(ctx, { unsettledRule: "charged", unsettledAfterHours: 1 });
    const late = await sendRequest(ctx);
    await endLease(database, late.id);
    await sweepOrphans();
    await moveClock(database, HOUR);
    await applyUnsettledRules();
    expect(await settleByHand(ctx, late.id, { charged: false, reason: "not on the dashboard" })).toMatchObject({
      outcome: "not_charged",
    });
    await moveClock(database, 10 * HOUR);
    await applyUnsettledRules();
    expect(await late.settle(CHARGED)).toMatchObject({ result: "again", state: "not_charged" });
    expect(await late.settle(CHARGED)).toMatchObject({ result: "again", state: "not_charged" });
    expect(await stateOf(late.id)).toMatchObject({ state: "not_charged", basis: "by_hand" });
    const { rows } = await database.superuserPool.query(
      `select (select count(*)::int from raw_answer where request_id = $1) as raw,
         (select count(*)::int from snapshot s join flight f on f.newest_snapshot_id = s.id where s.request_id = $1) as newest`,
      [late.id],
    );
    expect(rows).toEqual([{ raw: 1, newest: 1 }]);
    expect(await expectExact(ctx)).toMatchObject({ charged: 0, unsettled: 0 });
  });

  test("who confirms what the rule assumed makes it no assumption any more", async () => {
    const ctx = await makeTeam();
    await setTeam(ctx, { unsettledRule: "charged", unsettledAfterHours: 1 });
    const id = await endedRequest(ctx, TIMED_OUT);
    await moveClock(database, HOUR);
    await applyUnsettledRules();
    const confirm = () => settleMany(ctx, { ids: [id], charged: true, reason: "on the dashboard" });
    expect((await confirm()).items).toEqual([{ id, result: "settled" }]);
    expect((await confirm()).items).toEqual([{ id, result: "unchanged" }]);
    expect(await stateOf(id)).toMatchObject({ state: "charged", basis: "by_hand" });
    expect(await expectExact(ctx)).toMatchObject({ charged: 2 });
  });
});

describe("the reminder", () => {
  const noticesOf = async (ctx: TeamContext) =>
    (
      await database.superuserPool.query(
        "select facts from notification where team_id = $1 and member_id = $2 and kind = 'unsettled_open'",
        [ctx.team.id, ctx.member.id],
      )
    ).rows.map(({ facts }) => facts);

  test("tells admins once a day of what waits longer than a day, and nobody else", async () => {
    const ctx = await makeTeam();
    const [admin, analyst] = [await makeMember(ctx, "admin"), await makeMember(ctx, "analyst")];
    await endedRequest(ctx, TIMED_OUT);
    await endedRequest(analyst, TIMED_OUT);
    await moveClock(database, 23 * HOUR);
    await remindOfUnsettled();
    expect(await noticesOf(ctx)).toEqual([]);
    await moveClock(database, HOUR + 60);
    await Promise.all([remindOfUnsettled(), remindOfUnsettled()]);
    for (const told of [ctx, admin]) {
      expect(await noticesOf(told)).toEqual([{ upstream: "sandbox", requests: 2, credits: 4 }]);
    }
    expect(await noticesOf(analyst)).toEqual([]);
    await moveClock(database, 24 * HOUR);
    await remindOfUnsettled();
    expect(await noticesOf(admin)).toHaveLength(2);
  });

  test("is silent where the team's rule decides, and once everything is settled", async () => {
    const [ruled, settled] = [await makeTeam(), await makeTeam()];
    await setTeam(ruled, { unsettledRule: "charged", unsettledAfterHours: 720 });
    for (const ctx of [ruled, settled]) await endedRequest(ctx, TIMED_OUT);
    await settleMany(settled, { all: true, charged: true, reason: "dashboard" });
    await moveClock(database, 30 * HOUR);
    await remindOfUnsettled();
    expect([...(await noticesOf(ruled)), ...(await noticesOf(settled))]).toEqual([]);
  });
});
