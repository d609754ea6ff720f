import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { GET as exportRoute } from "@/app/api/v1/account/export/route";
import { GET as me } from "@/app/api/v1/me/route";
import { createAccount } from "@/lib/auth/create-account";
import { createToken } from "@/lib/auth/create-token";
import { sessionCookie } from "@/lib/auth/session-token";
import { accountOfSession, createSession } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { isSignUpOpen } from "@/lib/auth/sign-up-policy";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { db } from "@/lib/platform/db";
import { createTeamFor } from "@/lib/teams/create-team";
import { callApi } from "@/lib/testing/api-call";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeTeam, unique } from "@/lib/testing/factories";
import { deleteAccount, readTeamsOwnedAlone } from "./delete-account";
import { mailReset } from "./mail-reset";

const settings = vi.hoisted(() => ({ policy: undefined as "invite" | undefined }));
vi.mock("@/lib/platform/env", async (original) => {
  const real = await original<typeof import("@/lib/platform/env")>();
  return { ...real, env: () => ({ ...real.env(), SIGN_UP: settings.policy }) };
});

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const PASSWORD = "violet harbour lantern";
const visitor = { address: "203.0.113.7", userAgent: "test" };

async function makeAccount(name = "Mia Keller") {
  const email = `${unique("mia")}@example.com`;
  const { id } = await createAccount({ name, email, password: PASSWORD }, { address: null });
  const session = await db().$transaction((tx) => createSession(tx, id, visitor));
  const account = await accountOfSession(session.id);
  if (!account) throw new Error("not signed in");
  const { name: cookie, value } = await sessionCookie(session);
  return { id, email, account, cookie: `${cookie}=${value}` };
}

/** A member of a team that others own, with a token of their own. */
async function memberOf(userId: string) {
  const ctx = await makeTeam();
  const { rows } = await database.superuserPool.query(
    "insert into membership (team_id, id, user_id, role) values ($1, gen_random_uuid(), $2, 'analyst') returning id",
    [ctx.team.id, userId],
  );
  const memberId = rows[0].id as string;
  const { token } = await createToken({ teamId: ctx.team.id, memberId, name: "script", scope: "read" });
  return { ctx, memberId, token };
}
const leave = ({ account, email }: Awaited<ReturnType<typeof makeAccount>>, input: object = {}) =>
  deleteAccount(account, { confirmation: email, currentPassword: PASSWORD, ...input }, "en", visitor);

