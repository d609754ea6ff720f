import { beforeAll, describe, expect, test } from "vitest";
import * as insights from "@/app/api/v1/insights/route";
import { GET as me } from "@/app/api/v1/me/route";
import { DELETE } from "@/app/api/v1/tokens/[id]/route";
import { GET, POST } from "@/app/api/v1/tokens/route";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { sha256Hex } from "@/lib/platform/crypto";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import type { Token } from "./token-schemas";

const given = purchases();
let owner: TeamContext;
let analyst: TeamContext;
let viewer: TeamContext;
beforeAll(async () => {
  owner = await makeTeam();
  analyst = await makeMember(owner, "analyst");
  viewer = await makeMember(owner, "viewer");
});

const as = async (ctx: TeamContext) => ({
  cookie: await signedIn(ctx.member.userId),
  query: { team: ctx.team.slug },
  headers: { origin: "http://localhost:3000" },
});
const post = async (ctx: TeamContext, json: unknown) => callApi(POST, { ...(await as(ctx)), method: "POST", json });
const make = async (ctx: TeamContext, json: Record<string, unknown> = {}) =>
  (await post(ctx, { name: "script", scope: "read", ...json })).body as { id: string; token: string };
const list = async (ctx: TeamContext) => (await callApi(GET, await as(ctx))).body.items as Token[];
const revoke = async (ctx: TeamContext, id: string) =>
  callApi(DELETE, { ...(await as(ctx)), method: "DELETE", params: { id } });
const spend = (token: string, region = "US") =>
  callApi(insights.POST, { method: "POST", token, json: { region, window: "7", maxAgeMinutes: 0 } });

describe("a member's tokens", () => {
  test("are shown once and listed without themselves: one's own, and everybody's for an admin", async () => {
    const made = await post(analyst, { name: " Nightly sheet ", scope: "read+spend", limitCredits: 20 });
    expect(made).toMatchObject({
      status: 201,
      body: { id: expect.any(String), token: expect.stringMatching(/^nbk_/) },
    });
    const { id, token } = made.body as { id: string; token: string };
    const [mine] = await list(analyst);
    expect(mine).toMatchObject({
      id,
      name: "Nightly sheet",
      state: "valid",
      limitCredits: 20,
      spent: 0,
      lastUsedAt: null,
    });
    expect(JSON.stringify(mine)).not.toContain(token.slice(4, 40));
    expect(JSON.stringify(mine)).not.toContain(sha256Hex(token));
    expect((await list(viewer)).map((one) => one.id)).not.toContain(id);
    expect((await list(owner)).map((one) => one.id)).toContain(id);
  });

  test("end at the next call, by their member or an admin, and nobody else finds them", async () => {
    const { id, token } = await make(analyst);
    expect((await callApi(me, { token })).status).toBe(200);
    expect((await revoke(viewer, id)).status).toBe(404);
    expect((await callApi(me, { token })).status).toBe(200);
    expect((await revoke(analyst, id)).status).toBe(204);
    expect(await callApi(me, { token })).toMatchObject({ status: 401, body: { reason: "token_revoked" } });
    expect((await revoke(owner, id)).status).toBe(204);

    const another = await make(analyst);
    expect((await revoke(owner, another.id)).status).toBe(204);
    expect((await callApi(me, { token: another.token })).status).toBe(401);
    const { rows } = await given.database.superuserPool.query(
      "select member_id from audit_entry where team_id = $1 and action = 'token.revoked' order by at",
      [owner.team.id],
    );
    expect(rows.map(({ member_id }) => member_id)).toEqual([analyst.member.id, owner.member.id]);
  });

  test("cannot be made by a token, nor with more than the role allows", async () => {
    const { token } = await make(analyst, { scope: "read+spend" });
    expect(await callApi(POST, { method: "POST", token, json: { name: "more", scope: "read" } })).toMatchObject({
      status: 403,
      body: { reason: "session_needed" },
    });
    expect(await post(viewer, { name: "x", scope: "read+spend" })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "scope" }] },
    });
    expect((await post(viewer, { name: "x", scope: "read" })).status).toBe(201);
  });

  test("are no more than fifty at once", async () => {
    const ctx = await makeTeam();
    const one = () => createToken({ teamId: ctx.team.id, memberId: ctx.member.id, name: "x", scope: "read" });
    const { id: teamId } = ctx.team;
    const made = Array.from({ length: 48 }, (_, n) => ({ hash: sha256Hex(`${teamId}/${n}`), lastFour: "abcd" }));
    await asTeam(teamId, (tx) =>
      tx.apiToken.createMany({
        data: made.map((token) => ({ teamId, memberId: ctx.member.id, name: "x", scope: "read", ...token })),
      }),
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        one().then(
          () => "made",
          (error) => error.details.reason,
        ),
      ),
    );
    expect(answers.sort()).toEqual(["made", "made", "too_many_tokens", "too_many_tokens", "too_many_tokens"]);
  });

  test.each([
    [{ name: " " }, "name"],
    [{ name: "x".repeat(101) }, "name"],
    [{ name: "a\u0000b" }, "name"],
    [{ scope: "admin" }, "scope"],
    [{ limitCredits: -1 }, "limitCredits"],
    [{ limitCredits: 1.5 }, "limitCredits"],
    [{ limitCredits: "many" }, "limitCredits"],
    [{ expiresAt: "tomorrow" }, "expiresAt"],
    [{ expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    [{ expiresAt: "9999-01-01T00:00:00Z" }, "expiresAt"],
  ])("names the mistake in %j", async (json, path) => {
    expect(await post(analyst, { name: "script", scope: "read", ...json })).toMatchObject({
      status: 400,
      body: { errors: [{ path, message: expect.stringMatching(/[.?]$/) }] },
    });
  });
});

describe("what a token may spend", () => {
  test("ends at its own limit, though member and team have more", async () => {
    const { id, token } = await make(analyst, { scope: "read+spend", limitCredits: 2 });
    expect((await spend(token)).status).toBe(200);
    expect(await spend(token, "GB")).toMatchObject({ status: 402, body: { code: "token_limit_reached", limit: 2 } });
    expect((await list(analyst)).find((one) => one.id === id)).toMatchObject({ spent: 2, held: 0, limitCredits: 2 });
    expect(await verifyLedger({ teamId: owner.team.id })).toMatchObject({ ok: true });
  });

  test("is nothing once its member only reads, from the next call on, and comes back with the role", async () => {
    const member = await makeMember(owner, "analyst");
    const { id, token } = await make(member, { scope: "read+spend" });
    const become = (role: string) =>
      asTeam(owner.team.id, (tx) =>
        tx.membership.update({ where: { teamId_id: { teamId: owner.team.id, id: member.member.id } }, data: { role } }),
      );
    await become("viewer");
    expect(await spend(token, "DE")).toMatchObject({ status: 403, body: { reason: "insights:buy" } });
    expect((await list(owner)).find((one) => one.id === id)).toMatchObject({
      scope: "read+spend",
      effectiveScope: "read",
    });
    await become("analyst");
    expect((await spend(token, "DE")).status).toBe(200);
  });
});
