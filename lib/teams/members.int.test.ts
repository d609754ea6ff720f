import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as member from "@/app/api/v1/members/[id]/route";
import * as members from "@/app/api/v1/members/route";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { allows, ROLES, type Role } from "@/lib/auth/permissions";
import { contextOfMember } from "@/lib/auth/read-context";
import { askForMore } from "@/lib/credits/ask-for-more";
import { changeLimits } from "@/lib/credits/change-limits";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask } from "@/lib/testing/purchases";
import { startAsker } from "@/lib/testing/start-asker";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { readSearches } from "@/lib/tracking/read-searches";
import { createSearchSchema, createWatchlistSchema } from "@/lib/tracking/schemas";
import { type RunOrder, startRun } from "@/lib/tracking/start-run";
import { addMember } from "./add-member";
import { changeRole } from "./change-role";
import { leaveTeam } from "./leave-team";
import { readMembers } from "./read-members";
import { removeMember } from "./remove-member";
import { transferOwnership } from "./transfer-ownership";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const visitor = { address: null, userAgent: null };
const query = async (sql: string, ...values: unknown[]) => (await database.superuserPool.query(sql, values)).rows;
const rolesOf = async (ctx: TeamContext) =>
  (await query("select role, removed_at is null as here from membership where team_id = $1 order by id", ctx.team.id))
    .filter(({ here }) => here)
    .map(({ role }) => role as Role)
    .sort();
const changesOf = (ctx: TeamContext) =>
  query(
    "select action, member_id, details, before, after from audit_entry where team_id = $1 and action like 'member.%' order by at, id",
    ctx.team.id,
  );
const refusal = (code: string, reason: string) => ({ code, details: { reason } });

