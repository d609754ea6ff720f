import { afterEach, expect, test, vi } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { changeLimits } from "@/lib/credits/change-limits";
import { REGIONS } from "@/lib/insights/schemas";
import { makeTeam } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { KILL_MS, startWorkerProcess } from "@/lib/testing/with-worker-process";
import { createSearch } from "@/lib/tracking/create-search";
import { createSearchSchema } from "@/lib/tracking/schemas";
import { createSchedule } from "./create-schedule";
import { createScheduleSchema } from "./schemas";

const given = purchases();

const SCHEDULES = 8;
const PAGES = 2;
/** A killed worker's moment is taken over within this time, by leases alone. */
const TAKEOVER_MS = 120_000;

const query = async (sql: string, ...values: unknown[]) => (await given.database.superuserPool.query(sql, values)).rows;
const between = (least: number, most: number) => least + Math.floor(Math.random() * (most - least + 1));

const workers = new Set<ReturnType<typeof startWorkerProcess>>();
const start = (count: number) => {
  for (let one = 0; one < count; one += 1) workers.add(startWorkerProcess());
};
async function killOne() {
  const victim = [...workers][between(0, workers.size - 1)];
  if (victim) workers.delete(victim);
  await victim?.kill();
}
const killAll = async () => {
  while (workers.size > 0) await killOne();
};
afterEach(killAll);

async function manySchedules(): Promise<TeamContext> {
  const ctx = await makeTeam();
  for (const region of REGIONS.slice(0, SCHEDULES)) {
    const search = createSearchSchema.parse({ name: region, region, window: "7", pages: PAGES });
    const { id: searchId } = await createSearch(ctx, search);
    await createSchedule(ctx, createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9 }));
  }
  return ctx;
}

/** All schedules without a moment under way are due now. */
const due = () =>
  query(`update schedule s set next_due_at = app_now() where not exists (select 1 from schedule_slot x
    where x.team_id = s.team_id and x.schedule_id = s.id and x.ended_at is null)`);
const count = async (what: string) => (await query(`select count(*)::int as n from ${what}`))[0]?.n as number;
const moments = () => count("schedule_slot");
const underWay = () => count("schedule_slot where ended_at is null");
/** Whatever has ended is due again meanwhile: what is under way may have fewer pages left to ask. */
const asked = (more: number) => {
  const until = given.upstream.seen.length + more;
  const isAsked = async () => {
    await due();
    return given.upstream.seen.length >= until;
  };
  return vi.waitUntil(isAsked, { timeout: TAKEOVER_MS, interval: 250 });
};
/** Moments whose worker was killed and that nobody has taken over yet. */
const LEFT_ALONE = `schedule_slot s left join run r on r.team_id = s.team_id and r.id = s.run_id
  where s.ended_at is null and coalesce(r.lease_until, s.opened_at) < clock_timestamp()`;
/** The same, since the last sign of life: a lease ends 45 s after that. */
const LEFT_TOO_LONG = `${LEFT_ALONE} - interval '${TAKEOVER_MS - 45_000} milliseconds'`;
const allEnded = () => vi.waitUntil(async () => (await underWay()) === 0, { timeout: TAKEOVER_MS, interval: 100 });

/** What a dead worker holds is free at once, instead of when its leases end: only while nobody is alive. */
async function endLeases() {
  await query("update run set lease_until = now() - interval '1 second' where lease_until is not null");
  await query("update credit_request set lease_until = now() - interval '1 second' where lease_until is not null");
}

test("workers that are killed at random leave each moment with one outcome, each page asked once, no limit overstepped and the ledger exact", {
  timeout: KILL_MS + 300_000,
}, async () => {
  const ctx = await manySchedules();
  const limit = KILL_MS > 0 ? 20_000 : 40;
  await changeLimits(ctx, { schedules: limit });

  await due();
  start(3);
  for (const end = Date.now() + KILL_MS; Date.now() < end; ) {
    await asked(between(1, 2 * PAGES));
    await killOne();
    start(1);
    expect(await query(`select s.* from ${LEFT_TOO_LONG}`)).toEqual([]);
  }
  await asked(between(1, PAGES));
  await killOne();
  await asked(between(1, PAGES));
  if (KILL_MS > 0) {
    await vi.waitUntil(async () => (await count(LEFT_ALONE)) === 0, { timeout: TAKEOVER_MS, interval: 500 });
  } else {
    await killAll();
    expect(await underWay()).toBeGreaterThan(0);
    await endLeases();
    start(2);
  }
  await allEnded();
  // The next moment runs into the share for schedules.
  const before = await moments();
  await due();
  await vi.waitUntil(async () => (await moments()) === before + SCHEDULES, { timeout: TAKEOVER_MS, interval: 100 });
  await allEnded();
  await killAll();

  const twice = `select run_id, region, page from credit_request where run_id is not null and sent_at is not null
    group by 1, 2, 3 having count(*) > 1`;
  expect(await query(twice)).toEqual([]);
  expect(given.upstream.seen.length).toBeLessThanOrEqual(await count("credit_request where sent_at is not null"));
  expect(
    await query("select run_id from schedule_slot where run_id is not null group by 1 having count(*) > 1"),
  ).toEqual([]);
  const stray = `select id from run r where not exists
    (select 1 from schedule_slot s where s.team_id = r.team_id and s.run_id = r.id)`;
  expect(await query(stray)).toEqual([]);
  const wrong = `select s.due_at, s.credits, x.credits as requested from schedule_slot s cross join lateral
    (select coalesce(sum(price_credits) filter (where state in ('charged', 'unsettled')), 0)::int as credits
      from credit_request q where q.team_id = s.team_id and q.run_id = s.run_id) x where s.credits <> x.credits`;
  expect(await query(wrong)).toEqual([]);
  const [counter] = await query(
    "select max(spent + held + unsettled)::int as n from credit_counter where scope = 'schedules'",
  );
  expect(counter?.n).toBeGreaterThan(0);
  expect(counter?.n).toBeLessThanOrEqual(limit);
  await expectExact(ctx);
});
