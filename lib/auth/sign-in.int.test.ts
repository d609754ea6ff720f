import * as argon2 from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/platform/db";
import { testDatabase } from "@/lib/testing/database";
import { unique } from "@/lib/testing/factories";
import { createAccount } from "./create-account";
import { sessionIdOf } from "./session-token";
import { signIn } from "./sign-in";

vi.mock("@node-rs/argon2", { spy: true });

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());
beforeEach(() => {
  vi.mocked(argon2.verify).mockClear();
});

const PASSWORD = "violet harbour lantern";
const from = (address: string) => ({ address, userAgent: null });

async function makePerson() {
  const email = `${unique("mia")}@example.com`;
  const { id } = await createAccount({ name: "Mia", email, password: PASSWORD }, { address: null });
  return { id, email };
}

describe("signing in", () => {
  test("starts a session for the right password, whatever the case of the email was", async () => {
    const { id, email } = await makePerson();
    expect((await signIn({ email, password: PASSWORD }, from("203.0.113.1"))).id).toBe(id);
    expect(await db().session.count({ where: { userId: id } })).toBe(1);
    expect(await db().accountEvent.count({ where: { userId: id, action: "account.signed_in" } })).toBe(1);
  });

  test("ends the session that the browser had, whoever's it was, and no other; a wrong password ends none", async () => {
    const [mia, wei] = [await makePerson(), await makePerson()];
    const alive = (userId: string) => db().session.count({ where: { userId, endedAt: null } });
    const enter = (email: string, before?: string) =>
      signIn({ email, password: PASSWORD }, from("203.0.113.8"), before);
    const elsewhere = await enter(mia.email);
    const here = await enter(mia.email);
    await signIn({ email: wei.email, password: "wrong" }, from("203.0.113.8"), here.cookie.value).catch(() => null);
    expect(await alive(mia.id)).toBe(2);
    const next = await enter(wei.email, here.cookie.value);
    expect([await alive(mia.id), await alive(wei.id)]).toEqual([1, 1]);
    await enter(wei.email, next.cookie.value);
    await enter(wei.email, "forged");
    expect([await alive(mia.id), await alive(wei.id)]).toEqual([1, 2]);
    expect(
      await db().session.count({ where: { id: (await sessionIdOf(elsewhere.cookie.value)) ?? "", endedAt: null } }),
    ).toBe(1);
  });

  test("answers an unknown account as it answers a wrong password, after the same work", async () => {
    const { email } = await makePerson();
    const wrong = await signIn({ email, password: "wrong" }, from("203.0.113.2")).catch((error) => error);
    const nobody = { email: "nobody@example.com", password: "wrong" };
    const unknown = await signIn(nobody, from("203.0.113.2")).catch((error) => error);
    expect(wrong).toMatchObject({ code: "unauthenticated", details: { reason: "wrong_credentials" } });
    expect(unknown).toEqual(wrong);
    expect(vi.mocked(argon2.verify)).toHaveBeenCalledTimes(2);
  });

  test("is refused without any work after ten wrong tries, and says when to come back", async () => {
    const { email } = await makePerson();
    const guess = () => signIn({ email, password: "wrong" }, from("203.0.113.3"));
    for (let n = 1; n <= 10; n++) await expect(guess()).rejects.toMatchObject({ code: "unauthenticated" });
    vi.mocked(argon2.verify).mockClear();
    const refusal = await signIn({ email, password: PASSWORD }, from("203.0.113.3")).catch((error) => error);
    expect(refusal).toMatchObject({ code: "too_many_requests", details: { reason: "sign_in" } });
    expect(refusal.details.retryAfterSeconds).toBeGreaterThan(0);
    expect(refusal.details.retryAfterSeconds).toBeLessThanOrEqual(900);
    expect(vi.mocked(argon2.verify)).not.toHaveBeenCalled();
  });

  test("is not closed to the owner by somebody who guesses from elsewhere", async () => {
    const { id, email } = await makePerson();
    for (let n = 1; n <= 11; n++) await signIn({ email, password: "wrong" }, from("198.51.100.9")).catch(() => null);
    expect((await signIn({ email, password: PASSWORD }, from("203.0.113.4"))).id).toBe(id);
  });

  test("takes all addresses of an IPv6 network for one place", async () => {
    const { email } = await makePerson();
    const guess = (n: number) => signIn({ email, password: "wrong" }, from(`2001:db8:0:7::${n}`));
    for (let n = 1; n <= 10; n++) await expect(guess(n)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(guess(11)).rejects.toMatchObject({ code: "too_many_requests" });
  });

  test("forgives the tries before the right password", async () => {
    const { email } = await makePerson();
    for (let round = 1; round <= 3; round++) {
      for (let n = 1; n <= 9; n++) {
        await expect(signIn({ email, password: "wrong" }, from(`203.0.113.1${round}`))).rejects.toThrow();
      }
      await signIn({ email, password: PASSWORD }, from(`203.0.113.1${round}`));
    }
  });

  test("counts the tries of one place over all accounts, right ones not", async () => {
    const { email } = await makePerson();
    for (let n = 1; n <= 51; n++) await signIn({ email, password: PASSWORD }, from("203.0.113.50"));
    const guesses = Array.from({ length: 51 }, (_, n) =>
      signIn({ email: `guess${n}@example.com`, password: "wrong" }, from("203.0.113.50")).catch(({ code }) => code),
    );
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(50);
    expect(codes.filter((code) => code === "too_many_requests")).toHaveLength(1);
  });

  test("keeps no email and no address in the table of tries", async () => {
    await signIn({ email: "curious@example.com", password: "x" }, from("203.0.113.77")).catch(() => null);
    const { rows } = await database.superuserPool.query("select string_agg(key, ' ') as keys from rate_limit");
    expect(rows[0].keys).not.toMatch(/@|203\.0/);
  });
});
