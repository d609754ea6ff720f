import type { TeamContext } from "@/lib/auth/context";
import { db } from "@/lib/platform/db";
import { recoverSlots } from "@/lib/schedules/close-slots";
import { moveSlots, openSlots } from "@/lib/schedules/open-slots";
import { renewSlot } from "@/lib/schedules/renew-slot";
import { makeTeam } from "@/lib/testing/factories";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn, median } from "./runner/measure";

export const name = "schedules";

const TEAMS = 20;
const PER_TEAM = 500;
const ROUNDS = 5;
/** Renewals of one team that two planners of one process begin. */
const BEGUN = 200;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** What a worker does every few seconds. */
async function turn(): Promise<void> {
  await moveSlots();
  while ((await openSlots()) > 0);
  await recoverSlots();
}

/**
 * 10,000 schedules: what looking costs while none is due, and how late the last one is opened when all of them are due at
 * the same moment, against the bare rows that this leaves.
 */
export async function run({ superuserPool, say }: BenchContext): Promise<{ ratios: Ratio[] }> {
  const teams: TeamContext[] = [];
  for (let made = 0; made < TEAMS; made += 1) teams.push(await makeTeam());
  for (const ctx of teams) await fill(ctx);
  await superuserPool.query("analyze schedule");

  const idle = await inTurn(
    200,
    () => timed(turn),
    () =>
      timed(async () => {
        for (let look = 0; look < 3; look += 1) await db().$queryRaw`select 1 as one`;
      }),
  );
  say(
    `nothing due: ${idle.ours.toFixed(1)} ms a turn, so ${((idle.ours / 5_000) * 100).toFixed(2)} % of one core at a turn every 5 s`,
  );

  const due = () =>
    superuserPool.query(
      "delete from schedule_slot; delete from pgboss.job where name = 'schedule'; update schedule set next_due_at = now()",
    );
  const opened: number[] = [];
  const { ratio } = await inTurn(
    ROUNDS,
    async () => {
      await due();
      const ms = await timed(async () => {
        while ((await openSlots()) > 0);
      });
      opened.push(ms);
      return ms;
    },
    async () => {
      await due();
      return timed(() =>
        superuserPool.query(
          `insert into schedule_slot (team_id, schedule_id, due_at, opened_at) select team_id, id, next_due_at, now() from schedule;
           update schedule set next_due_at = now() + interval '1 day';
           insert into pgboss.job (name, data) select 'schedule', to_jsonb(s) from schedule s`,
        ),
      );
    },
  );
  say(`${TEAMS * PER_TEAM} due at once: the last one is opened ${Math.round(median(opened))} ms after the turn began`);

  const [first] = teams;
  const { rows } = await superuserPool.query(
    "select schedule_id, due_at from schedule_slot where team_id = $1 limit $2",
    [first?.team.id, BEGUN],
  );
  const jobs = rows.map(({ schedule_id: scheduleId, due_at: dueAt }) => ({
    teamId: first?.team.id ?? "",
    scheduleId,
    dueAt: dueAt.toISOString(),
  }));
  const ms = await timed(() =>
    Promise.all(
      [0, 1].map(async (planner) => {
        for (const job of jobs.filter((_, index) => index % 2 === planner)) await renewSlot(job);
      }),
    ),
  );
  say(`${Math.round((BEGUN / ms) * 1_000)} renewals a second are planned and begun by one process`);
  return {
    ratios: [
      {
        name: "a turn with nothing due of 10,000 / three bare statements",
        ratio: idle.ratio,
        target: 10,
        better: "lower",
      },
      { name: "opening 10,000 moments / their bare rows", ratio, target: 10, better: "lower" },
    ],
  };
}

/** As people would have made them: daily, each of a search of its own, due tomorrow. */
async function fill({ team, member }: TeamContext): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.team', ${team.id}, true)`;
    await tx.$executeRaw`
      insert into saved_search (team_id, id, upstream, name, region, "window", pages, member_id, created_at, updated_at)
      select ${team.id}::uuid, gen_random_uuid(), 'sandbox', 'Search ' || n, 'US', '7', 1, ${member.id}::uuid, now(), now()
      from generate_series(1, ${PER_TEAM}::int) n`;
    await tx.$executeRaw`
      insert into schedule (team_id, id, upstream, search_id, member_id, cadence, hour, time_zone, next_due_at,
        price_credits, created_at, updated_at)
      select team_id, gen_random_uuid(), upstream, id, member_id, 'daily', 9, ${team.timeZone}, now() + interval '1 day',
        2, now(), now()
      from saved_search where team_id = ${team.id}::uuid`;
  });
}
