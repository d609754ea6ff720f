import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccount } from "@/lib/auth/create-account";
import { accountOfSession, createSession } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { readOutbox } from "@/lib/mail/read-outbox";
import { db } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { unique } from "@/lib/testing/factories";
import { askReset } from "./ask-reset";
import { changeEmail, readPendingEmail } from "./change-email";
import { changePassword } from "./change-password";
import { confirmEmail, readEmailToConfirm } from "./confirm-email";
import { mailReset } from "./mail-reset";
import { isResetLinkAlive, resetPassword } from "./reset-password";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const PASSWORD = "violet harbour lantern";
const visitor = { address: "203.0.113.7", userAgent: "test" };
const wrong = { code: "unauthenticated", details: { reason: "wrong_credentials" } };
const gone = { code: "not_found", details: { reason: "link_gone" } };

async function makeAccount() {
  const email = `${unique("mia")}@example.com`;
  const { id } = await createAccount({ name: "Mia Keller", email, password: PASSWORD }, { address: null });
  const session = async () => (await db().$transaction((tx) => createSession(tx, id, visitor))).id;
  const sessionId = await session();
  const account = await accountOfSession(sessionId);
  if (!account) throw new Error("not signed in");
  return { id, email, account, sessionId, session };
}

const mailsTo = async (email: string) => (await readOutbox()).filter(({ to }) => to === email);
async function linkTo(email: string): Promise<string> {
  const link = (await mailsTo(email)).at(-1)?.link ?? "";
  return link.split("/").at(-1) ?? "";
}
async function resetLinkOf(email: string): Promise<string> {
  await mailReset({ email, language: "en", address: null });
  return linkTo(email);
}
const isSignedIn = async (sessionId: string) => (await accountOfSession(sessionId)) !== null;
const actionsOf = async (userId: string) =>
  (await db().accountEvent.findMany({ where: { userId }, orderBy: { id: "asc" } })).map(({ action }) => action);

describe("asking for a new password", () => {
  test("does and answers the same for known and unknown addresses, and tells the queue no secret", async () => {
    const { email } = await makeAccount();
    for (const address of [email, "nobody@example.com"]) {
      expect(await askReset({ email: address }, "en", visitor)).toBeUndefined();
      const { rows } = await database.superuserPool.query(
        "select data from pgboss.job where name = 'forgot_password' and data ->> 'email' = $1",
        [address],
      );
      expect(rows).toEqual([{ data: { email: address, language: "en", address: visitor.address } }]);
    }
    expect(await db().accountLink.count()).toBe(0);
  });

  test("mails an account its link, and nobody anything else", async () => {
    const { id, email } = await makeAccount();
    await mailReset({ email: "nobody@example.com", language: "en", address: null });
    expect(await mailsTo("nobody@example.com")).toEqual([]);
    const token = await resetLinkOf(email);
    expect(await isResetLinkAlive(token)).toBe(true);
    expect(await actionsOf(id)).toContain("account.password_reset_asked");
    const { rows } = await database.superuserPool.query("select l::text as dump from account_link l");
    for (const { dump } of rows) expect(dump).not.toContain(token);
  });

  test("is refused after five asks for one address, from wherever they come, whether it is an account's or not", async () => {
    const { email } = await makeAccount();
    for (const address of [email, `${unique("nobody")}@example.com`]) {
      const ask = (n: number) => askReset({ email: address }, "en", { ...visitor, address: `198.51.100.${n}` });
      for (let n = 1; n <= 5; n++) await ask(n);
      await expect(ask(6)).rejects.toMatchObject({
        code: "too_many_requests",
        details: { reason: "forgot_password", retryAfterSeconds: expect.any(Number) },
      });
    }
  });
});

