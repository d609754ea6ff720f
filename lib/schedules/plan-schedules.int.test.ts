import { describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { changeLimits } from "@/lib/credits/change-limits";
import { readLimits } from "@/lib/credits/read-limits";
import { REGIONS } from "@/lib/insights/schemas";
import type { AppError } from "@/lib/platform/errors";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { fullPage, json } from "@/lib/testing/scripted-upstream";
import { createSearch } from "@/lib/tracking/create-search";
import { executeRun } from "@/lib/tracking/execute-run";
import { createSearchSchema } from "@/lib/tracking/schemas";
import { closeSlotOf } from "./close-slots";
import { createSchedule } from "./create-schedule";
import { openSlots } from "./open-slots";
import { planSchedules } from "./plan-schedules";
import { readPlan } from "./read-plan";
import { readSchedules } from "./read-schedules";
import { renewSlot } from "./renew-slot";
import { createScheduleSchema, planSchedulesSchema, type Schedule, scheduleSchema } from "./schemas";
import { undoPlan } from "./undo-plan";
import { updateSchedule } from "./update-schedule";

const given = purchases();

const mistake = (promise: Promise<unknown>): Promise<{ path: string; message: string } | undefined> =>
  promise.then(
    () => Promise.reject(new Error("It was not refused")),
    (error: AppError) => error.details.errors?.[0],
  );

/** The first day of a month of 31 days, an hour before the schedules' hour. */
async function january(): Promise<TeamContext> {
  await at("2027-01-01T08:00:00Z");
  return makeTeam();
}
const at = (moment: string) =>
  given.database.superuserPool.query(
    "update app_clock set offset_seconds = extract(epoch from $1 - clock_timestamp())",
    [moment],
  );

async function scheduled(ctx: TeamContext, count: number, over: object = {}): Promise<Schedule[]> {
  const made: Schedule[] = [];
  for (const region of REGIONS.slice(0, count)) {
    const search = createSearchSchema.parse({ name: region, region, window: "7", pages: 1 });
    const { id: searchId } = await createSearch(ctx, search);
    const input = createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9, ...over });
    made.push(scheduleSchema.parse(await createSchedule(ctx, input)));
  }
  return made;
}

const plan = (ctx: TeamContext, schedules: { id: string; priority?: number }[], over: object = {}) =>
  planSchedules(
    ctx,
    planSchedulesSchema.parse({
      budgetCredits: 100,
      hour: null,
      schedules: schedules.map(({ id, priority = 2 }) => ({ id, priority })),
      ...over,
    }),
  );

const every = async (ctx: TeamContext) =>
  new Map((await readSchedules(ctx)).items.map(({ id, cadence, everyDays }) => [id, `${cadence} ${everyDays}`]));

/** What the workers do at a moment. */
async function renewAt(ctx: TeamContext, moment: string): Promise<void> {
  await at(moment);
  while ((await openSlots()) > 0);
  const open = await asTeam(ctx.team.id, (tx) =>
    tx.scheduleSlot.findMany({ where: { teamId: ctx.team.id, endedAt: null } }),
  );
  for (const { teamId, scheduleId, dueAt } of open) await renewSlot({ teamId, scheduleId, dueAt: dueAt.toISOString() });
  const begun = await asTeam(ctx.team.id, (tx) =>
    tx.scheduleSlot.findMany({ where: { teamId: ctx.team.id, endedAt: null } }),
  );
  for (const { teamId, runId } of begun) {
    await executeRun(teamId, runId ?? "", new AbortController().signal);
    await closeSlotOf(teamId, runId ?? "");
  }
}

