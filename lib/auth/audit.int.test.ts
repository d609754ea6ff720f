import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as limits from "@/app/api/v1/credits/limits/route";
import * as key from "@/app/api/v1/key/route";
import { GET as me } from "@/app/api/v1/me/route";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam, unique } from "@/lib/testing/factories";
import { audit } from "./audit";
import { asTeam, type TeamContext } from "./context";
import { createAccount } from "./create-account";
import { createToken } from "./create-token";
import { isNoted } from "./note-refusal";
import { signIn } from "./sign-in";

let database: Awaited<ReturnType<typeof testDatabase>>;
let ctx: TeamContext;
beforeAll(async () => {
  database = await testDatabase();
  ctx = await makeTeam();
});
afterAll(() => database?.drop());

const entriesOf = async (teamId: string, action: string) =>
  (
    await database.superuserPool.query(
      `select member_id, token_id, is_system, details, before, after, address, device from audit_entry
       where team_id = $1 and action = $2 order by at, id`,
      [teamId, action],
    )
  ).rows;

describe("the chain of a team's audit entries", () => {
  /** What the proof finds after a change made behind the triggers' back; the change is rolled back. */
  async function problemsAfter(change: (client: pg.PoolClient) => Promise<unknown>): Promise<string[]> {
    const client = await database.superuserPool.connect();
    try {
      await client.query("begin");
      await client.query("alter table audit_entry disable trigger all; alter table audit_link disable trigger all");
      await change(client);
      const { rows } = await client.query("select problem from audit_verify($1)", [ctx.team.id]);
      return rows.map(({ problem }) => problem);
    } finally {
      await client.query("rollback");
      client.release();
    }
  }

  beforeAll(async () => {
    const note = (n: number) => () =>
      asTeam(ctx.team.id, (tx) =>
        audit(tx, { ...ctx, address: "203.0.113.5", device: "Firefox" }, "team.changed", { n }, { before: { n } }),
      );
    // At once: the chain has one order all the same.
    await Promise.all(Array.from({ length: 12 }, (_, n) => note(n)()));
  });

  test("is whole while nobody touches it, and verify-ledger says so", async () => {
    expect(await problemsAfter(async () => undefined)).toEqual([]);
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ ok: true, problems: [] });
    const { rows } = await database.superuserPool.query("select seq from audit_link where team_id = $1 order by seq", [
      ctx.team.id,
    ]);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });

  test.each([
    ["at", "at + interval '1 second'"],
    ["member_id", "null"],
    ["token_id", "gen_random_uuid()"],
    ["is_system", "true"],
    ["action", "'team.altered'"],
    ["details", `'{"n": 99}'`],
    ["before", "null"],
    ["after", "'{}'"],
    ["address", "'198.51.100.1'"],
    ["device", "'Chrome'"],
  ])("shows an altered %s", async (column, value) => {
    const problems = await problemsAfter((client) =>
      client.query(
        `update audit_entry set "${column}" = ${value} where id = (select entry_id from audit_link where team_id = $1 and seq = 5)`,
        [ctx.team.id],
      ),
    );
    expect(problems).toEqual(["entry 5 or the one before it was altered"]);
  });

  test("shows a removed entry, also with its link, and one that was slipped in", async () => {
    const of = "(select entry_id from audit_link where team_id = $1 and seq = 5)";
    const values = [ctx.team.id];
    expect(await problemsAfter((client) => client.query(`delete from audit_entry where id = ${of}`, values))).toEqual([
      "entry 5 is missing",
    ]);
    const both = await problemsAfter(async (client) => {
      await client.query(`delete from audit_entry where id = ${of}`, values);
      await client.query("delete from audit_link where team_id = $1 and seq = 5", values);
    });
    expect(both).toContain("entry 6 or the one before it was altered");
    const slipped = await problemsAfter((client) =>
      client.query(
        "insert into audit_entry (team_id, id, action) values ($1, gen_random_uuid(), 'team.changed')",
        values,
      ),
    );
    expect(slipped).toEqual(["is not in the chain"]);
  });

  test("leaves nothing of a change that was rolled back", async () => {
    const undone = asTeam(ctx.team.id, async (tx) => {
      await audit(tx, ctx, "team.undone");
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    expect(await problemsAfter(async () => undefined)).toEqual([]);
    expect(await entriesOf(ctx.team.id, "team.undone")).toEqual([]);
  });
});

describe("sign-ins", () => {
  const visitor = { address: "203.0.113.9", userAgent: "Mozilla/5.0 (X11)" };
  const password = "violet harbour lantern";

  test("stand in the log of every team of the person, with address and device", async () => {
    const email = `${unique("mia")}@example.com`;
    const { id } = await createAccount({ name: "Mia", email, password }, { address: null });
    const teams = [await makeTeam(), await makeTeam(), await makeTeam()];
    const [one, two, left] = teams as [TeamContext, TeamContext, TeamContext];
    for (const team of teams) {
      await asTeam(team.team.id, (tx) =>
        tx.membership.create({
          data: { teamId: team.team.id, userId: id, role: "viewer", removedAt: team === left ? new Date() : null },
        }),
      );
    }
    await signIn({ email, password }, visitor);
    for (const { team } of [one, two]) {
      expect(await entriesOf(team.id, "sign_in.succeeded")).toEqual([
        expect.objectContaining({ member_id: expect.any(String), address: "203.0.113.9", device: "Mozilla/5.0 (X11)" }),
      ]);
    }
    expect(await entriesOf(left.team.id, "sign_in.succeeded")).toEqual([]);

    for (let n = 1; n <= 10; n++) await signIn({ email, password: "wrong" }, visitor).catch(() => null);
    // The first and the tenth: a flood of tries leaves a handful of entries.
    await expect
      .poll(async () => (await entriesOf(one.team.id, "sign_in.failed")).map(({ details }) => details.count))
      .toEqual([1, 10]);
    expect(await verifyLedger({ teamId: two.team.id })).toMatchObject({ ok: true });
  });
});

describe("refusals", () => {
  test("of a change are noted with what was tried, of a mere look they are not", async () => {
    const viewer = await makeMember(ctx, "viewer");
    const cookie = await signedIn(viewer.member.userId);
    const call = { cookie, query: { team: ctx.team.slug }, headers: { origin: "http://localhost:3000" } };
    const save = { ...call, method: "PUT", json: { team: 5 } };
    for (let n = 1; n <= 3; n++) expect((await callApi(limits.PUT, save)).status).toBe(403);
    expect((await callApi(key.GET, call)).status).toBe(200);
    expect(await entriesOf(ctx.team.id, "permission.refused")).toEqual([
      expect.objectContaining({
        member_id: viewer.member.id,
        details: expect.objectContaining({ reason: "limits:set", count: 1, method: "PUT" }),
      }),
    ]);
  });

  test("of a token that was revoked name the token", async () => {
    const { id, token } = await createToken({ ...ids(ctx), name: "script", scope: "read" });
    await database.superuserPool.query("update api_token set revoked_at = now() where id = $1", [id]);
    expect((await callApi(me, { token })).status).toBe(401);
    expect(await entriesOf(ctx.team.id, "token.refused")).toEqual([
      expect.objectContaining({ token_id: id, details: { reason: "token_revoked", count: 1 } }),
    ]);
  });

  test("are noted at the 1st, 10th, 100th … of an hour", () => {
    expect(Array.from({ length: 1001 }, (_, n) => n).filter(isNoted)).toEqual([1, 10, 100, 1000]);
  });
});

const ids = (of: TeamContext) => ({ teamId: of.team.id, memberId: of.member.id });
