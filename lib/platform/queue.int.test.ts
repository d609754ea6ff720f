import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { sendAgain, workOn } from "./queue";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

test("what waits behind busy places follows at once, though nothing new is announced", async () => {
  const sent = Array.from({ length: 9 }, () => randomUUID());
  for (const id of sent) await sendAgain("run", id, { id });
  const worked: string[] = [];
  const worker = await workOn<{ id: string }>("run", { atOnce: 2 }, async ({ id }) => {
    worked.push(id);
    // One that fails gives its place back as well.
    if (worked.length === 1) throw new Error("on purpose");
  });
  // Left to itself, each place would look again after half a minute.
  await vi.waitUntil(() => worked.length === sent.length, { timeout: 20_000 });
  expect(new Set(worked)).toEqual(new Set(sent));
  await worker.stop();
});
