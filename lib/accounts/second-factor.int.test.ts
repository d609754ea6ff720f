import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as me } from "@/app/api/v1/me/route";
import { asTeam } from "@/lib/auth/context";
import { createAccount } from "@/lib/auth/create-account";
import { createToken } from "@/lib/auth/create-token";
import { sessionCookie } from "@/lib/auth/session-token";
import { accountOfSession, createSession } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { totpCode } from "@/lib/auth/totp";
import { readOutbox } from "@/lib/mail/read-outbox";
import { db } from "@/lib/platform/db";
import { callApi } from "@/lib/testing/api-call";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeTeam, unique } from "@/lib/testing/factories";
import { COMMANDS } from "@/scripts/admin-commands";
import {
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from "./second-factor";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());
beforeEach(() => {
  vi.useRealTimers();
});

const PASSWORD = "violet harbour lantern";
const visitor = { address: "203.0.113.7", userAgent: "test" };
const needed = { code: "unauthenticated", details: { reason: "second_factor_needed" } };
const wrong = { code: "unauthenticated", details: { reason: "second_factor_wrong" } };

async function makeAccount() {
  const email = `${unique("mia")}@example.com`;
  const { id } = await createAccount({ name: "Mia", email, password: PASSWORD }, { address: null });
  const session = await db().$transaction((tx) => createSession(tx, id, visitor));
  const account = await accountOfSession(session.id);
  if (!account) throw new Error("not signed in");
  return { id, email, account, session };
}
/** The code of so many steps from now; a step was never used before. */
const codeOf = (secret: string, steps = 0) => totpCode(secret, Date.now() + steps * 30_000);

async function withFactor() {
  const person = await makeAccount();
  const { secret, ...shown } = await startSecondFactor(person.account, { currentPassword: PASSWORD }, visitor);
  const codes = await confirmSecondFactor(person.account, { code: codeOf(secret) }, "en", visitor);
  // The present code is free again. An older one would be too old by the time it is read, now and then.
  await database.superuserPool.query("update second_factor set last_step = 0 where user_id = $1", [person.id]);
  return { ...person, secret, shown, codes };
}
const enter = (email: string, code?: string, from = visitor) => signIn({ email, password: PASSWORD, code }, from);

