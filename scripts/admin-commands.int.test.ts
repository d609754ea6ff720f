import { afterAll, beforeAll, expect, test } from "vitest";
import { createSession } from "@/lib/auth/sessions";
import { db } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeUser } from "@/lib/testing/factories";
import { COMMANDS, readOptions } from "./admin-commands";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ sandboxUrl: "http://127.0.0.1:9" });
});
afterAll(() => database?.drop());

async function run(line: string, ...more: string[]) {
  const [name = "", ...args] = line.split(" ");
  const command = COMMANDS[name];
  if (!command) throw new Error(`no command ${name}`);
  return (await command.run(readOptions(command, [...args, ...more]), database)).answer;
}

test("an operator makes people, a team with its members, key, limits and tokens, and proves the ledger", async () => {
  const password = ["--password", "correct horse battery"];
  const mia = await run("create-user --email Mia@example.com --name Mia --language zh-CN", ...password);
  expect(mia).toEqual({ userId: expect.any(String) });
  await run("create-user --email wei@example.com --name Wei", ...password);

  const team = await run("create-team --owner mia@example.com --time-zone Europe/Berlin --name", "Luma Trading");
  expect(team).toEqual({ teamId: expect.any(String), slug: "luma-trading" });
  expect(await run("add-member --team luma-trading --email wei@example.com --role analyst")).toEqual({
    memberId: expect.any(String),
  });
  expect(await run("set-key --team luma-trading --sandbox")).toMatchObject({ upstream: "sandbox" });
  expect(await run("set-key --team luma-trading --key a-key-of-keyapi")).toMatchObject({
    upstream: "live",
    lastFour: "yapi",
  });
  expect(await run("set-limit --team luma-trading --credits 500")).toMatchObject({ credits: 500 });
  expect(await run("set-limit --team luma-trading --member wei@example.com --credits none")).toMatchObject({
    credits: null,
  });
  const { token } = await run("create-token --team luma-trading --email wei@example.com --scope read+spend");
  expect(token).toMatch(/^nbk_/);
  expect(await run("verify-ledger --team luma-trading")).toEqual({
    ok: true,
    requests: 0,
    charged: 0,
    unsettled: 0,
    sending: 0,
    problems: [],
  });
});

test("an operator signs somebody out everywhere", async () => {
  const user = await makeUser("Chen");
  for (const address of ["203.0.113.1", "203.0.113.2"]) {
    await db().$transaction((tx) => createSession(tx, user.id, { address, userAgent: null }));
  }
  const { email } = await db().user.findUniqueOrThrow({ where: { id: user.id } });
  expect(await run(`end-sessions --email ${email}`)).toEqual({ email, ended: 2 });
  expect(await run(`end-sessions --email ${email}`)).toEqual({ email, ended: 0 });
  expect(await db().session.count({ where: { userId: user.id, endedAt: null } })).toBe(0);
  expect(await db().accountEvent.count({ where: { userId: user.id, action: "account.sessions_ended" } })).toBe(1);
});

test.each([
  ["end-sessions --email nobody@example.com", "There is no account with the email nobody@example.com."],
  ["add-member --team nowhere --email wei@example.com --role viewer", "There is no team with the slug nowhere."],
  ["create-team --name X --owner nobody@example.com", "There is no account with the email nobody@example.com."],
  ["create-token --team luma-trading --email nobody@example.com --scope read", "has no member with the email"],
  ["set-key --team luma-trading", "Give either --key or --sandbox."],
  ["set-limit --team luma-trading --credits 1.5", "must be a whole number"],
  ["set-limit --credits 1", "is missing"],
  ["verify-ledger --teem x", "Unknown option '--teem'"],
])("%s is refused with what is wrong", async (line, message) => {
  await expect(run(line)).rejects.toThrow(message);
});
