import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as account from "@/app/api/v1/account/route";
import { POST as signInRoute } from "@/app/api/v1/account/sign-in/route";
import { POST as signOutRoute } from "@/app/api/v1/account/sign-out/route";
import { GET as me } from "@/app/api/v1/me/route";
import { db } from "@/lib/platform/db";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { callApi, cookieOf, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeUser, unique } from "@/lib/testing/factories";
import { createAccount } from "./create-account";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const unauthenticated = { status: 401, body: { code: "unauthenticated" } };

describe("a session", () => {
  test("begins with signing in, is carried by an http-only cookie, and ends at once with signing out", async () => {
    const email = `${unique("mia")}@example.com`;
    const password = "violet harbour lantern";
    await createAccount({ name: "Mia", email, password }, { address: null });
    const signedInAnswer = await callApi(signInRoute, {
      method: "POST",
      json: { email: email.toUpperCase(), password },
    });
    expect(signedInAnswer.status).toBe(200);
    expect(signedInAnswer.headers.getSetCookie()[0]).toMatch(
      /^nichebook\.session=[^;]+; Path=\/; Expires=[^;]+; Max-Age=2592000; HttpOnly; SameSite=lax$/,
    );
    const cookie = cookieOf(signedInAnswer);
    expect(await callApi(me, { cookie })).toMatchObject({ status: 200, body: { user: { email }, team: null } });

    const out = await callApi(signOutRoute, { method: "POST", cookie });
    expect(out.status).toBe(204);
    expect(cookieOf(out)).toBe("nichebook.session=");
    // The old cookie is still whole; its row is not.
    expect(await callApi(me, { cookie })).toMatchObject(unauthenticated);
  });

  test("that was ended elsewhere, or has expired, is none", async () => {
    const user = await makeUser();
    const [ended, expired] = [await signedIn(user.id), await signedIn(user.id)];
    const rows = await db().session.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } });
    expect((await callApi(me, { cookie: ended })).status).toBe(200);
    await database.superuserPool.query("update session set ended_at = now() where id = $1", [rows[0]?.id]);
    await database.superuserPool.query("update session set expires_at = now() where id = $1", [rows[1]?.id]);
    expect(await callApi(me, { cookie: ended })).toMatchObject(unauthenticated);
    expect(await callApi(me, { cookie: expired })).toMatchObject(unauthenticated);
  });

  test("cannot be forged, cut, or made with another installation's secret", async () => {
    const user = await makeUser();
    const cookie = await signedIn(user.id);
    const own = runtime();
    setRuntime({ ...own, appSecret: "another installation's own secret" });
    expect(await callApi(me, { cookie })).toMatchObject(unauthenticated);
    // A changed secret keeps people signed in for as long as the one before is named.
    setRuntime({ ...own, appSecret: "the next secret of this installation", appSecretPrevious: own.appSecret });
    expect((await callApi(me, { cookie })).status).toBe(200);
    setRuntime(own);
    for (const forged of [cookie.slice(0, -4), "nichebook.session=x", "nichebook.session=", "other=1"]) {
      expect(await callApi(me, { cookie: forged })).toMatchObject(unauthenticated);
    }
  });

  test("is touched by a change at most once in five minutes, and never by a look", async () => {
    const user = await makeUser();
    const cookie = await signedIn(user.id);
    const seen = async () => (await db().session.findFirstOrThrow({ where: { userId: user.id } })).lastSeenAt.getTime();
    const change = () => callApi(account.PATCH, { method: "PATCH", cookie, json: { theme: "dark" } });
    const fresh = await seen();
    await change();
    expect(await seen()).toBe(fresh);
    await database.superuserPool.query(
      "update session set last_seen_at = now() - interval '6 minutes' where user_id = $1",
      [user.id],
    );
    const old = await seen();
    await callApi(me, { cookie });
    expect(await seen()).toBe(old);
    await change();
    expect(await seen()).toBeGreaterThan(old);
  });
});

describe("one's own account", () => {
  test("changes only what is named, null goes back to the default, and the language follows into the cookie", async () => {
    const user = await makeUser("Mia");
    const cookie = await signedIn(user.id);
    const patch = (json: object) => callApi(account.PATCH, { method: "PATCH", cookie, json });
    const chosen = await patch({ language: "zh-CN", upColor: "red" });
    expect(chosen.body).toMatchObject({ name: "Mia", language: "zh-CN", upColor: "red", theme: null });
    expect(cookieOf(chosen)).toBe("nichebook.language=zh-CN");
    expect(chosen.body).not.toHaveProperty("passwordHash");
    expect((await patch({ language: null, name: " Mia K. " })).body).toMatchObject({
      name: "Mia K.",
      language: null,
      upColor: "red",
    });
    const refused = await patch({ theme: "neon", name: "a\u0000b", language: "tlh" });
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect((refused.body.errors as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      "language",
      "name",
      "theme",
    ]);
  });

  test("decides the language of refusals, before the browser does", async () => {
    const user = await makeUser();
    await db().user.update({ where: { id: user.id }, data: { language: "zh-CN" } });
    const cookie = await signedIn(user.id);
    const headers = { "accept-language": "en" };
    const answer = await callApi(account.PATCH, { method: "PATCH", cookie, headers, json: { name: "" } });
    expect(answer.body.title).toBe("请求内容有误");
  });
});
