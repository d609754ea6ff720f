import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as key from "@/app/api/v1/key/route";
import { POST as sandboxRoute } from "@/app/api/v1/key/sandbox/route";
import type { TeamContext } from "@/lib/auth/context";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { readKey } from "./read-key";
import { removeKey } from "./remove-key";
import { saveKey, saveKeyFor } from "./save-key";
import { useSandbox, useSandboxFor } from "./use-sandbox";

/** Switched on, but nobody listens: choosing it asks nothing of it. */
const SANDBOX_URL = "http://127.0.0.1:9";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase({ sandboxUrl: SANDBOX_URL });
});
afterAll(() => database?.drop());
afterEach(() => setRuntime({ ...runtime(), sandboxUrl: SANDBOX_URL }));

const SECRET = "sk_live_51QrMoonlightABCD";
type KeyRow = { upstream: string; ended_at: Date | null; sealed_text: Buffer | null };
const rowsOf = async (ctx: TeamContext): Promise<KeyRow[]> =>
  (
    await database.superuserPool.query("select * from team_key where team_id = $1 order by created_at, id", [
      ctx.team.id,
    ])
  ).rows;

/** A live request of the given state, as the ledger would have left it. */
async function liveRequest(ctx: TeamContext, state: string) {
  const { rows } = await database.superuserPool.query("select id from team_key where team_id = $1 limit 1", [
    ctx.team.id,
  ]);
  await database.superuserPool.query(
    `insert into credit_request (team_id, id, upstream, endpoint, region, "window", page, question_key, key_id, member_id,
       purpose, input_hash, price_credits, period_start, reserved_at, state, nonce)
     values ($1, $2, 'live', 'insights', 'US', '7', 1, 'k', $3, $4, 'explore', 'h', 2, '2026-11-01', now(), $5, $2)`,
    [ctx.team.id, randomUUID(), rows[0].id, ctx.member.id, state],
  );
}

describe("a team's key", () => {
  test("is sealed, shown by its last four characters, and never leaves again", async () => {
    const ctx = await makeTeam({ upstream: null });
    const cookie = await signedIn(ctx.member.userId);
    const query = { team: ctx.team.slug };
    const saved = await callApi(key.PUT, { method: "PUT", cookie, query, json: { apiKey: ` ${SECRET} ` } });
    expect(saved).toMatchObject({
      status: 200,
      body: { upstream: "live", host: null, key: { lastFour: "ABCD", createdBy: "Mia Keller", rejectedAt: null } },
    });
    const shown = await callApi(key.GET, { cookie, query });
    expect(shown.body).toEqual(saved.body);
    const everything = await database.superuserPool.query(
      "select (select jsonb_agg(k) from team_key k where team_id = $1) k, (select jsonb_agg(a) from audit_entry a where team_id = $1) a",
      [ctx.team.id],
    );
    const hex = Buffer.from(SECRET).toString("hex");
    for (const text of [JSON.stringify(saved.body), JSON.stringify(everything.rows)]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(hex);
    }
  });

  test("becomes a new version when it is replaced, and the old one stays sealed until it is removed", async () => {
    const ctx = await makeTeam({ upstream: null });
    const first = await saveKey(ctx, { apiKey: SECRET });
    const second = await saveKey(ctx, { apiKey: `${SECRET}2` });
    expect(second.key?.id).not.toBe(first.key?.id);
    const rows = await rowsOf(ctx);
    const states = (of: KeyRow[]) => of.map(({ ended_at, sealed_text }) => [ended_at === null, sealed_text === null]);
    expect(states(rows)).toEqual([
      [false, false],
      [true, false],
    ]);
    await removeKey(ctx, first.key?.id ?? "");
    expect(states(await rowsOf(ctx))).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test("saved many times at once is one active version", async () => {
    const ctx = await makeTeam({ upstream: null });
    await Promise.all(Array.from({ length: 6 }, (_, n) => saveKey(ctx, { apiKey: `${SECRET}${n}` })));
    const active = (await rowsOf(ctx)).filter(({ ended_at }) => ended_at === null);
    expect(active).toHaveLength(1);
  });

  test("is removed without a trace of its text, and the team's data stays where it was", async () => {
    const ctx = await makeTeam({ upstream: null });
    await saveKey(ctx, { apiKey: SECRET });
    expect(await removeKey(ctx)).toMatchObject({ upstream: "live", key: null });
    expect((await rowsOf(ctx)).every(({ sealed_text }) => sealed_text === null)).toBe(true);
    expect(await removeKey(ctx)).toMatchObject({ key: null });
  });

  test("is an admin's business: others read how it fares and change nothing", async () => {
    const owner = await makeTeam({ upstream: null });
    const admin = await makeMember(owner, "admin");
    await saveKey(admin, { apiKey: SECRET });
    for (const role of ["analyst", "viewer"] as const) {
      const member = await makeMember(owner, role);
      expect((await readKey(member)).key?.createdBy).toBe("Chen Wei");
      for (const verb of [
        async () => saveKey(member, { apiKey: SECRET }),
        async () => useSandbox(member),
        async () => removeKey(member),
      ]) {
        await expect(verb()).rejects.toMatchObject({ code: "forbidden", details: { reason: "key:write" } });
      }
    }
  });

  test.each(["sh7ort", "with blank inside", "naïve-key-äöü", "line\nbreak-in-it"])("is not %j", async (apiKey) => {
    const ctx = await makeTeam();
    const cookie = await signedIn(ctx.member.userId);
    const call = { method: "PUT", cookie, query: { team: ctx.team.slug }, json: { apiKey } };
    const answer = await callApi(key.PUT, call);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "apiKey" }] } });
    expect(JSON.stringify(answer.body)).not.toContain(apiKey);
  });
});

