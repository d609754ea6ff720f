import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { changeLimits } from "@/lib/credits/change-limits";
import { entryColumns } from "@/lib/credits/csv-columns";
import { readEntries } from "@/lib/credits/read-entries";
import { readLog } from "@/lib/credits/read-log";
import { readSavings } from "@/lib/credits/read-savings";
import { readStatement } from "@/lib/credits/read-statement";
import { readUsage } from "@/lib/credits/read-usage";
import type { LedgerEntry } from "@/lib/credits/schemas";
import { buyPage } from "@/lib/insights/buy-page";
import { readReceipt } from "@/lib/insights/read-receipt";
import type { AppError } from "@/lib/platform/errors";
import { removeMember } from "@/lib/teams/remove-member";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, purchases } from "@/lib/testing/purchases";
import { fullPage, json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { deleteSearch } from "@/lib/tracking/delete-search";
import { executeRun } from "@/lib/tracking/execute-run";
import { readSearch } from "@/lib/tracking/read-searches";
import { createSearchSchema, createWatchlistSchema } from "@/lib/tracking/schemas";
import { updateSearch } from "@/lib/tracking/update-search";
import { updateWatchlist } from "@/lib/tracking/update-watchlist";
import { closeSlotOf, recoverSlots } from "./close-slots";
import { createSchedule } from "./create-schedule";
import { openSlots } from "./open-slots";
import { readSchedule } from "./read-schedules";
import { renewSlot } from "./renew-slot";
import { runSchedule } from "./run-schedule";
import { createScheduleSchema, type Schedule, scheduleSchema } from "./schemas";
import { updateSchedule } from "./update-schedule";

const given = purchases();

const failure = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error("It was not refused")),
    (error: AppError) => error,
  );

const NOT_THEIRS = { code: "forbidden", details: { reason: "schedule_owner" } };

const searchOf = (ctx: TeamContext, pages = 2) =>
  createSearch(ctx, createSearchSchema.parse({ name: "All", region: "US", window: "7", pages }));

async function scheduled(ctx: TeamContext, over: Record<string, unknown> = {}): Promise<Schedule> {
  const { id: searchId } = await searchOf(ctx);
  const input = createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9, ...over });
  return scheduleSchema.parse(await createSchedule(ctx, input));
}

/** As if the schedule had been due so many days ago, and then looked at. */
async function due(ctx: TeamContext, id: string, daysAgo = 0): Promise<void> {
  await given.database.superuserPool.query(
    `update schedule set next_due_at = date_trunc('hour', app_now()) - $3 * interval '1 day',
       hour = extract(hour from app_now() at time zone time_zone) where team_id = $1 and id = $2`,
    [ctx.team.id, id, daysAgo],
  );
  await Promise.all([openSlots(), openSlots(), openSlots()]);
}

const slots = (ctx: TeamContext, scheduleId: string) =>
  asTeam(ctx.team.id, (tx) =>
    tx.scheduleSlot.findMany({ where: { teamId: ctx.team.id, scheduleId }, orderBy: { dueAt: "asc" } }),
  );

/** What the worker does with what is open, by several of them at once. */
async function work(ctx: TeamContext, scheduleId: string): Promise<void> {
  const open = (await slots(ctx, scheduleId)).filter(({ endedAt }) => endedAt === null);
  const jobs = open.map(({ teamId, dueAt }) => ({ teamId, scheduleId, dueAt: dueAt.toISOString() }));
  await Promise.all([...jobs, ...jobs, ...jobs].map(renewSlot));
  for (const { runId } of await slots(ctx, scheduleId)) {
    if (!runId) continue;
    await executeRun(ctx.team.id, runId, new AbortController().signal);
    await closeSlotOf(ctx.team.id, runId);
  }
}

