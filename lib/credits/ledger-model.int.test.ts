import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { anyDeed } from "@/lib/testing/ledger-model/deeds";
import { holds, RUNS } from "@/lib/testing/ledger-model/runs";
import { type Calendar, World } from "@/lib/testing/ledger-model/world";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.superuserPool.query("update app_clock set offset_seconds = 0");
  await database?.drop();
});

const calendar = fc.constantFrom<Calendar>(
  { zone: "UTC", firstDay: 1, from: "2026-12-31T23:00:05Z" },
  { zone: "Asia/Shanghai", firstDay: 15, from: "2027-01-14T15:00:05Z" },
  { zone: "America/New_York", firstDay: 1, from: "2027-03-01T04:00:05Z" },
  { zone: "Asia/Kathmandu", firstDay: 28, from: "2027-02-27T17:30:05Z" },
);

test(
  "whatever happens in whatever order, each step answers and leaves behind what the rules say",
  () =>
    holds(
      fc.asyncProperty(
        calendar,
        fc.array(anyDeed, { minLength: 1, maxLength: 80, size: "max" }),
        async (from, deeds) => {
          const world = await World.make(database, from);
          for (const deed of deeds) {
            await world.tick();
            await deed.run(world);
          }
          await world.compareAll();
        },
      ),
    ),
  RUNS.timeoutMs,
);
