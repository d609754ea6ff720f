import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as settings from "@/app/api/v1/credits/settings/route";
import * as insights from "@/app/api/v1/insights/route";
import * as invitations from "@/app/api/v1/invitations/route";
import * as key from "@/app/api/v1/key/route";
import { GET as me } from "@/app/api/v1/me/route";
import * as schedules from "@/app/api/v1/schedules/route";
import * as searches from "@/app/api/v1/searches/route";
import * as team from "@/app/api/v1/team/route";
import * as teams from "@/app/api/v1/teams/route";
import * as tokens from "@/app/api/v1/tokens/route";
import * as webhooks from "@/app/api/v1/webhooks/route";
import { sha256Hex } from "@/lib/platform/crypto";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import type { TeamContext } from "./context";
import { createToken } from "./create-token";

let database: Awaited<ReturnType<typeof testDatabase>>;
let ctx: TeamContext;
beforeAll(async () => {
  database = await testDatabase();
  ctx = await makeTeam({ role: "owner" });
});
afterAll(() => database?.drop());

const make = (of: TeamContext, scope: "read" | "read+spend", expiresAt?: Date) =>
  createToken({
    teamId: of.team.id,
    memberId: of.member.id,
    name: "script",
    scope,
    ...(expiresAt ? { expiresAt } : {}),
  });
const question = { region: "US", window: "7" };

describe("a token of the HTTP API", () => {
  test("speaks for its member in its team, which need not be named", async () => {
    const { token } = await make(ctx, "read");
    const answer = await callApi(me, { token });
    expect(answer).toMatchObject({
      status: 200,
      body: { user: { id: ctx.member.userId }, team: { slug: ctx.team.slug }, role: "owner", scope: "read" },
    });
    expect((await callApi(me, { token, query: { team: ctx.team.slug } })).status).toBe(200);
    const other = await makeTeam();
    expect(await callApi(me, { token, query: { team: other.team.slug } })).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });

  test("is shown once: only its hash is kept, and the audit does not know it", async () => {
    const { id, token } = await make(ctx, "read+spend");
    expect(token).toMatch(/^nbk_[\w-]{43}$/);
    const { rows } = await database.superuserPool.query(
      "select (select to_jsonb(k) from api_token k where id = $1) as row, (select jsonb_agg(a) from audit_entry a) as audit",
      [id],
    );
    expect(rows[0].row.hash).toBe(sha256Hex(token));
    expect(JSON.stringify(rows[0])).not.toContain(token.slice(4, 40));
    expect(JSON.stringify(rows[0].audit)).toContain("token.created");
  });

  test("of the scope read reads, and neither spends nor changes, whoever it belongs to", async () => {
    const { token } = await make(ctx, "read");
    expect((await callApi(insights.GET, { token, query: question })).body.code).toBe("not_stored");
    const refused = { status: 403, body: { code: "forbidden", reason: "token_scope" } };
    expect(await callApi(insights.POST, { method: "POST", token, json: question })).toMatchObject(refused);
    const search = { method: "POST", token, json: { name: "All", ...question, pages: 1 } };
    expect(await callApi(searches.POST, search)).toMatchObject(refused);
  });

  test.each([
    ["saves a key", key.PUT, { apiKey: "sk_live_12345678" }],
    ["removes the key", key.DELETE, undefined],
    ["invites an owner", invitations.POST, { email: "new@example.com", role: "owner" }],
    ["changes the team", team.PATCH, { secondFactorRequired: false }],
    ["deletes the team", team.DELETE, undefined],
    ["changes how credits are handled", settings.PATCH, { confirmAboveCredits: null }],
    ["adds a webhook", webhooks.POST, { url: "https://hooks.example/x" }],
    ["lets a search renew by itself", schedules.POST, { searchId: randomUUID(), cadence: "daily", hour: 9 }],
    ["makes a token", tokens.POST, { name: "more", scope: "read+spend" }],
  ])("of whatever scope, and even an owner's, never %s", async (_what, route, json) => {
    for (const scope of ["read", "read+spend"] as const) {
      const { token } = await make(ctx, scope);
      expect(await callApi(route, { method: "POST", token, ...(json ? { json } : {}) })).toMatchObject({
        status: 403,
        body: { code: "forbidden", reason: "session_needed" },
      });
    }
  });

  test("of the scope read+spend allows no more than its member's role", async () => {
    const viewer = await makeMember(ctx, "viewer");
    const { token } = await make(viewer, "read+spend");
    expect(await callApi(insights.POST, { method: "POST", token, json: question })).toMatchObject({
      status: 403,
      body: { code: "forbidden", reason: "insights:buy" },
    });
  });

  test("that is unknown, malformed, revoked or expired is refused, also beside a good cookie", async () => {
    const cookie = await signedIn(ctx.member.userId);
    const revoked = await make(ctx, "read");
    await database.superuserPool.query("update api_token set revoked_at = now() where id = $1", [revoked.id]);
    const expired = await make(ctx, "read", new Date(Date.now() - 1000));
    const cases = {
      [revoked.token]: "token_revoked",
      [expired.token]: "token_expired",
      [`nbk_${"a".repeat(43)}`]: "token_unknown",
    };
    for (const [token, reason] of Object.entries({ ...cases, "'; drop table": "token_unknown", "": "token_unknown" })) {
      expect(await callApi(me, { cookie, headers: { authorization: `Bearer ${token}` } })).toMatchObject({
        status: 401,
        body: { code: "unauthenticated", reason },
      });
    }
    expect((await callApi(me, { cookie, headers: { authorization: "Basic bWlhOng=" } })).status).toBe(401);
  });

  test("ends with its member's membership", async () => {
    const member = await makeMember(ctx, "analyst");
    const { token } = await make(member, "read");
    expect((await callApi(me, { token })).status).toBe(200);
    await database.superuserPool.query("update membership set removed_at = now() where id = $1", [member.member.id]);
    expect((await callApi(me, { token })).status).toBe(401);
    await expect(make(member, "read")).rejects.toMatchObject({ code: "not_found" });
  });

  test("cannot do what belongs to a person and no team", async () => {
    const { token } = await make(ctx, "read+spend");
    expect(await callApi(teams.POST, { method: "POST", token, json: { name: "Mine" } })).toMatchObject({
      status: 403,
      body: { reason: "session_needed" },
    });
  });

  test("needs no origin: another site cannot make a browser send it", async () => {
    const { token } = await make(ctx, "read+spend");
    const headers = { origin: "https://tools.example", "sec-fetch-site": "cross-site" };
    const json = { name: "All", ...question, pages: 1 };
    const answer = await callApi(searches.POST, { method: "POST", token, headers, json });
    expect(answer.status).toBe(201);
  });
});