describe("a schedule that is due", () => {
  test("renews once, however many workers look, as a schedule's purchase of its owner", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    await due(ctx, id);
    await work(ctx, id);
    expect(await slots(ctx, id)).toMatchObject([{ outcome: "renewed", credits: 4, missed: 0, reason: null }]);
    const { rows } = await given.database.superuserPool.query(
      "select distinct purpose, schedule_id, member_id from credit_request where team_id = $1",
      [ctx.team.id],
    );
    expect(rows).toEqual([{ purpose: "schedule", schedule_id: id, member_id: ctx.member.id }]);
    expect(given.upstream.seen).toHaveLength(2);
    await expectExact(ctx);
  });

  test("after a time without workers renews once for all that was missed", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    await due(ctx, id, 5);
    await work(ctx, id);
    expect(await slots(ctx, id)).toMatchObject([{ outcome: "renewed", missed: 5 }]);
    const { nextDueAt } = await readSchedule(ctx, id);
    expect(Date.parse(nextDueAt)).toBeGreaterThan(Date.now());
  });

  test("buys nothing that was fetched since the moment, and says so", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    await due(ctx, id);
    await work(ctx, id);
    const again = await scheduled(ctx);
    await due(ctx, again.id);
    await work(ctx, again.id);
    expect(await slots(ctx, again.id)).toMatchObject([{ outcome: "fresh", credits: 0 }]);
    expect(given.upstream.seen).toHaveLength(2);
  });

  test("asks a page whose cost is to confirm again at the next moment, and not before", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    given.upstream.answer((_request, response) => response.writeHead(200).end("{"));
    await due(ctx, id);
    await work(ctx, id);
    expect(await slots(ctx, id)).toMatchObject([{ outcome: "failed", credits: 4 }]);
    await recoverSlots();
    await openSlots();
    await work(ctx, id);
    expect(given.upstream.seen).toHaveLength(2);
    given.upstream.answer(fullPage);
    await runSchedule(ctx, id, {});
    await work(ctx, id);
    expect((await slots(ctx, id)).at(-1)).toMatchObject({ outcome: "renewed", credits: 4 });
    expect(given.upstream.seen).toHaveLength(4);
    await expectExact(ctx);
  });

  test("says since when the source was not updated, until it is", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    const renew = async () => {
      await runSchedule(ctx, id, {});
      await work(ctx, id);
      return (await slots(ctx, id)).at(-1);
    };
    expect(await renew()).toMatchObject({ outcome: "renewed", unchangedSince: null });
    const [first] = await asTeam(ctx.team.id, (tx) =>
      tx.snapshot.findMany({ where: { teamId: ctx.team.id }, orderBy: { fetchedAt: "asc" }, take: 1 }),
    );
    const since = new Date(Math.round(first?.fetchedAt.getTime() ?? 0));
    for (let time = 0; time < 2; time += 1) {
      const slot = await renew();
      expect(slot?.outcome).toBe("renewed");
      expect(Math.abs((slot?.unchangedSince?.getTime() ?? 0) - since.getTime())).toBeLessThan(2);
    }
    given.upstream.answer((_request, response) => json(response, 200, wirePage([wireRow(7)])));
    expect(await renew()).toMatchObject({ outcome: "renewed", unchangedSince: null });
  });

  test("is skipped with the reason while it rests, and where a limit leaves nothing; people are told once", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    await updateSchedule(ctx, id, { paused: true });
    await due(ctx, id, 1);
    expect(await slots(ctx, id)).toMatchObject([{ outcome: "skipped", reason: "paused" }]);
    await updateSchedule(ctx, id, { paused: false });
    await changeLimits(ctx, { schedules: 0 });
    for (let press = 0; press < 2; press += 1) {
      await runSchedule(ctx, id, {});
      await work(ctx, id);
    }
    expect((await slots(ctx, id)).slice(1)).toMatchObject([
      { outcome: "skipped", reason: "schedules_share", credits: 0 },
      { outcome: "skipped", reason: "schedules_share", credits: 0 },
    ]);
    const { rows } = await given.database.superuserPool.query(
      "select facts ->> 'reason' as reason from notification where team_id = $1 and kind = 'schedule_skipped'",
      [ctx.team.id],
    );
    expect(rows).toEqual([{ reason: "schedules_share" }]);
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("and whose worker was killed is taken up again, with one outcome", async () => {
    const ctx = await makeTeam();
    const { id } = await scheduled(ctx);
    await due(ctx, id);
    const [slot] = await slots(ctx, id);
    const job = { teamId: ctx.team.id, scheduleId: id, dueAt: slot?.dueAt.toISOString() ?? "" };
    await recoverSlots();
    await renewSlot(job);
    const [begun] = await slots(ctx, id);
    await executeRun(ctx.team.id, begun?.runId ?? "", new AbortController().signal);
    await recoverSlots();
    await recoverSlots();
    expect(await slots(ctx, id)).toMatchObject([{ outcome: "renewed", credits: 4 }]);
    await expectExact(ctx);
  });
});