describe("a link to a new password", () => {
  test("works once, also when it is used by many at once, and signs every browser out", async () => {
    const { id, email, sessionId, session } = await makeAccount();
    const other = await session();
    const token = await resetLinkOf(email);
    const password = (n: number) => `amber river window ${n}`;
    const tries = [1, 2, 3, 4, 5].map((n) => resetPassword({ token, password: password(n) }, "en", visitor));
    const results = await Promise.allSettled(tries);
    const winners = results.flatMap(({ status }, index) => (status === "fulfilled" ? [index + 1] : []));
    expect(winners).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(gone);
    expect([await isSignedIn(sessionId), await isSignedIn(other)]).toEqual([false, false]);
    await expect(signIn({ email, password: PASSWORD }, visitor)).rejects.toMatchObject(wrong);
    await expect(signIn({ email, password: password(winners[0] ?? 0) }, visitor)).resolves.toMatchObject({ id });
    expect(await actionsOf(id)).toContain("account.password_reset");
    expect((await mailsTo(email)).at(-1)?.subject).toBe("Your Nichebook password was changed");
  });

  test("no longer works after half an hour, after a newer one, after a change of password or address", async () => {
    const one = await makeAccount();
    const late = await resetLinkOf(one.email);
    await database.superuserPool.query(
      "update account_link set expires_at = now() - interval '1 s' where user_id = $1",
      [one.id],
    );
    const old = await resetLinkOf(one.email);
    const newer = await resetLinkOf(one.email);
    expect(await Promise.all([late, old, newer].map(isResetLinkAlive))).toEqual([false, false, true]);
    await changePassword(
      one.account,
      { currentPassword: PASSWORD, password: "amber river window", endOthers: true },
      "en",
      visitor,
    );
    expect(await isResetLinkAlive(newer)).toBe(false);
    await expect(resetPassword({ token: newer, password: "amber river stone" }, "en", visitor)).rejects.toMatchObject(
      gone,
    );
    const { rows } = await database.superuserPool.query("select expires_at - now() as left from account_link limit 0");
    expect(rows).toEqual([]);
  });

  test("is valid for 30 minutes", async () => {
    const { id, email } = await makeAccount();
    await resetLinkOf(email);
    const { expiresAt } = await db().accountLink.findFirstOrThrow({ where: { userId: id } });
    expect(Math.abs(expiresAt.getTime() - Date.now() - 30 * 60_000)).toBeLessThan(20_000);
  });

  test("survives a password that anybody would guess, and does not know odd texts", async () => {
    const { email } = await makeAccount();
    const token = await resetLinkOf(email);
    await expect(resetPassword({ token, password: "123456789012" }, "en", visitor)).rejects.toMatchObject({
      details: { errors: [{ path: "password", message: "password_common" }] },
    });
    expect(await isResetLinkAlive(token)).toBe(true);
    for (const odd of ["", "\u0000", "../..", "🙈".repeat(50), token.toLowerCase()]) {
      expect(await isResetLinkAlive(odd)).toBe(false);
    }
  });
});

describe("changing a password", () => {
  test("needs the present one, keeps this browser, and signs the others out where that is wished", async () => {
    const { account, email, sessionId, session } = await makeAccount();
    const other = await session();
    const change = (currentPassword: string, password: string, endOthers: boolean) =>
      changePassword(account, { currentPassword, password, endOthers }, "en", visitor);
    await expect(change("not my password", "amber river window", true)).rejects.toMatchObject({
      code: "invalid_request",
      details: { errors: [{ path: "currentPassword", message: "password_wrong" }] },
    });
    await change(PASSWORD, "amber river window", false);
    expect([await isSignedIn(sessionId), await isSignedIn(other)]).toEqual([true, true]);
    await change("amber river window", "cobalt garden engine", true);
    expect([await isSignedIn(sessionId), await isSignedIn(other)]).toEqual([true, false]);
    await expect(signIn({ email, password: "cobalt garden engine" }, visitor)).resolves.toHaveProperty("cookie");
  });

  test("is refused for a while after ten wrong guesses at the present one", async () => {
    const { account } = await makeAccount();
    const guess = () =>
      changePassword(
        account,
        { currentPassword: "no", password: "amber river window", endOthers: true },
        "en",
        visitor,
      );
    for (let n = 1; n <= 10; n++) await expect(guess()).rejects.toMatchObject({ code: "invalid_request" });
    await expect(guess()).rejects.toMatchObject({ code: "too_many_requests", details: { reason: "password" } });
  });
});

