import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/platform/db";
import { testDatabase } from "@/lib/testing/database";
import { createAccount } from "./create-account";
import { signUp } from "./sign-up";

const settings = vi.hoisted(() => ({ policy: undefined as "open" | "invite" | undefined }));
vi.mock("@/lib/platform/env", async (original) => {
  const real = await original<typeof import("@/lib/platform/env")>();
  return { ...real, env: () => ({ ...real.env(), SIGN_UP: settings.policy }) };
});

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  settings.policy = undefined;
  database = await testDatabase();
});
afterEach(() => database?.drop());

const person = (email = "mia@example.com") => ({ name: "Mia Keller", email, password: "violet harbour lantern" });
const visitor = { address: "203.0.113.7", userAgent: "test" };
const closed = { code: "forbidden", details: { reason: "sign_up_closed" } };

describe("signing up", () => {
  test("is open for the first account of an installation and by invitation afterwards", async () => {
    await signUp(person(), visitor);
    await expect(signUp(person("chen@example.com"), visitor)).rejects.toMatchObject(closed);
    expect(await db().user.count()).toBe(1);
  });

  test("lets exactly one of many first sign-ups at once in", async () => {
    const tries = Array.from({ length: 8 }, (_, n) =>
      signUp(person(`person${n}@example.com`), { ...visitor, address: `203.0.113.${n}` }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(closed);
    expect(await db().user.count()).toBe(1);
    expect(await db().session.count()).toBe(1);
  });

  test("stays open where the installation says so; where it says invite, the first account is possible alone", async () => {
    settings.policy = "invite";
    await signUp(person(), visitor);
    await expect(signUp(person("chen@example.com"), visitor)).rejects.toMatchObject(closed);
    settings.policy = "open";
    await signUp(person("chen@example.com"), visitor);
    settings.policy = "invite";
    await expect(signUp(person("li@example.com"), visitor)).rejects.toMatchObject(closed);
  });

  test("with a used email is a conflict on that field, and works with another one", async () => {
    settings.policy = "open";
    await signUp(person(), visitor);
    await expect(signUp(person(), visitor)).rejects.toMatchObject({
      code: "conflict",
      details: { errors: [{ path: "email", message: "email_taken" }] },
    });
    await expect(signUp(person("mia.keller@example.com"), visitor)).resolves.toHaveProperty("cookie");
  });

  test("keeps no password and notes the sign-up in the account's own history", async () => {
    const { id } = await signUp({ ...person(), language: "zh-CN" }, visitor);
    const user = await db().user.findUniqueOrThrow({ where: { id }, include: { events: true, sessions: true } });
    expect(user.language).toBe("zh-CN");
    expect(JSON.stringify(user.events.map(({ action, address }) => [action, address]))).toBe(
      '[["account.signed_up","203.0.113.7"]]',
    );
    expect(user.sessions).toMatchObject([{ address: "203.0.113.7", userAgent: "test", endedAt: null }]);
    expect(user.passwordHash).toMatch(/^\$argon2id\$/);
  });

  test("refuses a password of everybody's before it counts the try", async () => {
    await expect(signUp({ ...person(), password: "123456789012" }, visitor)).rejects.toMatchObject({
      details: { errors: [{ path: "password", message: "password_common" }] },
    });
    expect(await db().rateLimit.count()).toBe(0);
  });

  test("is refused for a while after ten tries with the same email from the same place", async () => {
    settings.policy = "open";
    await signUp(person(), visitor);
    for (let n = 2; n <= 10; n++) await expect(signUp(person(), visitor)).rejects.toMatchObject({ code: "conflict" });
    await expect(signUp(person(), visitor)).rejects.toMatchObject({
      code: "too_many_requests",
      details: { retryAfterSeconds: expect.any(Number) },
    });
  });
});

describe("the operator", () => {
  test("makes accounts whatever the policy says, and of two with one email only one", async () => {
    settings.policy = "invite";
    const results = await Promise.allSettled([1, 2].map(() => createAccount(person(), { address: null })));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });

  test("who made the first account has closed the open door", async () => {
    await createAccount(person(), { address: null });
    await expect(signUp(person("chen@example.com"), visitor)).rejects.toMatchObject(closed);
  });
});