test("what the share pays for is told as the share's in usage, log, statement, savings, receipt and file", async () => {
  const owner = await makeTeam();
  const analyst = await makeMember(owner, "analyst");
  await changeLimits(owner, { schedules: 6, members: [{ id: owner.member.id, credits: 0 }] });
  const { id } = await scheduled(owner, { paidBy: "share" });
  await due(owner, id);
  await work(owner, id);
  expect(await slots(owner, id)).toMatchObject([{ outcome: "renewed", credits: 4 }]);
  await buyPage(analyst, ask({ page: 9 }), explore);

  const usage = await readUsage(owner, { by: "member" });
  expect(usage.groups.map(({ key, spent }) => [key, spent])).toEqual([
    ["share", 4],
    [analyst.member.id, 2],
    [owner.member.id, 0],
  ]);
  expect(await readUsage(owner, { by: "member", member: "share" })).toMatchObject({ spent: 4 });
  expect(await readUsage(owner, { by: "member", member: owner.member.id })).toMatchObject({ spent: 0 });
  const { items } = await readEntries(owner, { member: "share" });
  expect(items.map(({ paidBy, member }) => [paidBy, member.id])).toEqual([
    ["share", owner.member.id],
    ["share", owner.member.id],
  ]);
  expect(await readReceipt(owner, items[0]?.id ?? "")).toMatchObject({ paidBy: "share" });
  expect(
    entryColumns("UTC", null)
      .find(({ key }) => key === "paid_by")
      ?.value(items[0] as LedgerEntry),
  ).toBe("share");
  expect((await readLog(owner, { member: "share", free: true })).items).toHaveLength(2);
  expect((await readStatement(owner)).byMember.map(({ key, charged }) => [key, charged])).toEqual([
    ["share", 4],
    [analyst.member.id, 2],
  ]);
  expect((await readSavings(owner)).byMember.map(({ key, spent }) => [key, spent])).toEqual([
    ["share", 4],
    [analyst.member.id, 2],
  ]);

  // The next renewal finds two credits left, and the one after that none.
  for (let press = 0; press < 2; press += 1) {
    await runSchedule(owner, id, {});
    await work(owner, id);
  }
  expect(await slots(owner, id)).toMatchObject([
    { outcome: "renewed" },
    { outcome: "partial", reason: "schedules_share" },
    { outcome: "skipped", reason: "schedules_share" },
  ]);
  await expectExact(owner);
});