describe("deleting an account", () => {
  test("ends sessions and tokens at once, frees the address, and leaves history under a pseudonym", async () => {
    const person = await makeAccount("Ada Lovelace");
    const { ctx, memberId, token } = await memberOf(person.id);
    await mailReset({ email: person.email, language: "en", address: null });
    expect((await callApi(me, { token })).status).toBe(200);
    const cookie = await leave(person);
    expect(cookie).toMatchObject({ value: "", maxAge: 0 });
    expect((await callApi(me, { cookie: person.cookie })).status).toBe(401);
    expect((await callApi(me, { token })).status).toBe(401);
    await expect(signIn({ email: person.email, password: PASSWORD }, visitor)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    for (const table of ["user_account", "session", "mail", "account_link", "account_event"]) {
      const { rows } = await database.superuserPool.query(
        `select count(*)::int as n from ${table} t where t::text like '%' || $1 || '%' or t::text like '%Ada Lovelace%'`,
        [person.email],
      );
      expect([table, rows[0].n]).toEqual([table, 0]);
    }
    const { rows } = await database.superuserPool.query(
      `select u.name, m.removed_at is not null as removed, (select count(*)::int from audit_entry a where a.member_id = m.id) as entries
       from membership m join user_account u on u.id = m.user_id where m.id = $1`,
      [memberId],
    );
    expect(rows).toEqual([
      { name: `Former member ${person.id.slice(-6).toUpperCase()}`, removed: true, entries: expect.any(Number) },
    ]);
    expect(rows[0].entries).toBeGreaterThan(0);
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ ok: true });
    await expect(
      createAccount({ name: "Li Na", email: person.email, password: PASSWORD }, { address: null }),
    ).resolves.toHaveProperty("id");
  });

  test("needs the password and the typed address", async () => {
    const person = await makeAccount();
    await expect(leave(person, { confirmation: "mia" })).rejects.toMatchObject({
      details: { errors: [{ path: "confirmation", message: "confirmation_wrong" }] },
    });
    await expect(leave(person, { currentPassword: "no" })).rejects.toMatchObject({
      details: { errors: [{ path: "currentPassword", message: "password_wrong" }] },
    });
    expect((await callApi(me, { cookie: person.cookie })).status).toBe(200);
  });

  test("is refused to the only owner of a team, and changes nothing anywhere", async () => {
    const person = await makeAccount();
    const { token } = await memberOf(person.id);
    const { slug } = await createTeamFor(person.id, { name: "Luma Trading", timeZone: "UTC" });
    expect(await readTeamsOwnedAlone(person.account)).toEqual([{ slug, name: "Luma Trading" }]);
    await expect(leave(person)).rejects.toMatchObject({ code: "conflict", details: { reason: "owns_teams" } });
    expect((await callApi(me, { token })).status).toBe(200);
    expect((await callApi(me, { cookie: person.cookie })).status).toBe(200);
  });

  test("waits for no team that is being deleted, whose tokens end all the same", async () => {
    const person = await makeAccount();
    const { id: teamId } = await createTeamFor(person.id, { name: "Luma Trading", timeZone: "UTC" });
    const { rows } = await database.superuserPool.query("select id from membership where team_id = $1", [teamId]);
    const { token } = await createToken({ teamId, memberId: rows[0].id, name: "script", scope: "read" });
    await database.superuserPool.query("update team set deletes_at = now() + interval '7 days' where id = $1", [
      teamId,
    ]);
    await leave(person);
    expect((await callApi(me, { token })).status).toBe(401);
  });

  test("of everybody opens the installation for a first account again", async () => {
    await database.superuserPool.query("update user_account set deleted_at = now() where deleted_at is null");
    for (const policy of [undefined, "invite"] as const) {
      settings.policy = policy;
      expect([policy, await isSignUpOpen()]).toEqual([policy, true]);
    }
    await makeAccount();
    expect(await isSignUpOpen()).toBe(false);
  });
});

test("the export holds what is kept of a person in every team, also one they left, and no secret", async () => {
  const person = await makeAccount("陈伟 🦊");
  const { ctx, memberId } = await memberOf(person.id);
  const stranger = await makeAccount("Somebody Else");
  const other = await memberOf(stranger.id);
  for (let n = 1; n <= 3; n++) await signIn({ email: person.email, password: PASSWORD }, visitor);
  await database.superuserPool.query(
    `insert into audit_entry (team_id, id, member_id, action)
     select $1, gen_random_uuid(), $2, 'test.' || n from generate_series(1, 1200) n`,
    [ctx.team.id, memberId],
  );
  await database.superuserPool.query("update membership set removed_at = now() where id = $1", [memberId]);

  const answer = await callApi(exportRoute, { cookie: person.cookie });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="nichebook-account.json"');
  const data = answer.body as {
    account: Record<string, unknown> & { sessions: unknown[]; events: { action: string }[] };
    teams: { team: { id: string; removedAt: string | null }; tokens: unknown[]; auditEntries: { id: string }[] }[];
  };
  expect(data.account).toMatchObject({ name: "陈伟 🦊", email: person.email });
  expect(data.account.sessions).toHaveLength(4);
  expect(data.account.events.filter(({ action }) => action === "account.signed_in")).toHaveLength(3);
  expect(data.teams).toHaveLength(1);
  const [team] = data.teams;
  expect(team?.team).toMatchObject({ id: ctx.team.id, removedAt: expect.any(String) });
  expect(team?.tokens).toHaveLength(1);
  const ids = team?.auditEntries.map(({ id }) => id) ?? [];
  expect(ids.length).toBeGreaterThanOrEqual(1200);
  expect(new Set(ids).size).toBe(ids.length);
  for (const secret of ["passwordHash", "argon2", '"hash"', "sealed", stranger.email, other.ctx.team.id]) {
    expect(answer.text).not.toContain(secret);
  }
});
