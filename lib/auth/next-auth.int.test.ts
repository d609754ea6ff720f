import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/platform/db";
import { testDatabase } from "@/lib/testing/database";
import { unique } from "@/lib/testing/factories";
import { createAccount } from "./create-account";
import { authOptions } from "./next-auth";
import { sessionCookie } from "./session-token";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

type Authorize = (credentials: unknown, request: unknown) => Promise<{ id: string; sid: string } | null>;
const authorize = (credentials: unknown, address = "203.0.113.7", cookie = "") => {
  const options = authOptions().providers[0]?.options as unknown as { authorize: Authorize };
  return options.authorize(credentials, { headers: { "x-nichebook-address": address, "user-agent": "test", cookie } });
};
const password = "violet harbour lantern";
const makePerson = async () => {
  const email = `${unique("mia")}@example.com`;
  return { email, ...(await createAccount({ name: "Mia", email, password }, { address: null })) };
};

describe("next-auth's own sign-in", () => {
  test("takes email and password under the id credentials and makes the same session row", async () => {
    const { id, email } = await makePerson();
    expect(authOptions().providers.map((provider) => provider.options?.id)).toEqual(["credentials"]);
    const user = await authorize({ email, password, csrfToken: "x" });
    expect(user?.id).toBe(id);
    const row = await db().session.findUniqueOrThrow({ where: { id: user?.sid ?? "" } });
    expect(row).toMatchObject({ userId: id, address: "203.0.113.7", userAgent: "test" });
  });

  test("ends the session that the browser had before", async () => {
    const { id, email } = await makePerson();
    const before = await authorize({ email, password });
    const { name, value } = await sessionCookie({ id: before?.sid ?? "", userId: id });
    const after = await authorize({ email, password }, "203.0.113.7", `a=b; ${name}=${value}; c=d`);
    const alive = await db().session.findMany({ where: { userId: id, endedAt: null }, select: { id: true } });
    expect(alive).toEqual([{ id: after?.sid }]);
  });

  test("answers nobody for wrong or missing words, and is throttled with our own routes", async () => {
    const { email } = await makePerson();
    expect(await authorize({ email })).toBeNull();
    expect(await authorize(undefined)).toBeNull();
    for (let n = 1; n <= 10; n++) expect(await authorize({ email, password: "wrong" }, "203.0.113.8")).toBeNull();
    await expect(authorize({ email, password }, "203.0.113.8")).rejects.toThrow("too_many_requests");
  });

  test("tells of a session only while its row is neither ended nor expired, and ends it when signing out", async () => {
    const { id, email } = await makePerson();
    const user = await authorize({ email, password }, "203.0.113.9");
    const { callbacks, events } = authOptions();
    const token = (await callbacks?.jwt?.({ token: { sub: id }, user } as never)) ?? {};
    const read = () => callbacks?.session?.({ session: { expires: "2026-12-23" }, token } as never);
    expect(await read()).toEqual({ expires: "2026-12-23", user: { id, name: "Mia", email } });
    await events?.signOut?.({ token } as never);
    expect(await read()).toEqual({ expires: "2026-12-23", user: undefined });
  });
});
