import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as me from "@/app/api/v1/me/route";
import * as team from "@/app/api/v1/team/route";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { allows, ROLES } from "@/lib/auth/permissions";
import { contextOfMember } from "@/lib/auth/read-context";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam, makeUser, unique } from "@/lib/testing/factories";
import { createTeamFor } from "./create-team";
import { readTeamSettings } from "./read-team-settings";
import { updateTeam } from "./update-team";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const visitor = { address: null, userAgent: null };
const patch = async (ctx: TeamContext, json: unknown, slug = ctx.team.slug) =>
  callApi(team.PATCH, { method: "PATCH", cookie: await signedIn(ctx.member.userId), query: { team: slug }, json });

describe("a team's settings", () => {
  test("are changed by those whom the table names, count for the next request, and are noted", async () => {
    const owner = await makeTeam();
    const change = {
      ...{ name: "Größe & 宁波 🛍️", timeZone: "Asia/Shanghai", memberLanguage: "zh-CN" as const },
      ...{ defaultRegion: "GB" as const, defaultWindow: "30" as const, freshnessMinutes: 60 },
    };
    for (const role of ROLES) {
      const asker = await makeMember(owner, role);
      const { version } = await readTeamSettings(asker);
      const result = updateTeam(asker, { ...change, version });
      if (allows(role, "team:write")) expect(await result).toMatchObject(change);
      else await expect(result).rejects.toMatchObject({ code: "forbidden" });
    }
    const ctx = await contextOfMember(owner.team.slug, owner.member.userId, visitor);
    expect(ctx?.team).toMatchObject({ defaultRegion: "GB", defaultWindow: "30", freshnessMinutes: 60 });
    const { rows } = await database.superuserPool.query(
      "select before, after from audit_entry where team_id = $1 and action = 'team.changed'",
      [owner.team.id],
    );
    expect(rows).toMatchObject([{ before: { defaultRegion: "US", freshnessMinutes: 1440 }, after: change }]);
  });

  test("changed by somebody else meanwhile are a conflict that changes nothing; saved on theirs, they hold", async () => {
    const owner = await makeTeam();
    const { version } = await readTeamSettings(owner);
    expect((await patch(owner, { name: "First", version })).status).toBe(200);
    const late = await patch(owner, { name: "Second", version });
    expect(late).toMatchObject({ status: 409, body: { code: "conflict", reason: "edited_meanwhile" } });
    expect(await patch(owner, { name: "Second", version: version + 1 })).toMatchObject({ body: { name: "Second" } });
    const results = await Promise.all(["a", "b"].map((name) => patch(owner, { name, version: version + 2 })));
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test.each([
    [{ name: "x".repeat(10_000) }, "name"],
    [{ name: "\u202Eevil" }, "name"],
    [{ name: "\u200B\u2060 \u3164" }, "name"],
    [{ name: "" }, "name"],
    [{ slug: "Größe" }, "slug"],
    [{ slug: "a--b" }, "slug"],
    [{ slug: "a" }, "slug"],
    [{ slug: "x".repeat(10_000) }, "slug"],
    [{ slug: "settings" }, "slug"],
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ memberLanguage: "de" }, "memberLanguage"],
    [{ defaultRegion: "XX" }, "defaultRegion"],
    [{ defaultWindow: "2026-10" }, "defaultWindow"],
    [{ freshnessMinutes: -1 }, "freshnessMinutes"],
    [{ freshnessMinutes: 1e9 }, "freshnessMinutes"],
    [{ name: "No version", version: undefined }, "version"],
  ])("refuse %j on its field", async (json, path) => {
    const answer = await patch(await makeTeam(), { version: 1, ...json });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path, message: expect.stringMatching(/\.$/) }] } });
  });
});

test("a second factor is asked of everybody only by somebody who has one", async () => {
  const owner = await makeTeam();
  const change = { secondFactorRequired: true, version: 1 };
  expect(await patch(owner, change)).toMatchObject({
    ...{ status: 400, body: { errors: [{ path: "secondFactorRequired", message: expect.stringContaining("first") }] } },
  });
  await database.superuserPool.query(
    "insert into second_factor (user_id, sealed_key_id, sealed_nonce, sealed_text, confirmed_at) values ($1, 'k', '', '', now())",
    [owner.member.userId],
  );
  expect(await updateTeam(owner, change)).toMatchObject({ secondFactorRequired: true });
  const ctx = await contextOfMember(owner.team.slug, owner.member.userId, visitor);
  expect(ctx?.team.secondFactorRequired).toBe(true);
});

describe("a team's address", () => {
  test("changes; the former one still leads to the team, for people and tokens, and back again", async () => {
    const owner = await makeTeam();
    const [first, second] = [owner.team.slug, unique("renamed")];
    const { token } = await createToken({
      ...owner,
      teamId: owner.team.id,
      memberId: owner.member.id,
      name: "t",
      scope: "read",
    });
    expect(await patch(owner, { slug: second.toUpperCase(), version: 1 })).toMatchObject({ body: { slug: second } });
    for (const slug of [first, second]) {
      const ctx = await contextOfMember(slug, owner.member.userId, visitor);
      expect(ctx?.team).toMatchObject({ id: owner.team.id, slug: second });
      expect((await callApi(me.GET, { token, query: { team: slug } })).status).toBe(200);
    }
    const stranger = await makeTeam();
    expect((await callApi(me.GET, { token, query: { team: stranger.team.slug } })).status).toBe(404);
    expect(await contextOfMember(first, stranger.member.userId, visitor)).toBeNull();
    expect(await patch(owner, { slug: first, version: 2 }, first)).toMatchObject({
      status: 200,
      body: { slug: first },
    });
  });

  test("that is, or ever was, another team's is refused on its field, and no new team gets it", async () => {
    const [one, two] = [await makeTeam(), await makeTeam()];
    const former = one.team.slug;
    await updateTeam(one, { slug: unique("moved"), version: 1 });
    for (const slug of [former, (await readTeamSettings(one)).slug]) {
      expect(await patch(two, { slug, version: 1 })).toMatchObject({
        ...{ status: 400, body: { errors: [{ path: "slug", message: expect.stringContaining("Another team") }] } },
      });
    }
    const made = await createTeamFor((await makeUser()).id, { name: former, timeZone: "UTC" });
    expect(made.slug).toBe(`${former}-2`);
  });

  test("wanted by two teams at once goes to one of them", async () => {
    const [one, two] = [await makeTeam(), await makeTeam()];
    const slug = unique("wanted");
    const results = await Promise.allSettled([one, two].map((ctx) => updateTeam(ctx, { slug, version: 1 })));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
