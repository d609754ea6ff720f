import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as invitations from "@/app/api/v1/invitations/route";
import type { TeamContext } from "@/lib/auth/context";
import { allows, ROLES } from "@/lib/auth/permissions";
import { contextOfMember } from "@/lib/auth/read-context";
import { accountOfSession } from "@/lib/auth/sessions";
import { readLimits } from "@/lib/credits/read-limits";
import { db } from "@/lib/platform/db";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam, makeUser } from "@/lib/testing/factories";
import { acceptInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { invite } from "./invite";
import { readInvitation } from "./read-invitation";
import { readInvitations } from "./read-invitations";
import { removeMember } from "./remove-member";
import { resendInvitation } from "./resend-invitation";
import { revokeInvitation } from "./revoke-invitation";
import type { InviteInput } from "./schemas";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const visitor = { address: "203.0.113.7", userAgent: "test" };
const query = async (sql: string, ...values: unknown[]) => (await database.superuserPool.query(sql, values)).rows;
const link = (change: Partial<InviteInput> = {}): InviteInput => ({
  ...{ email: null, role: "analyst", limitCredits: null },
  ...change,
});
const tokenOf = ({ url }: { url: string }) => url.split("/").at(-1) ?? "";
const refusal = (code: string, reason: string) => ({ code, details: { reason } });

async function person(name = "Li Na") {
  const user = await makeUser(name);
  await signedIn(user.id);
  const { id } = await db().session.findFirstOrThrow({ where: { userId: user.id } });
  const account = await accountOfSession(id);
  if (!account) throw new Error("The session was just made");
  return account;
}

describe("an invitation", () => {
  test("lets one person in, once, with its role and limit; only its token's hash is kept", async () => {
    const owner = await makeTeam();
    const made = await invite(owner, link({ limitCredits: 40 }), "en");
    const [row] = await query("select * from invitation where id = $1", made.id);
    expect(JSON.stringify(row)).not.toContain(tokenOf(made));
    expect(row.expires_at.getTime() - row.created_at.getTime()).toBe(7 * 86_400_000);
    const guest = await person();
    expect(await acceptInvitation(guest, tokenOf(made), visitor)).toEqual({ slug: owner.team.slug });
    const ctx = await contextOfMember(owner.team.slug, guest.id, visitor);
    expect(ctx?.member.role).toBe("analyst");
    const limits = await readLimits(owner);
    expect(limits.members.find(({ id }) => id === ctx?.member.id)).toMatchObject({ limit: 40 });
    const other = await person();
    await expect(acceptInvitation(other, tokenOf(made), visitor)).rejects.toMatchObject(
      refusal("conflict", "invitation_used"),
    );
    expect(await readInvitation(tokenOf(made))).toMatchObject({ state: "used" });
    expect(await readInvitations(owner)).toEqual([]);
    const entries = await query(
      "select action, member_id, after from audit_entry where team_id = $1 and action in ('invitation.created', 'member.joined') order by at",
      owner.team.id,
    );
    expect(entries).toMatchObject([
      { member_id: owner.member.id, after: { email: null, role: "analyst", limitCredits: 40 } },
      { member_id: ctx?.member.id, after: { role: "analyst", limitCredits: 40 } },
    ]);
  });

  test("serves one of many who press at once", async () => {
    const owner = await makeTeam();
    const token = tokenOf(await invite(owner, link(), "en"));
    const guests = await Promise.all(Array.from({ length: 6 }, () => person()));
    const results = await Promise.allSettled(guests.map((guest) => acceptInvitation(guest, token, visitor)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await query("select 1 from membership where team_id = $1", owner.team.id)).toHaveLength(2);
  });

  test("to an address is for that address alone, is mailed to it, and says so to everybody else", async () => {
    const owner = await makeTeam();
    const [guest, other] = [await person(), await person()];
    const made = await invite(owner, link({ email: guest.email }), "en");
    expect(await query("select kind, to_address from mail where to_address = $1", guest.email)).toEqual([
      { kind: "invitation", to_address: guest.email },
    ]);
    await expect(acceptInvitation(other, tokenOf(made), visitor)).rejects.toMatchObject(
      refusal("forbidden", "invitation_of_another"),
    );
    expect(await acceptInvitation(guest, tokenOf(made), visitor)).toEqual({ slug: owner.team.slug });
  });

  test("brings somebody who was removed back as the same member, with the role and limit of today", async () => {
    const owner = await makeTeam();
    const guest = await person();
    await acceptInvitation(guest, tokenOf(await invite(owner, link({ limitCredits: 5 }), "en")), visitor);
    const before = await contextOfMember(owner.team.slug, guest.id, visitor);
    const memberId = before?.member.id ?? "";
    await removeMember(owner, memberId);
    await acceptInvitation(guest, tokenOf(await invite(owner, link({ role: "viewer" }), "en")), visitor);
    const after = await contextOfMember(owner.team.slug, guest.id, visitor);
    expect(after?.member).toMatchObject({ id: memberId, role: "viewer" });
    const limits = await readLimits(owner);
    expect(limits.members.find(({ id }) => id === memberId)).toMatchObject({ limit: null });
  });

  test("opens nothing once it was taken back, has expired, or was sent again", async () => {
    const owner = await makeTeam();
    const guest = await person();
    const [taken, late, first] = [
      await invite(owner, link(), "en"),
      await invite(owner, link(), "en"),
      await invite(owner, link(), "en"),
    ];
    await revokeInvitation(owner, taken.id);
    await query("update invitation set expires_at = app_now() where id = $1", late.id);
    const second = await resendInvitation(owner, first.id, "en");
    const states = await Promise.all([taken, late, first, second].map((made) => readInvitation(tokenOf(made))));
    expect(states.map((invited) => invited?.state)).toEqual(["revoked", "expired", undefined, "open"]);
    const reasons = [
      [taken, refusal("conflict", "invitation_revoked")],
      [late, refusal("conflict", "invitation_expired")],
      [first, { code: "not_found" }],
    ] as const;
    for (const [made, refused] of reasons) {
      await expect(acceptInvitation(guest, tokenOf(made), visitor)).rejects.toMatchObject(refused);
    }
    expect((await readInvitations(owner)).map(({ id, isExpired }) => [id, isExpired])).toEqual([
      [first.id, false],
      [late.id, true],
    ]);
    await expect(resendInvitation(owner, taken.id, "en")).rejects.toMatchObject(
      refusal("conflict", "invitation_revoked"),
    );
    await acceptInvitation(guest, tokenOf(await resendInvitation(owner, late.id, "en")), visitor);
    await expect(acceptInvitation(guest, tokenOf(second), visitor)).rejects.toMatchObject(
      refusal("conflict", "member_already"),
    );
  });

  test.each(["a", "a\u0000b", "x".repeat(43), "' or 1=1 --", "é".repeat(43), ""])(
    "%j invites to nothing",
    async (token) => {
      expect(await readInvitation(token)).toBeNull();
      await expect(acceptInvitation(await person(), token, visitor)).rejects.toMatchObject({ code: "not_found" });
    },
  );
});

describe("inviting", () => {
  test("is for those whom the table names, and to owner for owners alone", async () => {
    const owner = await makeTeam();
    for (const role of ROLES) {
      const asker = await makeMember(owner, role);
      if (allows(role, "members:write")) {
        const made = await invite(asker, link(), "en");
        await resendInvitation(asker, made.id, "en");
        await revokeInvitation(asker, made.id);
      } else {
        for (const verb of [() => invite(asker, link(), "en"), () => readInvitations(asker)]) {
          await expect(verb()).rejects.toMatchObject(refusal("forbidden", "members:write"));
        }
      }
      const toOwner = invite(asker, link({ role: "owner" }), "en");
      if (role === "owner") expect(await toOwner).toMatchObject({ role: "owner" });
      else await expect(toOwner).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("by somebody who may no longer invite is over, their open links included", async () => {
    const owner = await makeTeam();
    const [leaving, falling] = [await makeMember(owner, "admin"), await makeMember(owner, "owner")];
    const ofLeaving = await invite(leaving, link(), "en");
    const [asOwner, asAdmin] = [
      await invite(falling, link({ role: "owner" }), "en"),
      await invite(falling, link(), "en"),
    ];
    await removeMember(owner, leaving.member.id);
    await changeRole(owner, falling.member.id, { role: "admin" });
    const states = await Promise.all([ofLeaving, asOwner, asAdmin].map((made) => readInvitation(tokenOf(made))));
    expect(states.map((invited) => invited?.state)).toEqual(["revoked", "revoked", "open"]);
  });

  const post = async (ctx: TeamContext, json: unknown) =>
    callApi(invitations.POST, {
      ...{ method: "POST", cookie: await signedIn(ctx.member.userId), query: { team: ctx.team.slug }, json },
    });

  test("oneself, a member, or an address that has an open invitation is refused on that field", async () => {
    const owner = await makeTeam();
    const { email } = await db().user.findUniqueOrThrow({ where: { id: owner.member.userId } });
    const member = await makeMember(owner, "viewer");
    const { email: inside } = await db().user.findUniqueOrThrow({ where: { id: member.member.userId } });
    const role = "analyst";
    expect((await post(owner, { email: "new@example.com", role })).status).toBe(201);
    const mistakes = [
      [email.toUpperCase(), "This is your own address: you are on the team already."],
      [inside, "Somebody with this address is on the team already."],
      [" New@Example.com ", "An invitation to this address is open. Send that one again, or take it back first."],
    ];
    for (const [given, message] of mistakes) {
      expect(await post(owner, { email: given, role })).toMatchObject({
        ...{ status: 400, body: { errors: [{ path: "email", message }] } },
      });
    }
    // What has expired is in nobody's way.
    await query("update invitation set expires_at = app_now() where team_id = $1", owner.team.id);
    expect((await post(owner, { email: "new@example.com", role })).status).toBe(201);
  });

  test.each([
    [{ email: "no-address", role: "viewer" }, "email"],
    [{ email: `${"x".repeat(10_000)}@example.com`, role: "viewer" }, "email"],
    [{ email: "a@example.com\nBcc: b@example.com", role: "viewer" }, "email"],
    [{ role: "king" }, "role"],
    [{}, "role"],
    [{ role: "viewer", limitCredits: -1 }, "limitCredits"],
    [{ role: "viewer", limitCredits: 1.5 }, "limitCredits"],
    [{ role: "viewer", limitCredits: 1e12 }, "limitCredits"],
    [{ role: "viewer", limitCredits: "many" }, "limitCredits"],
  ])("with %j is refused on its field", async (json, path) => {
    const answer = await post(await makeTeam(), json);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path, message: expect.stringMatching(/\.$/) }] } });
  });

  test("is refused for a while after sixty in a quarter of an hour", async () => {
    const owner = await makeTeam();
    const made = await invite(owner, link(), "en");
    for (let n = 2; n <= 60; n++) await resendInvitation(owner, made.id, "en");
    await expect(invite(owner, link(), "en")).rejects.toMatchObject({ code: "too_many_requests" });
  });
});
