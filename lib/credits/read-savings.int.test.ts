import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { asTeam } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { noteOpened } from "@/lib/insights/note-opened";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { createScheduleSchema, type Schedule, updateScheduleSchema } from "@/lib/schedules/schemas";
import { updateSchedule } from "@/lib/schedules/update-schedule";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { createSearch } from "@/lib/tracking/create-search";
import { createSearchSchema } from "@/lib/tracking/schemas";
import { readSavings } from "./read-savings";
import { readStatement } from "./read-statement";
import { updateCreditSettings } from "./update-credit-settings";

const given = purchases();
const HOUR = 3_600_000;
const pool = () => given.database.superuserPool;

type Label = "used" | "repeated" | "unopened" | "unchanged" | "keyTest" | "byProgram";
type Bought = {
  label: Label;
  question?: object;
  posts: number;
  search?: string;
  schedule?: string;
  member?: TeamContext;
};

/** Buys through the real path, then as if it had been at that hour of the first of the month; what was used is opened. */
async function buy(
  ctx: TeamContext,
  hour: number,
  { label, question = {}, posts, search, schedule, member = ctx }: Bought,
) {
  given.upstream.answer((_asked, response) => json(response, 200, wirePage([wireRow(1, { post: posts })])));
  const purpose = label === "keyTest" ? "key_test" : label === "byProgram" ? "api" : "explore";
  const run = search
    ? {
        run: {
          id: crypto.randomUUID(),
          searchId: search,
          watchlistId: null,
          scheduleId: schedule ?? null,
          waitedMs: 0,
        },
      }
    : {};
  const { snapshot } = await buyPage(member, ask({ maxAgeMinutes: 0, ...question }), { ...explore, purpose, ...run });
  const id = snapshot.receipt.id;
  const at = new Date(monthStart.getTime() + hour * HOUR);
  for (const [table, columns, key] of [
    ["ranking_row", ["fetched_at"], "snapshot_id"],
    ["snapshot", ["fetched_at", "sent_at"], "id"],
    ["credit_request", ["reserved_at"], "id"],
    ["served_answer", ["at"], "id"],
  ] as const) {
    const value = key === "id" && table !== "snapshot" ? id : snapshot.id;
    await pool().query(`update ${table} set ${columns.map((column) => `${column} = $1`).join()} where ${key} = $2`, [
      at,
      value,
    ]);
  }
  if (label === "used" || label === "unchanged") await noteOpened(member, { receiptIds: [id] });
  return id;
}

let monthStart: Date;
let ctx: TeamContext;
let chen: TeamContext;
let searchId: string;
let scheduleId: string;

/** A month that is over, with each kind of waste in known credits: 2 for each label below. */
const PLAN = [
  { hour: 1, label: "used", posts: 1 },
  { hour: 2, label: "repeated", posts: 2 },
  { hour: 40, label: "used", posts: 3 },
  { hour: 80, label: "unchanged", posts: 3 },
  { hour: 82, label: "keyTest", posts: 3 },
  { hour: 120, label: "unopened", posts: 4 },
  { hour: 160, label: "byProgram", posts: 5 },
  { hour: 10, label: "used", posts: 1, question: { region: "GB" }, ofSearch: true },
  { hour: 50, label: "unchanged", posts: 1, question: { region: "GB" }, ofSearch: true },
  { hour: 90, label: "unchanged", posts: 1, question: { region: "GB" }, ofSearch: true },
  { hour: 130, label: "unopened", posts: 1, question: { region: "GB" }, ofSearch: true },
] as const;

beforeAll(async () => {
  const { rows } = await pool().query(
    "select date_trunc('month', app_now() at time zone 'UTC') - interval '1 month' as at",
  );
  monthStart = new Date(`${rows[0].at.toISOString().slice(0, 10)}T00:00:00Z`);
  await pool().query(
    "alter table ranking_row disable trigger user; alter table snapshot disable trigger user; alter table credit_request disable trigger user; alter table served_answer disable trigger user; alter table credit_event disable trigger user",
  );
  ctx = await makeTeam();
  chen = await makeMember(ctx, "analyst");
  searchId = (
    await createSearch(chen, createSearchSchema.parse({ name: "GB week", region: "GB", window: "7", pages: 1 }))
  ).id;
  const daily = createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9 });
  scheduleId = ((await createSchedule(chen, daily)) as Schedule).id;
  await pool().query("update team set opened_since = $1 where id = $2", [monthStart, ctx.team.id]);
  for (const step of [...PLAN].sort((a, b) => a.hour - b.hour)) {
    const ofSearch = "ofSearch" in step;
    await buy(ctx, step.hour, {
      ...step,
      question: "question" in step ? step.question : {},
      ...(ofSearch ? { search: searchId, schedule: scheduleId, member: chen } : {}),
    });
  }
  // What was bought is of the month that it is dated to.
  const first = monthStart.toISOString().slice(0, 10);
  await pool().query("update credit_request set period_start = $1 where team_id = $2", [first, ctx.team.id]);
  await pool().query("update credit_counter set period_start = $1 where team_id = $2", [first, ctx.team.id]);
});

const credits = (label: Label, of: readonly { label: Label }[] = PLAN) =>
  2 * of.filter((step) => step.label === label).length;