describe("a second factor", () => {
  test("counts once it is confirmed, needs the password to begin, and signs the other browsers out", async () => {
    const { account, email } = await makeAccount();
    const start = (currentPassword: string) => startSecondFactor(account, { currentPassword }, visitor);
    await expect(start("no")).rejects.toMatchObject({ details: { errors: [{ path: "currentPassword" }] } });
    const { secret, uri, qr } = await start(PASSWORD);
    expect(uri).toContain(secret);
    expect(qr.path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
    const other = await enter(email);
    expect(await readSecondFactor(account)).toBeNull();
    await expect(confirmSecondFactor(account, { code: "000000" }, "en", visitor)).rejects.toMatchObject({
      details: { errors: [{ path: "code", message: "code_wrong" }] },
    });
    await confirmSecondFactor(account, { code: codeOf(secret) }, "en", visitor);
    expect(await readSecondFactor(account)).toEqual({ since: expect.any(String), recoveryCodesLeft: 10 });
    expect(await db().session.count({ where: { userId: other.id, endedAt: null } })).toBe(1);
    await expect(start(PASSWORD)).rejects.toMatchObject({ code: "conflict", details: { reason: "second_factor_on" } });
    expect((await readOutbox()).filter(({ to }) => to === email)).toHaveLength(1);
  });

  test("is asked for after the right password alone, and an account without one signs in as before", async () => {
    const { email, secret } = await withFactor();
    await expect(signIn({ email, password: "wrong", code: codeOf(secret) }, visitor)).rejects.toMatchObject({
      details: { reason: "wrong_credentials" },
    });
    await expect(enter(email)).rejects.toMatchObject(needed);
    await expect(enter(email, "")).rejects.toMatchObject(needed);
    await expect(enter(email, "12 34")).rejects.toMatchObject(wrong);
    await expect(enter(email, ` ${codeOf(secret).replace(/(...)/, "$1 ")} `)).resolves.toHaveProperty("cookie");
    const plain = await makeAccount();
    await expect(enter(plain.email)).resolves.toHaveProperty("cookie");
    await expect(enter(plain.email, "123456")).resolves.toHaveProperty("cookie");
  });

  test("takes a code once, also of many at once, and never an older one after it", async () => {
    const { email, secret } = await withFactor();
    const code = codeOf(secret);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => enter(email, code)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(enter(email, codeOf(secret, 1))).resolves.toHaveProperty("cookie");
    await expect(enter(email, code)).rejects.toMatchObject(wrong);
  });

  test("is no longer guessed at after ten wrong codes, from wherever they come", async () => {
    const { email } = await withFactor();
    const guess = (n: number) => enter(email, "000000", { ...visitor, address: `198.51.100.${n}` });
    for (let n = 1; n <= 10; n++) await expect(guess(n)).rejects.toMatchObject(wrong);
    await expect(guess(11)).rejects.toMatchObject({
      code: "too_many_requests",
      details: { reason: "second_factor" },
    });
  });

  test("leaves a trace of wrong codes in the team's log, the first and the tenth", async () => {
    const { email, id } = await withFactor();
    const { team } = await makeTeam();
    await asTeam(team.id, (tx) => tx.membership.create({ data: { teamId: team.id, userId: id, role: "viewer" } }));
    for (let n = 1; n <= 11; n++) await enter(email, "000000").catch(() => null);
    const entries = await asTeam(team.id, (tx) =>
      tx.auditEntry.findMany({ where: { action: "sign_in.second_factor_failed" }, orderBy: { id: "asc" } }),
    );
    expect(entries.map(({ address, details }) => ({ address, details }))).toEqual(
      [1, 10].map((count) => ({ address: visitor.address, details: { count } })),
    );
  });

  test("stands sealed in the database, its recovery codes hashed", async () => {
    const { secret, codes } = await withFactor();
    const { rows } = await database.superuserPool.query(
      "select f::text || encode(f.sealed_text, 'escape') as dump from second_factor f union all select r::text from recovery_code r",
    );
    const dump = rows.map((row) => row.dump).join();
    for (const word of [secret, ...codes]) expect(dump).not.toContain(word);
    expect(dump).not.toContain(codes[0]?.replaceAll("-", ""));
  });
});

describe("a recovery code", () => {
  test("lets in once, and new ones end the old", async () => {
    const { account, email, secret, codes } = await withFactor();
    const [one = "", two = ""] = codes;
    await expect(enter(email, one.toLowerCase())).resolves.toHaveProperty("cookie");
    await expect(enter(email, one)).rejects.toMatchObject(wrong);
    expect(await readSecondFactor(account)).toMatchObject({ recoveryCodesLeft: 9 });
    const input = { currentPassword: PASSWORD, code: codeOf(secret) };
    const fresh = await renewRecoveryCodes(account, input, visitor);
    await expect(enter(email, two)).rejects.toMatchObject(wrong);
    await expect(enter(email, fresh[0])).resolves.toHaveProperty("cookie");
  });

  test("turns the second factor off together with the password, not alone", async () => {
    const { account, email, codes } = await withFactor();
    const remove = (currentPassword: string, code: string) =>
      removeSecondFactor(account, { currentPassword, code }, "en", visitor);
    await expect(remove("wrong", codes[0] ?? "")).rejects.toMatchObject({
      details: { errors: [{ path: "currentPassword", message: "password_wrong" }] },
    });
    await expect(remove(PASSWORD, "nonsense")).rejects.toMatchObject({
      details: { errors: [{ path: "code", message: "code_wrong" }] },
    });
    await remove(PASSWORD, codes[0] ?? "");
    await expect(enter(email)).resolves.toHaveProperty("cookie");
    expect(await db().recoveryCode.count({ where: { userId: account.id } })).toBe(0);
  });
});

test("the operator turns it off for who lost phone and codes", async () => {
  const { email } = await withFactor();
  const command = COMMANDS["remove-second-factor"];
  await command?.run({ email }, database);
  await expect(enter(email)).resolves.toHaveProperty("cookie");
  await expect(command?.run({ email }, database)).rejects.toThrow("There is no account");
});

test("a team that asks for a second factor is closed to members and tokens without one, and opens once it is set up", async () => {
  const { id, account, session } = await makeAccount();
  const ctx = await makeTeam();
  const member = await database.superuserPool.query(
    "insert into membership (team_id, id, user_id, role) values ($1, gen_random_uuid(), $2, 'analyst') returning id",
    [ctx.team.id, id],
  );
  const { token } = await createToken({
    teamId: ctx.team.id,
    memberId: member.rows[0].id,
    name: "script",
    scope: "read",
  });
  const { name, value } = await sessionCookie({ id: session.id, userId: id });
  const ask = async () => {
    const answers = await Promise.all([
      callApi(me, { cookie: `${name}=${value}`, query: { team: ctx.team.slug } }),
      callApi(me, { token }),
    ]);
    return answers.map(({ status, body }) => [status, body.code ?? null, body.reason ?? null]);
  };
  const open = [200, null, null];
  const closed = [403, "forbidden", "second_factor_required"];
  expect(await ask()).toEqual([open, open]);
  await database.superuserPool.query("update team set second_factor_required = true where id = $1", [ctx.team.id]);
  expect(await ask()).toEqual([closed, closed]);
  const { secret } = await startSecondFactor(account, { currentPassword: PASSWORD }, visitor);
  await confirmSecondFactor(account, { code: codeOf(secret) }, "en", visitor);
  expect(await ask()).toEqual([open, open]);
});