describe("setting one up", () => {
  test("tells its price and buys nothing; a second one of the same thing is refused", async () => {
    const ctx = await makeTeam();
    const { id: searchId } = await searchOf(ctx, 3);
    const input = createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9 });
    expect(await createSchedule(ctx, { ...input, dryRun: true })).toMatchObject({
      runCredits: 6,
      slots: 30,
      monthCredits: 180,
    });
    expect(await readSearch(ctx, searchId)).toMatchObject({ scheduled: false });
    await createSchedule(ctx, input);
    expect(await readSearch(ctx, searchId)).toMatchObject({ scheduled: true });
    expect(await failure(createSchedule(ctx, input))).toMatchObject({
      details: { errors: [{ path: "what", message: "schedule_exists" }] },
    });
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("names a payer who may spend, and another one only as an admin", async () => {
    const owner = await makeTeam();
    const [viewer, analyst] = [await makeMember(owner, "viewer"), await makeMember(owner, "analyst")];
    const refused = async (as: TeamContext, memberId: string) =>
      (await failure(scheduled(as, { memberId }))).details.errors?.[0]?.message;
    expect(await refused(owner, viewer.member.id)).toBe("schedule_owner_viewer");
    expect(await refused(analyst, owner.member.id)).toBe("schedule_owner_admin");
    expect(await refused(owner, owner.team.id)).toBe("member_unknown");
    expect((await scheduled(owner, { memberId: analyst.member.id })).owner.id).toBe(analyst.member.id);
  });

  test("lets the team's share pay where there is one, for what the team sees, and by an admin alone", async () => {
    const owner = await makeTeam();
    const admin = await makeMember(owner, "admin");
    const analyst = await makeMember(owner, "analyst");
    const refused = async (as: TeamContext, over = {}) =>
      (await failure(scheduled(as, { paidBy: "share", ...over }))).details.errors?.[0];
    expect(await refused(admin)).toEqual({ path: "paidBy", message: "schedule_share_unset" });
    await changeLimits(owner, { schedules: 10 });
    expect(await refused(analyst)).toEqual({ path: "paidBy", message: "schedule_share_admin" });
    const own = createSearchSchema.parse({ name: "Own", region: "US", window: "7", pages: 1, shared: false });
    const { id: searchId } = await createSearch(admin, own);
    expect(await refused(admin, { searchId })).toEqual({ path: "paidBy", message: "schedule_share_private" });

    const { id, paidBy } = await scheduled(admin, { paidBy: "share" });
    expect(paidBy).toBe("share");
    const rule = { cadence: "daily" as const, hour: 7 };
    expect(await failure(updateSchedule(analyst, id, { rule }))).toMatchObject(NOT_THEIRS);
    expect((await failure(updateSchedule(analyst, id, { paidBy: "member" }))).details.errors?.[0]?.message).toBe(
      "schedule_owner_admin",
    );
    const own2 = await updateSchedule(analyst, id, { rule, paidBy: "member", memberId: analyst.member.id });
    expect(own2).toMatchObject({ hour: 7, paidBy: "member", owner: { id: analyst.member.id } });
    expect((await failure(updateSchedule(analyst, id, { paidBy: "share" }))).details.errors?.[0]?.message).toBe(
      "schedule_share_admin",
    );
    // It goes on with an owner when its member leaves.
    await updateSchedule(admin, id, { paidBy: "share", memberId: admin.member.id });
    await removeMember(owner, admin.member.id);
    expect(await readSchedule(owner, id)).toMatchObject({ owner: { id: owner.member.id }, pausedAt: null });
  });

  test("whose credits it spends decides when it renews and whether it rests, or who sets limits", async () => {
    const owner = await makeTeam();
    const [mia, chen] = [await makeMember(owner, "analyst"), await makeMember(owner, "analyst")];
    await changeLimits(owner, { schedules: 10 });
    const rule = { cadence: "daily" as const, hour: 7 };
    const ofMia = await scheduled(mia);
    const ofShare = await scheduled(owner, { memberId: chen.member.id, paidBy: "share" });
    await updateSchedule(owner, ofMia.id, { paused: true });
    for (const { id } of [ofMia, ofShare]) {
      expect(await failure(updateSchedule(chen, id, { rule }))).toMatchObject(NOT_THEIRS);
      expect(await failure(updateSchedule(chen, id, { paused: false }))).toMatchObject(NOT_THEIRS);
      expect(await failure(runSchedule(chen, id, {}))).toMatchObject(NOT_THEIRS);
    }
    expect(await readSchedule(owner, ofMia.id)).toMatchObject({ hour: 9, pausedAt: expect.any(String) });
    expect(await updateSchedule(mia, ofMia.id, { rule, paused: false })).toMatchObject({ hour: 7, pausedAt: null });
  });

  test("is changed on the version that was read, else whoever was faster is told of", async () => {
    const ctx = await makeTeam();
    const { id, version } = await scheduled(ctx);
    const weekly = { cadence: "weekly" as const, weekDay: 3, hour: 7 };
    expect(await updateSchedule(ctx, id, { rule: weekly, version })).toMatchObject({ ...weekly, version: version + 1 });
    const late = updateSchedule(ctx, id, { rule: { cadence: "daily", hour: 9 }, version });
    expect(await failure(late)).toMatchObject({ code: "conflict", details: { reason: "edited_meanwhile" } });
    expect(await readSchedule(ctx, id)).toMatchObject(weekly);
  });

  test.each([
    [{ cadence: "hourly" }, "cadence_unknown"],
    [{ cadence: "monthly", monthDay: 32 }, "month_day_unknown"],
    [{ cadence: "monthly" }, "month_day_unknown"],
    [{ cadence: "weekly", weekDay: 0 }, "week_day_unknown"],
    [{ hour: 24 }, "hour_unknown"],
  ])("refuses %j at its field", (over, message) => {
    const searchId = "018f0000-0000-7000-8000-000000000000";
    const { error } = createScheduleSchema.safeParse({ searchId, cadence: "daily", hour: 9, ...over });
    expect(error?.issues.map((issue) => issue.message)).toContain(message);
  });
});