describe("a ledger with labelled waste", () => {
  test("gives exactly the labels back, by kind, by member and by search", async () => {
    const found = await readSavings(ctx);
    const ofSearch = PLAN.filter((step) => "ofSearch" in step);
    const kinds = (of: readonly { label: Label }[] = PLAN) => ({
      spent: 2 * of.length,
      repeated: credits("repeated", of),
      unopened: credits("unopened", of),
      unchanged: credits("unchanged", of),
    });
    expect(found).toMatchObject({
      period: { from: monthStart.toISOString().slice(0, 10), isRunning: false },
      openedSince: null,
      purchases: { repeated: 1, unopened: 2, unchanged: 3 },
      ...kinds(),
    });
    expect(found.byMember.map(({ key, name: _name, withoutRepeats: _without, ...line }) => [key, line])).toEqual([
      [ctx.member.id, kinds(PLAN.filter((step) => !("ofSearch" in step)))],
      [chen.member.id, kinds(ofSearch)],
    ]);
    expect(found.bySearch.find(({ key }) => key === searchId)).toMatchObject({ name: "GB week", ...kinds(ofSearch) });
  });

  test("replayed as it was costs what the statement of that period says", async () => {
    const found = await readSavings(ctx);
    const statement = await readStatement(ctx, { period: found.period.from });
    expect(found.spent).toBe(statement.total.charged);
    expect(found.spent).toBe(2 * PLAN.length);
  });

  test("says what the period would have cost with fresh copies taken, with the search renewed less often, and without it", async () => {
    const found = await readSavings(ctx);
    // The second hour's repeat, and the test of the key two hours after an answer.
    expect(found.byMember.find(({ key }) => key === ctx.member.id)?.withoutRepeats).toBe(2 * PLAN.length - 4);
    const search = found.bySearch.find(({ key }) => key === searchId);
    // At the hours 10, 50, 90 and 130: at most every second day leaves the first and the third.
    expect(search?.rarer[0]).toEqual({ days: 2, credits: 2 * PLAN.length - 4 });
    expect(search?.stopped).toBe(2 * PLAN.length - 8);
  });

  test("says of a schedule what a rarer cadence or a rest would have left, and changes nothing by looking", async () => {
    const found = await readSavings(ctx);
    expect(found.bySchedule).toMatchObject([
      {
        key: scheduleId,
        name: "GB week",
        kind: "search",
        spent: 8,
        unchanged: 4,
        unopened: 2,
        renews: { cadence: "daily", hour: 9 },
        // All four lie within a week.
        rarer: [{ cadence: "weekly", credits: 2 * PLAN.length - 6 }],
        stopped: 2 * PLAN.length - 8,
      },
    ]);
    const [{ renews } = { renews: null }] = found.bySchedule;
    await updateSchedule(chen, scheduleId, updateScheduleSchema.parse({ paused: true, version: renews?.version }));
    expect((await readSavings(ctx)).bySchedule).toMatchObject([{ renews: null, rarer: [], spent: 8 }]);
  });

  test("counts no answer as unopened that was fetched before opening was kept, and none that may still be opened", async () => {
    await pool().query("update team set opened_since = $1 where id = $2", [
      new Date(monthStart.getTime() + 125 * HOUR),
      ctx.team.id,
    ]);
    const found = await readSavings(ctx);
    expect(found).toMatchObject({ unopened: 2, openedSince: expect.any(String) });
    await pool().query("update team set opened_since = $1 where id = $2", [monthStart, ctx.team.id]);

    const fresh = await makeTeam();
    given.upstream.answer((_asked, response) => json(response, 200, wirePage([wireRow(1)])));
    await buyPage(fresh, ask(), explore);
    expect(await readSavings(fresh)).toMatchObject({ spent: 2, unopened: 0, period: { isRunning: true } });
    await expectExact(fresh);
  });

  test("is told of others only as far as the team lets them see", async () => {
    const viewer = await makeMember(ctx, "viewer", "Ana");
    await updateCreditSettings(ctx, { usageVisibility: "totals" });
    const totals = await readSavings(viewer);
    expect(totals.byMember.map(({ key }) => key)).toEqual([ctx.member.id, chen.member.id]);
    expect(totals.bySearch.map(({ key, name, stopped }) => [key, name, stopped])).toEqual([["others", "others", null]]);
    await updateCreditSettings(ctx, { usageVisibility: "own" });
    const own = await readSavings(viewer);
    expect(own.byMember.map(({ key }) => key)).toEqual(["others"]);
    expect(own).toMatchObject({ spent: 2 * PLAN.length, visibility: "own" });
    await updateCreditSettings(ctx, { usageVisibility: "all" });
  });
});

test("a period that is none is refused by its field", async () => {
  await expect(readSavings(ctx, { period: "2020-01-02" })).rejects.toMatchObject({
    code: "invalid_request",
    details: { errors: [{ path: "period", message: "period_unknown" }] },
  });
});

test("opened is kept once, for readable answers of the own team only", async () => {
  const other = await makeTeam();
  const { snapshot } = await buyPage(other, ask(), explore);
  const opened = () =>
    asTeam(other.team.id, (tx) => tx.answerOpened.findMany({ where: { teamId: other.team.id }, select: { at: true } }));
  await noteOpened(ctx, { receiptIds: [snapshot.receipt.id] });
  expect(await opened()).toEqual([]);
  await noteOpened(other, { receiptIds: [snapshot.receipt.id, crypto.randomUUID()] });
  const [first] = await opened();
  await noteOpened(other, { receiptIds: [snapshot.receipt.id] });
  expect(await opened()).toEqual([first]);
});