describe("changing a role", () => {
  test("is for those whom the table names, and noted with before and after", async () => {
    const owner = await makeTeam();
    const other = await makeMember(owner, "viewer");
    for (const role of ROLES) {
      const asker = await makeMember(owner, role);
      const result = changeRole(asker, other.member.id, { role: "analyst" });
      if (allows(role, "members:write")) expect(await result).toMatchObject({ id: other.member.id, role: "analyst" });
      else await expect(result).rejects.toMatchObject(refusal("forbidden", "members:write"));
    }
    const changes = await changesOf(owner);
    expect(changes).toMatchObject([
      {
        action: "member.role_changed",
        details: { memberId: other.member.id },
        before: { role: "viewer" },
        after: { role: "analyst" },
      },
    ]);
  });

  test("of owners, and to owner, is for owners alone", async () => {
    const owner = await makeTeam();
    const admin = await makeMember(owner, "admin");
    const only = refusal("forbidden", "owners_only");
    await expect(changeRole(admin, owner.member.id, { role: "viewer" })).rejects.toMatchObject(only);
    await expect(changeRole(admin, admin.member.id, { role: "owner" })).rejects.toMatchObject(only);
    await expect(removeMember(admin, owner.member.id)).rejects.toMatchObject(only);
    await expect(transferOwnership(admin, admin.member.id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await rolesOf(owner)).toEqual(["admin", "owner"]);
  });

  test("by somebody who lost theirs a moment ago is refused, though their request had begun", async () => {
    const owner = await makeTeam();
    const admin = await makeMember(owner, "admin");
    const other = await makeMember(owner, "viewer");
    await changeRole(owner, admin.member.id, { role: "viewer" });
    const late = refusal("forbidden", "members:write");
    await expect(changeRole(admin, other.member.id, { role: "admin" })).rejects.toMatchObject(late);
    await expect(removeMember(admin, other.member.id)).rejects.toMatchObject(late);
    await removeMember(owner, admin.member.id);
    await expect(removeMember(admin, other.member.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await rolesOf(owner)).toEqual(["owner", "viewer"]);
  });

  test.each([{ role: "king" }, { role: null }, {}, { role: "admin", more: 1 }])("to %j is refused", async (json) => {
    const owner = await makeTeam();
    const cookie = await signedIn(owner.member.userId);
    const answer = await callApi(member.PATCH, {
      ...{ method: "PATCH", cookie, json, query: { team: owner.team.slug }, params: { id: owner.member.id } },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });
});

describe("the last owner", () => {
  test("cannot be demoted, removed or leave, but hands ownership over", async () => {
    const owner = await makeTeam();
    const heir = await makeMember(owner, "analyst");
    const last = refusal("conflict", "last_owner");
    await expect(changeRole(owner, owner.member.id, { role: "admin" })).rejects.toMatchObject(last);
    await expect(removeMember(owner, owner.member.id)).rejects.toMatchObject(last);
    await expect(leaveTeam(owner)).rejects.toMatchObject(last);
    expect(await transferOwnership(owner, heir.member.id)).toMatchObject({ role: "owner" });
    expect(await rolesOf(owner)).toEqual(["admin", "owner"]);
    const now = await contextOfMember(owner.team.slug, heir.member.userId, visitor);
    if (!now) throw new Error("The heir is in the team");
    const already = refusal("conflict", "owner_already");
    await expect(transferOwnership(now, heir.member.id)).rejects.toMatchObject(already);
    await leaveTeam(owner);
    expect(await rolesOf(owner)).toEqual(["owner"]);
  });

  test("remains when two owners demote each other at once, however often", async () => {
    for (let round = 0; round < 10; round++) {
      const one = await makeTeam();
      const two = await makeMember(one, "owner");
      const results = await Promise.allSettled([
        changeRole(one, two.member.id, { role: "viewer" }),
        changeRole(two, one.member.id, { role: "viewer" }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await rolesOf(one)).toEqual(["owner", "viewer"]);
    }
  });

  test("remains for plain SQL too, of two transactions at once", async () => {
    const one = await makeTeam();
    const two = await makeMember(one, "owner");
    const demote = (id: string) =>
      database.superuserPool.query("update membership set role = 'viewer' where team_id = $1 and id = $2", [
        one.team.id,
        id,
      ]);
    const results = await Promise.allSettled([one, two].map((ctx) => demote(ctx.member.id)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await rolesOf(one)).toEqual(["owner", "viewer"]);
  });
});

describe("somebody who is no longer in the team", () => {
  test("has left history and what was team-visible to it; their private things wait for them, unseen", async () => {
    const owner = await makeTeam();
    const gone = await makeMember(owner, "analyst", "Li Na");
    const search = (name: string, shared: boolean) =>
      createSearch(gone, createSearchSchema.parse({ name, region: "US", window: "7", pages: 1, shared }));
    const [shared, hidden] = [await search("ours", true), await search("mine", false)];
    const list = await createWatchlist(gone, createWatchlistSchema.parse({ name: "ours" }));
    const { token } = await createToken({ teamId: owner.team.id, memberId: gone.member.id, name: "t", scope: "read" });
    const order: RunOrder = {
      ...{ kind: "backfill", searchId: null, watchlistId: null, questions: [ask()], maxAgeMinutes: 0 },
      ...{ maxCredits: 2, body: {}, idempotencyKey: "gone" },
    };
    const run = await startRun(gone, order);
    await changeLimits(owner, { memberDefault: 0 });
    await askForMore(gone, { credits: 5, note: "" });

    await removeMember(owner, gone.member.id);
    expect(await contextOfMember(owner.team.slug, gone.member.userId, visitor)).toBeNull();
    expect((await readMembers(owner)).map(({ id }) => id)).toEqual([owner.member.id]);
    expect(
      await query("select revoked_at is not null as ended from api_token where member_id = $1", gone.member.id),
    ).toEqual([{ ended: true }]);
    expect(await query("select state from run where id = $1", run.id)).toEqual([{ state: "stopped" }]);
    expect(await query("select state from limit_request where member_id = $1", gone.member.id)).toEqual([
      { state: "withdrawn" },
    ]);
    expect(await query("select member_id from watchlist where id = $1", list.id)).toEqual([{ member_id: null }]);
    expect((await readSearches(owner)).items.map(({ id }) => id)).toEqual([shared.id]);
    expect((await changesOf(owner)).at(-1)).toMatchObject({
      ...{ action: "member.removed", member_id: owner.member.id },
      ...{ details: { memberId: gone.member.id }, before: { role: "analyst" }, after: null },
    });

    const { email } = (await query("select email from user_account where id = $1", gone.member.userId))[0];
    expect(await addMember({ teamId: owner.team.id, email, role: "analyst" })).toEqual({ id: gone.member.id });
    expect((await readSearches(gone)).items.map(({ id }) => id).sort()).toEqual([shared.id, hidden.id].sort());
    const asked = await callApi(members.GET, { token });
    expect(asked).toMatchObject({ status: 401, body: { reason: "token_revoked" } });
  });

  test("and whoever has another role meets that with the next request, in a second process too", async () => {
    const second = await startAsker();
    try {
      const owner = await makeTeam();
      const analyst = await makeMember(owner, "analyst");
      const { token } = await createToken({
        ...{ teamId: owner.team.id, memberId: analyst.member.id, name: "script", scope: "read+spend" },
      });
      const who = { slug: owner.team.slug, userId: analyst.member.userId };
      const both = async () => [await second.ask(who), await second.ask({ token })];
      expect(await both()).toEqual(Array(2).fill({ role: "analyst", saved: "saved" }));
      await changeRole(owner, analyst.member.id, { role: "viewer" });
      expect(await both()).toEqual(Array(2).fill({ role: "viewer", saved: "forbidden" }));
      await removeMember(owner, analyst.member.id);
      expect(await both()).toEqual([null, null]);
    } finally {
      await second.stop();
    }
  });
});