test("what renews at the expense of others asks for nothing else and no more pages but by them and admins", async () => {
  const owner = await makeTeam();
  const [mia, chen] = [await makeMember(owner, "analyst"), await makeMember(owner, "analyst")];
  const { id: searchId } = await searchOf(chen);
  await scheduled(mia, { searchId });
  const error = await failure(updateSearch(chen, searchId, { region: "GB", q: "perfume", pages: 25, name: "More" }));
  expect(error.details.errors?.map(({ path }) => path)).toEqual(["region", "q", "pages"]);
  expect(await updateSearch(chen, searchId, { name: "Less", q: null, pages: 1 })).toMatchObject({ pages: 1 });
  expect(await updateSearch(mia, searchId, { q: "perfume" })).toMatchObject({ q: "perfume" });
  expect(await updateSearch(owner, searchId, { pages: 3 })).toMatchObject({ pages: 3 });
});

test("what renews at the expense of others is not hidden by its maker before somebody sees to who pays", async () => {
  const owner = await makeTeam();
  const [mia, chen] = [await makeMember(owner, "analyst"), await makeMember(owner, "analyst")];
  await changeLimits(owner, { schedules: 10 });
  const { id: searchId } = await searchOf(chen);
  const { id: watchlistId } = await createWatchlist(chen, createWatchlistSchema.parse({ name: "Ours" }));
  const byShare = await scheduled(owner, { searchId, paidBy: "share" });
  const byMia = await scheduled(mia, { searchId: null, watchlistId });
  const hidden = { details: { errors: [{ path: "shared", message: "renewal_paid_by_others" }] } };
  expect(await failure(updateSearch(chen, searchId, { shared: false }))).toMatchObject(hidden);
  expect(await failure(updateWatchlist(chen, watchlistId, { shared: false }))).toMatchObject(hidden);
  const mine = { paidBy: "member", memberId: chen.member.id } as const;
  await Promise.all([byShare, byMia].map(({ id }) => updateSchedule(chen, id, mine)));
  expect(await updateSearch(chen, searchId, { shared: false })).toMatchObject({ shared: false });
});

test("the schedules of a removed member pass to the person named or rest, and end with what they renew", async () => {
  const owner = await makeTeam();
  const [mia, chen, ana] = [
    await makeMember(owner, "analyst"),
    await makeMember(owner, "analyst"),
    await makeMember(owner, "viewer"),
  ];
  const [first, second] = [await scheduled(mia), await scheduled(chen)];
  expect((await failure(removeMember(owner, mia.member.id, ana.member.id))).details.errors?.[0]?.message).toBe(
    "schedule_owner_viewer",
  );
  await removeMember(owner, mia.member.id, chen.member.id);
  expect(await readSchedule(owner, first.id)).toMatchObject({ owner: { id: chen.member.id }, pausedAt: null });
  await removeMember(owner, chen.member.id);
  expect((await readSchedule(owner, second.id)).pausedAt).not.toBeNull();
  await deleteSearch(owner, first.searchId ?? "");
  expect(await failure(readSchedule(owner, first.id))).toMatchObject({ code: "not_found" });
});