describe("a plan within a budget", () => {
  test("is told before, applied in one act with the share for schedules, and undone", async () => {
    const ctx = await january();
    const made = await scheduled(ctx, 3);
    const chosen = made.map(({ id }, index) => ({ id, priority: index + 1 }));
    const told = await plan(ctx, chosen, { budgetCredits: 140, dryRun: true });
    expect(told).toMatchObject({ until: "2027-01-31", leftCredits: 140, items: [{ before: 31 }, {}, {}] });
    expect(told.credits).toBeLessThanOrEqual(140);
    expect(told.days.reduce((sum, { credits }) => sum + credits, 0)).toBe(told.credits);
    expect([...(await every(ctx)).values()]).toEqual(["daily 1", "daily 1", "daily 1"]);

    await plan(ctx, chosen, { budgetCredits: 140 });
    const after = await every(ctx);
    expect(made.map(({ id }) => after.get(id))).toEqual(told.items.map(({ everyDays }) => `budget ${everyDays}`));
    expect((await readLimits(ctx)).schedules).toBe(140);
    expect(await readPlan(ctx)).toMatchObject({
      credits: told.credits,
      budgetCredits: 140,
      applied: { replanned: null },
    });

    const [first] = made;
    const [changed] = (await readSchedules(ctx)).items.filter(({ id }) => id === first?.id);
    await updateSchedule(ctx, changed?.id ?? "", { rule: { cadence: "weekly", weekDay: 1, hour: 7 } });
    expect(await undoPlan(ctx)).toEqual({ restored: 2, kept: 1 });
    expect([...(await every(ctx)).values()].toSorted()).toEqual(["daily 1", "daily 1", "weekly 1"]);
    expect((await readLimits(ctx)).schedules).toBeNull();
    expect(await undoPlan(ctx).catch((error: AppError) => error.code)).toBe("not_found");
  });

  test("counts what is shared at the same hour once", async () => {
    const ctx = await january();
    const [one] = await scheduled(ctx, 1);
    const [other] = await scheduled(ctx, 1, { hour: 14 });
    const chosen = [one, other].flatMap((each) => (each ? [each] : []));
    expect(await plan(ctx, chosen, { budgetCredits: 1000, dryRun: true })).toMatchObject({ credits: 124 });
    expect(await plan(ctx, chosen, { budgetCredits: 1000, hour: 9, dryRun: true })).toMatchObject({
      credits: 62,
      apartCredits: 124,
    });
  });

  test("stays within the budget over a month in which the upstream fails and credits go elsewhere, and says that it planned anew", async () => {
    const ctx = await january();
    const made = await scheduled(ctx, 3);
    await plan(
      ctx,
      made.map(({ id }, index) => ({ id, priority: index + 1 })),
      { budgetCredits: 100 },
    );
    await changeLimits(ctx, { team: 120 });
    for (let day = 1; day <= 31; day += 1) {
      // The upstream fails for a day, and on the tenth less is left for schedules than was planned.
      given.upstream.answer(day === 5 ? (_request, response) => json(response, 500, {}) : fullPage);
      if (day === 10) await changeLimits(ctx, { team: 70 });
      await renewAt(ctx, `2027-01-${String(day).padStart(2, "0")}T09:00:10Z`);
    }
    const { used } = await readLimits(ctx);
    expect(used.schedules.spent).toBeLessThanOrEqual(70);
    expect(used.schedules.spent).toBeGreaterThan(60);
    const { rows } = await given.database.superuserPool.query(
      `select s.id, count(*)::int as renewals from schedule s join schedule_slot x on x.team_id = s.team_id
         and x.schedule_id = s.id and x.outcome = 'renewed' where s.team_id = $1 group by 1`,
      [ctx.team.id],
    );
    const renewals = made.map(({ id }) => rows.find((row) => row.id === id)?.renewals ?? 0);
    expect(renewals).toEqual(renewals.toSorted((a, b) => b - a));
    const { applied } = await readPlan(ctx);
    expect(applied?.replanned).not.toBeNull();
    const { rows: notices } = await given.database.superuserPool.query(
      `select facts, link from notification where team_id = $1 and kind = 'schedules_replanned' and created_at < $2`,
      [ctx.team.id, "2027-01-11"],
    );
    expect(notices).toContainEqual({
      facts: {
        upstream: "sandbox",
        slower: expect.any(Number),
        faster: expect.any(Number),
        resting: expect.any(Number),
      },
      link: "/schedules",
    });
    await expectExact(ctx);

    await at("2027-02-01T00:30:00Z");
    const next = new Map((await readSchedules(ctx)).items.map(({ id, nextDueAt }) => [id, nextDueAt]));
    expect([...next.values()].every((due) => due >= "2027-02-01")).toBe(true);
  });

  test("is kept to in a month on the simulated clock: no credit above it, and each renewed as often as planned", async () => {
    const ctx = await january();
    const made = await scheduled(ctx, 3);
    const chosen = made.map(({ id }, index) => ({ id, priority: index + 1 }));
    const told = await plan(ctx, chosen, { budgetCredits: 110 });
    for (let day = 1; day <= 31; day += 1) await renewAt(ctx, `2027-01-${String(day).padStart(2, "0")}T09:00:10Z`);
    const { rows } = await given.database.superuserPool.query(
      `select schedule_id as id, count(*)::int as renewals, max(gap)::int as longest from (
         select schedule_id, due_at::date - lag(due_at::date) over (partition by schedule_id order by due_at) as gap
         from schedule_slot where team_id = $1 and outcome = 'renewed') x group by 1`,
      [ctx.team.id],
    );
    const reached = told.items.map(({ id }) => rows.find((row) => row.id === id));
    for (const [index, { renewals, everyDays }] of told.items.entries()) {
      expect(reached[index]?.renewals).toBeGreaterThanOrEqual(renewals);
      expect(reached[index]?.longest).toBeLessThanOrEqual(everyDays ?? 0);
    }
    const { used } = await readLimits(ctx);
    expect(used.schedules.spent).toBeGreaterThanOrEqual(told.credits);
    expect(used.schedules.spent).toBeLessThanOrEqual(110);
    await expectExact(ctx);
  });

  test("is refused at the field where it cannot be", async () => {
    const owner = await january();
    const [first, second] = await scheduled(owner, 2);
    const named = (each: Schedule | undefined) => [{ id: each?.id ?? "" }];
    expect(await mistake(plan(owner, named(first), { budgetCredits: 61 }))).toEqual({
      path: "budgetCredits",
      message: "budget_below_kept",
    });
    await updateSchedule(owner, second?.id ?? "", { paused: true });
    expect(await mistake(plan(owner, named(first), { budgetCredits: 1 }))).toEqual({
      path: "budgetCredits",
      message: "budget_below_run",
    });
    expect(await mistake(plan(owner, named(second)))).toEqual({ path: "schedules.0.id", message: "schedule_unknown" });
    const analyst = await makeMember(owner, "analyst");
    expect(await plan(analyst, named(first)).catch((error: AppError) => error.code)).toBe("forbidden");
  });

  test.each([
    [{ budgetCredits: -1 }, "budget_unknown"],
    [{ budgetCredits: 1.5 }, "budget_unknown"],
    [{ hour: 24 }, "hour_unknown"],
    [{ schedules: [] }, "plan_of_nothing"],
    [{ schedules: [{ id: "018f0000-0000-7000-8000-000000000000", priority: 4 }] }, "priority_unknown"],
  ])("refuses %j", (over, message) => {
    const schedules = [{ id: "018f0000-0000-7000-8000-000000000000", priority: 1 }];
    const { error } = planSchedulesSchema.safeParse({ budgetCredits: 10, hour: null, schedules, ...over });
    expect(error?.issues.map((issue) => issue.message)).toContain(message);
  });
});