describe("the sandbox", () => {
  test("is chosen with a key of its own, and left for live data with a real one", async () => {
    const ctx = await makeTeam({ upstream: null });
    const cookie = await signedIn(ctx.member.userId);
    const chosen = await callApi(sandboxRoute, { method: "POST", cookie, query: { team: ctx.team.slug } });
    expect(chosen).toMatchObject({ status: 200, body: { upstream: "sandbox", sandboxPossible: true } });
    expect(await saveKey(ctx, { apiKey: SECRET })).toMatchObject({ upstream: "live", sandboxPossible: true });
    const active = (await rowsOf(ctx)).filter(({ ended_at }) => ended_at === null);
    expect(active.map(({ upstream }) => upstream)).toEqual(["live"]);
  });

  test.each(["charged", "unsettled"])("is over once a live request is %s", async (state) => {
    const ctx = await makeTeam({ upstream: "live" });
    await liveRequest(ctx, state);
    expect(await readKey(ctx)).toMatchObject({ sandboxPossible: false });
    await expect(useSandbox(ctx)).rejects.toMatchObject({ code: "conflict", details: { reason: "live_data_held" } });
    await expect(useSandboxFor(ctx.team.id)).rejects.toMatchObject({ code: "conflict" });
    expect((await readKey(ctx)).upstream).toBe("live");
  });

  test("is still open after a live request that cost nothing, such as one with a mistyped key", async () => {
    const ctx = await makeTeam({ upstream: "live" });
    await liveRequest(ctx, "not_charged");
    expect(await useSandbox(ctx)).toMatchObject({ upstream: "sandbox" });
  });

  test("cannot be chosen where the installation has switched it off", async () => {
    const ctx = await makeTeam({ upstream: null });
    setRuntime({ ...runtime(), sandboxUrl: null });
    expect(await readKey(ctx)).toMatchObject({ upstream: null, key: null, sandboxPossible: false });
    await expect(useSandbox(ctx)).rejects.toMatchObject({ code: "conflict", details: { reason: "sandbox_off" } });
  });

  test("and keys set by the operator are in the audit as nobody's of the team", async () => {
    const ctx = await makeTeam({ upstream: null });
    await useSandboxFor(ctx.team.id);
    expect(await saveKeyFor(ctx.team.id, { apiKey: SECRET })).toMatchObject({
      upstream: "live",
      key: { createdBy: null },
    });
    const { rows } = await database.superuserPool.query(
      "select action, member_id from audit_entry where team_id = $1 order by at, id",
      [ctx.team.id],
    );
    expect(rows).toEqual([
      { action: "key.sandbox_chosen", member_id: null },
      { action: "key.saved", member_id: null },
    ]);
  });
});
