import { afterAll, beforeAll, expect, test } from "vitest";
import * as one from "@/app/api/v1/account/sessions/[id]/route";
import * as all from "@/app/api/v1/account/sessions/route";
import { sessionCookie } from "@/lib/auth/session-token";
import { accountOfSession, createSession } from "@/lib/auth/sessions";
import { db } from "@/lib/platform/db";
import { callApi } from "@/lib/testing/api-call";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeUser } from "@/lib/testing/factories";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

async function signedInFrom(userId: string, userAgent: string, address: string) {
  const session = await db().$transaction((tx) => createSession(tx, userId, { userAgent, address }));
  const { name, value } = await sessionCookie(session);
  return { id: session.id, cookie: `${name}=${value}` };
}
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const isSignedIn = async ({ id }: { id: string }) => (await accountOfSession(id)) !== null;

test("a person sees their own signed-in browsers and ends one, or all others, at once", async () => {
  const [mia, chen] = [await makeUser("Mia"), await makeUser("Chen")];
  const here = await signedInFrom(mia.id, FIREFOX, "203.0.113.1");
  const there = await signedInFrom(mia.id, "curl/8", "203.0.113.2");
  const third = await signedInFrom(mia.id, FIREFOX, "203.0.113.3");
  const others = await signedInFrom(chen.id, FIREFOX, "203.0.113.4");

  const list = async () => (await callApi(all.GET, { cookie: here.cookie })).body.items as { id: string }[];
  expect(await list()).toEqual([
    expect.objectContaining({
      id: here.id,
      browser: "Firefox",
      system: "Linux",
      address: "203.0.113.1",
      isCurrent: true,
    }),
    expect.objectContaining({ id: third.id, isCurrent: false }),
    expect.objectContaining({ id: there.id, browser: null, isCurrent: false }),
  ]);
  const end = (id: string) =>
    callApi(one.DELETE, {
      method: "DELETE",
      cookie: here.cookie,
      params: { id },
      headers: { origin: "http://localhost:3000" },
    });
  expect((await end(others.id)).status).toBe(404);
  expect(await isSignedIn(others)).toBe(true);
  expect((await end(there.id)).status).toBe(204);
  expect(await isSignedIn(there)).toBe(false);
  expect((await end(there.id)).status).toBe(404);

  const endAll = { method: "DELETE", cookie: here.cookie, headers: { origin: "http://localhost:3000" } };
  expect((await callApi(all.DELETE, endAll)).status).toBe(204);
  expect(await list()).toEqual([expect.objectContaining({ id: here.id })]);
  expect([await isSignedIn(here), await isSignedIn(third), await isSignedIn(others)]).toEqual([true, false, true]);
});
