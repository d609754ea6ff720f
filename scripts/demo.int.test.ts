import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSession } from "@/lib/auth/sign-in";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { testDatabase } from "@/lib/testing/database";
import { makeUser } from "@/lib/testing/factories";
import { startSandbox } from "@/sandbox/server";
import { makeDemo } from "./demo";

const dataDir = mkdtempSync(join(tmpdir(), "demo-"));
let database: Awaited<ReturnType<typeof testDatabase>>;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: "demo" });
  database = await testDatabase({ sandboxUrl: sandbox.url });
});
afterAll(async () => {
  await database?.drop();
  await sandbox?.close();
  rmSync(dataDir, { recursive: true });
});

const rows = async (sql: string) => (await database.superuserPool.query(sql)).rows;
const make = (say: (line: string) => void = () => {}, folder = dataDir) =>
  makeDemo({ dataDir: folder, ownerUrl: database.ownerUrl, say, days: 12 });
const clock = async () => (await rows("select offset_seconds from app_clock"))[0].offset_seconds;

test("a past is bought day by day; one that was cut goes on with the next day", async () => {
  const cut = make(() => {
    throw new Error("cut");
  });
  await expect(cut).rejects.toThrow("cut");
  expect(await clock()).toBe(0);
  const signIn = await make();
  expect(signIn.people.map(({ role }) => role)).toEqual(["owner", "analyst", "analyst", "viewer"]);
  for (const { email } of signIn.people) {
    await startSession({ email, password: signIn.password }, { address: null, userAgent: null });
  }
  expect(await clock()).toBe(0);
  expect(statSync(join(dataDir, "demo.json")).mode & 0o777).toBe(0o600);

  const check = await verifyLedger({});
  expect([check.ok, check.sending]).toEqual([true, 0]);
  const [{ days, most }] = await rows(
    `select count(*)::int as days, max(runs)::int as most from (select count(*) as runs from run
     where kind = 'search' group by search_id, (requested_at - interval '3 hours')::date) x`,
  );
  expect(days).toBeGreaterThanOrEqual(8);
  expect(most).toBe(1);
  const [{ members }] = await rows("select count(distinct member_id)::int as members from credit_request");
  expect(members).toBe(3);

  const [made] = await rows(
    `select (select count(*)::int from alert_rule) as rules, (select count(*)::int from schedule) as schedules,
       (select count(*)::int from outbox) as untried, (select count(*)::int from provider_break) as breaks`,
  );
  expect(made).toEqual({ rules: 6, schedules: 3, untried: 0, breaks: 0 });

  // It is whole: another start changes nothing, and knows the password still.
  expect(await make()).toEqual(signIn);
  expect((await verifyLedger({})).requests).toBe(check.requests);
});

test("data in which somebody has an account is left alone", async () => {
  await makeUser();
  await expect(make(undefined, join(dataDir, "other"))).rejects.toThrow("set another DATA_DIR");
  expect(await clock()).toBe(0);
});
