import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as teams from "@/app/api/v1/teams/route";
import { contextOfMember } from "@/lib/auth/read-context";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeUser } from "@/lib/testing/factories";
import { addMember } from "./add-member";
import { createTeamFor } from "./create-team";
import { findMember } from "./find-member";
import { findTeamBySlug } from "./find-team";
import { readMembers } from "./read-members";
import { readTeams } from "./read-teams";

const NOWHERE = { address: null, userAgent: null };
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const auditOf = async (teamId: string) =>
  (await database.superuserPool.query("select * from audit_entry where team_id = $1 order by at", [teamId])).rows;

describe("making a team", () => {
  test("makes one's own, owned by oneself, in one's list, and in the audit", async () => {
    const user = await makeUser("Mia Keller");
    const cookie = await signedIn(user.id);
    const json = { name: " Luma Trading ", timeZone: "Asia/Shanghai" };
    const made = await callApi(teams.POST, { method: "POST", cookie, json });
    expect(made).toMatchObject({
      status: 201,
      body: { slug: "luma-trading", name: "Luma Trading", timeZone: "Asia/Shanghai", upstream: null },
    });
    const id = String(made.body.id);
    expect((await callApi(teams.GET, { cookie })).body).toEqual({
      items: [{ id, slug: "luma-trading", name: "Luma Trading", role: "owner" }],
    });
    const ctx = await contextOfMember("luma-trading", user.id, NOWHERE);
    expect(ctx).toMatchObject({
      team: { id, timeZone: "Asia/Shanghai" },
      member: { role: "owner", name: "Mia Keller" },
    });
    expect(await auditOf(id)).toMatchObject([{ action: "team.created", member_id: ctx?.member.id }]);
  });

  test("ten at once of the same name have ten addresses", async () => {
    const user = await makeUser();
    const made = await Promise.all(
      Array.from({ length: 10 }, () => createTeamFor(user.id, { name: "Rush", timeZone: "UTC" })),
    );
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(10);
    expect(await readTeams(user.id)).toHaveLength(10);
  });

  test("of a Chinese name has an address without letters of it", async () => {
    const user = await makeUser();
    const team = await createTeamFor(user.id, { name: "宁波百货", timeZone: "UTC" });
    expect(team.slug).toMatch(/^team-[2-9a-z]{4}$/);
    expect(team.name).toBe("宁波百货");
  });

  test.each([
    [{ name: "  " }, "name"],
    [{}, "name"],
    [{ name: "x".repeat(81) }, "name"],
    [{ name: "a\u0000b" }, "name"],
    [{ name: "Luma", timeZone: "Mars/Olympus" }, "timeZone"],
    [{ name: "Luma", timeZone: "+08:00" }, "timeZone"],
  ])("%j is refused on its field", async (json, path) => {
    const cookie = await signedIn((await makeUser()).id);
    const answer = await callApi(teams.POST, { method: "POST", cookie, json });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path, message: expect.stringMatching(/\.$/) }] } });
  });
});

describe("the operator", () => {
  test("adds a member once, who is in the team's list and in nobody else's", async () => {
    const [owner, guest] = [await makeUser("Mia Keller"), await makeUser("Chen Wei")];
    const team = await createTeamFor(owner.id, { name: "Guests", timeZone: "UTC" });
    const { id } = await addMember({ teamId: team.id, email: guest.email.toUpperCase(), role: "analyst" });
    await expect(addMember({ teamId: team.id, email: guest.email, role: "viewer" })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "member_already" },
    });
    const ctx = await contextOfMember(team.slug, guest.id, NOWHERE);
    expect(ctx?.member).toEqual({ id, userId: guest.id, name: "Chen Wei", role: "analyst" });
    if (ctx)
      expect((await readMembers(ctx)).map(({ name, role }) => [name, role])).toEqual([
        ["Chen Wei", "analyst"],
        ["Mia Keller", "owner"],
      ]);
    expect(await findMember(team.slug, guest.email)).toEqual({ teamId: team.id, memberId: id });
    expect((await auditOf(team.id)).map(({ action, member_id }) => [action, member_id === null])).toEqual([
      ["team.created", false],
      ["member.added", true],
    ]);
  });

  test("brings a removed member back as the same one, and finds nobody who is not there", async () => {
    const [owner, guest] = [await makeUser(), await makeUser()];
    const team = await createTeamFor(owner.id, { name: "Return", timeZone: "UTC" });
    const { id } = await addMember({ teamId: team.id, email: guest.email, role: "analyst" });
    await database.superuserPool.query("update membership set removed_at = now() where id = $1", [id]);
    await expect(findMember(team.slug, guest.email)).rejects.toMatchObject({ code: "not_found" });
    expect(await contextOfMember(team.slug, guest.id, NOWHERE)).toBeNull();
    expect(await addMember({ teamId: team.id, email: guest.email, role: "viewer" })).toEqual({ id });
    await expect(addMember({ teamId: team.id, email: "nobody@example.com", role: "viewer" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(findTeamBySlug("no-such-team")).rejects.toMatchObject({ code: "not_found" });
  });
});