describe("changing the address", () => {
  const ask = (account: Parameters<typeof changeEmail>[0], email: string, currentPassword = PASSWORD) =>
    changeEmail(account, { email, currentPassword }, "en", visitor);

  test("takes effect when the link mailed to the new one is used, once; the old one is told", async () => {
    const { id, account, email } = await makeAccount();
    const fresh = `${unique("new")}@example.com`;
    const reset = await resetLinkOf(email);
    await ask(account, fresh);
    expect(await readPendingEmail(account)).toBe(fresh);
    await expect(signIn({ email, password: PASSWORD }, visitor)).resolves.toMatchObject({ id });
    const token = await linkTo(fresh);
    expect(await readEmailToConfirm(token)).toBe(fresh);
    const results = await Promise.allSettled([1, 2, 3].map(() => confirmEmail(token, "en", visitor)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(signIn({ email: fresh, password: PASSWORD }, visitor)).resolves.toMatchObject({ id });
    await expect(signIn({ email, password: PASSWORD }, visitor)).rejects.toMatchObject(wrong);
    expect((await mailsTo(email)).at(-1)?.subject).toBe("Your Nichebook address was changed");
    expect(await isResetLinkAlive(reset)).toBe(false);
    expect(await readPendingEmail(account)).toBeNull();
    const events = JSON.stringify(await db().accountEvent.findMany({ where: { userId: id } }), (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(events).not.toMatch(/@example\.com/);
  });

  test("that was asked for is told to the present address, and ended by a new password, chosen or reset", async () => {
    for (const choose of ["change", "reset"] as const) {
      const { account, email } = await makeAccount();
      const fresh = `${unique("new")}@example.com`;
      await ask(account, fresh);
      expect((await mailsTo(email)).at(-1)?.subject).toBe("A new address was asked for on your Nichebook account");
      const token = await linkTo(fresh);
      const password = "amber river window";
      if (choose === "change") {
        await changePassword(account, { currentPassword: PASSWORD, password, endOthers: true }, "en", visitor);
      } else {
        await resetPassword({ token: await resetLinkOf(email), password }, "en", visitor);
      }
      await expect(confirmEmail(token, "en", visitor)).rejects.toMatchObject({ code: "not_found" });
      expect(await readPendingEmail(account)).toBeNull();
    }
  });

  test("needs the password, another address, and one that is nobody's, also at the last moment", async () => {
    const [one, two] = [await makeAccount(), await makeAccount()];
    await expect(ask(one.account, one.email)).rejects.toMatchObject({
      details: { errors: [{ path: "email", message: "email_own" }] },
    });
    await expect(ask(one.account, `${unique("new")}@example.com`, "wrong")).rejects.toMatchObject({
      details: { errors: [{ path: "currentPassword", message: "password_wrong" }] },
    });
    const taken = { code: "conflict", details: { errors: [{ path: "email", message: "email_taken" }] } };
    await expect(ask(one.account, two.email)).rejects.toMatchObject(taken);

    const wanted = `${unique("wanted")}@example.com`;
    await ask(one.account, wanted);
    const token = await linkTo(wanted);
    await createAccount({ name: "Li Na", email: wanted, password: PASSWORD }, { address: null });
    await expect(confirmEmail(token, "en", visitor)).rejects.toMatchObject(taken);
    expect((await db().user.findUniqueOrThrow({ where: { id: one.id } })).email).toBe(one.email);
  });
});
