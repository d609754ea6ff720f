import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asTeam } from "@/lib/auth/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeTeam } from "@/lib/testing/factories";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

type Period = { start: string; last: string; resets_at: Date };

const periodAt = async (teamId: string, at: Date): Promise<Period> => {
  const { rows } = await database.superuserPool.query<Period>(
    "select start::text, last::text, resets_at from credit_period($1::uuid, $2)",
    [teamId, at],
  );
  return rows[0] as Period;
};

/** Sets the application's clock; the real one keeps ticking beneath it. */
const moveClock = (to: Date) =>
  database.superuserPool.query("update app_clock set offset_seconds = extract(epoch from $1 - clock_timestamp())", [
    to,
  ]);

const setFirstDay = (teamId: string, day: number) =>
  asTeam(teamId, (tx) => tx.$executeRaw`select credits_set_first_day(${teamId}::uuid, ${day}::int)`);

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const days = ({ start, last }: Period) => (Date.parse(last) - Date.parse(start)) / 86_400_000 + 1;

const ZONES = [
  "UTC",
  "Asia/Shanghai",
  "America/Los_Angeles",
  "America/Santiago",
  "America/Scoresbysund",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Pacific/Apia",
  "Australia/Lord_Howe",
];

describe("credit periods", () => {
  test("follow each other without hole or overlap, none longer than 31 days, whatever is changed when", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2027, 0, 1), max: Date.UTC(2029, 0, 1) }),
        fc.array(fc.record({ afterHours: fc.integer({ min: 0, max: 1_600 }), day: fc.integer({ min: 1, max: 28 }) }), {
          maxLength: 7,
        }),
        async (timeZone, begin, changes) => {
          const ctx = await makeTeam({ upstream: null, timeZone });
          let now = begin;
          for (const { afterHours, day } of changes) {
            now += afterHours * 3_600_000;
            await moveClock(new Date(now));
            const before = await periodAt(ctx.team.id, new Date(now));
            await setFirstDay(ctx.team.id, day);
            // The running period keeps its first day and its end.
            expect(await periodAt(ctx.team.id, new Date(now))).toEqual(before);
          }
          let period = await periodAt(ctx.team.id, new Date(begin - 70 * 86_400_000));
          while (period.resets_at.getTime() < now + 100 * 86_400_000) {
            expect(days(period)).toBeGreaterThanOrEqual(1);
            expect(days(period)).toBeLessThanOrEqual(31);
            expect(await periodAt(ctx.team.id, new Date(period.resets_at.getTime() - 1))).toEqual(period);
            const next = await periodAt(ctx.team.id, period.resets_at);
            expect(next.start).toBe(nextDay(period.last));
            period = next;
          }
          const lastDay = changes.at(-1)?.day ?? 1;
          expect(Number(period.start.slice(8))).toBe(lastDay);
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  test("keep the past as it was when the first day changes", async () => {
    const ctx = await makeTeam({ upstream: null });
    await moveClock(new Date("2027-03-10T12:00:00Z"));
    await setFirstDay(ctx.team.id, 15);
    expect(await periodAt(ctx.team.id, new Date("2027-02-20T00:00:00Z"))).toMatchObject({
      start: "2027-02-01",
      last: "2027-02-28",
    });
    expect(await periodAt(ctx.team.id, new Date("2027-03-20T00:00:00Z"))).toMatchObject({
      start: "2027-03-01",
      last: "2027-03-31",
    });
    // The first new one is short.
    expect(await periodAt(ctx.team.id, new Date("2027-04-02T00:00:00Z"))).toMatchObject({
      start: "2027-04-01",
      last: "2027-04-14",
    });
    expect(await periodAt(ctx.team.id, new Date("2027-04-15T00:00:00Z"))).toMatchObject({
      start: "2027-04-15",
      last: "2027-05-14",
    });
  });

  test("end as before when a change is taken back before it takes effect", async () => {
    const ctx = await makeTeam({ upstream: null });
    await moveClock(new Date("2027-03-10T12:00:00Z"));
    for (const day of [15, 20, 1]) await setFirstDay(ctx.team.id, day);
    expect(await periodAt(ctx.team.id, new Date("2027-04-20T00:00:00Z"))).toMatchObject({
      start: "2027-04-01",
      last: "2027-04-30",
    });
  });
});
