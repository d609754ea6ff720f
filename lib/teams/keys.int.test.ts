import { describe, expect, test } from "vitest";
import { DELETE } from "@/app/api/v1/keys/[id]/route";
import { POST } from "@/app/api/v1/keys/[id]/use/route";
import * as keys from "@/app/api/v1/keys/route";
import type { TeamContext } from "@/lib/auth/context";
import { readReconciliation } from "@/lib/credits/read-reconciliation";
import { stateBalance } from "@/lib/credits/state-balance";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { buyPage } from "@/lib/insights/buy-page";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeKey, makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { fullPage, json } from "@/lib/testing/scripted-upstream";
import { readKey } from "./read-key";
import { readKeys } from "./read-keys";
import { removeKey } from "./remove-key";
import { saveKey } from "./save-key";
import type { KeptKey } from "./schemas";
import { useKey as putToUse } from "./use-key";
import { useSandbox as chooseSandbox } from "./use-sandbox";

const given = purchases();
const live = (ctx: TeamContext) => ({ ...ctx, team: { ...ctx.team, upstream: "live" as const } });
const save = async (ctx: TeamContext, apiKey: string, name: string) =>
  (await saveKey(ctx, { apiKey, name })).key?.id ?? "";
const briefly = (list: KeptKey[]) =>
  list.map(({ name, lastFour, inUse }) => `${name} ${lastFour}${inUse ? " in use" : ""}`);
const sql = async <T>(text: string, values: unknown[]) =>
  (await given.database.superuserPool.query(text, values)).rows as T[];

describe("a team's keys", () => {
  test("are kept under their names, one of them in use, and changed by one press", async () => {
    const ctx = live(await makeTeam({ upstream: null }));
    const first = await save(ctx, "sk_live_first_AAAA", "Main");
    await save(ctx, "sk_live_second_BBBB", "Spare");
    expect(briefly(await readKeys(ctx))).toEqual(["Spare BBBB in use", "Main AAAA"]);
    const call = { cookie: await signedIn(ctx.member.userId), query: { team: ctx.team.slug }, params: { id: first } };
    const used = await callApi(POST, { ...call, method: "POST", headers: { origin: "http://localhost:3000" } });
    expect(used).toMatchObject({ status: 200, body: { upstream: "live", key: { id: first, lastFour: "AAAA" } } });
    expect(briefly(await readKeys(ctx))).toEqual(["Main AAAA in use", "Spare BBBB"]);
    const list = await callApi(keys.GET, call);
    expect(list.status).toBe(200);
    expect(list.text).not.toContain("sk_live");
    const audits = await sql(
      "select action, before, after from audit_entry where team_id = $1 and action like 'key.%' order by at, id",
      [ctx.team.id],
    );
    expect(audits).toEqual([
      {
        action: "key.saved",
        before: { upstream: null, lastFour: null },
        after: { upstream: "live", lastFour: "AAAA" },
      },
      {
        action: "key.saved",
        before: { upstream: "live", lastFour: "AAAA" },
        after: { upstream: "live", lastFour: "BBBB" },
      },
      {
        action: "key.used",
        before: { upstream: "live", lastFour: "BBBB" },
        after: { upstream: "live", lastFour: "AAAA" },
      },
    ]);
  });

  test("go one by one: a kept one without a word, the one in use ends buying, and neither leaves its text", async () => {
    const ctx = live(await makeTeam({ upstream: null }));
    const first = await save(ctx, "sk_live_first_AAAA", "Main");
    const second = await save(ctx, "sk_live_second_BBBB", "Spare");
    expect(await removeKey(ctx, first)).toMatchObject({ key: { id: second } });
    await expect(removeKey(ctx, first)).rejects.toMatchObject({ code: "not_found" });
    await expect(putToUse(ctx, first)).rejects.toMatchObject({ code: "not_found" });
    const call = { cookie: await signedIn(ctx.member.userId), query: { team: ctx.team.slug }, params: { id: second } };
    const removed = await callApi(DELETE, { ...call, method: "DELETE", headers: { origin: "http://localhost:3000" } });
    expect(removed).toMatchObject({ status: 200, body: { upstream: "live", key: null } });
    expect(await sql("select 1 from team_key where team_id = $1 and sealed_text is not null", [ctx.team.id])).toEqual(
      [],
    );
    expect(await readKeys(ctx)).toEqual([]);
  });

  test("changed by many at once leave one in use", async () => {
    const ctx = live(await makeTeam({ upstream: null }));
    const ids = [await save(ctx, "sk_live_first_AAAA", ""), await save(ctx, "sk_live_second_BBBB", "")];
    await Promise.all(Array.from({ length: 8 }, (_, n) => putToUse(ctx, ids[n % 2] ?? "")));
    expect((await readKeys(ctx)).filter(({ inUse }) => inUse)).toHaveLength(1);
  });

  test("stay while the team practises, and one of them leads back", async () => {
    const ctx = live(await makeTeam({ upstream: null }));
    const id = await save(ctx, "sk_live_first_AAAA", "Main");
    expect(await chooseSandbox(ctx)).toMatchObject({ upstream: "sandbox" });
    const practising = { ...ctx, team: { ...ctx.team, upstream: "sandbox" as const } };
    expect(briefly(await readKeys(practising))).toEqual(["Main AAAA"]);
    expect(await putToUse(practising, id)).toMatchObject({ upstream: "live", key: { id } });
    expect(
      await sql("select 1 from team_key where team_id = $1 and upstream = 'sandbox' and sealed_text is not null", [
        ctx.team.id,
      ]),
    ).toEqual([]);
  });

  test("are an admin's to change, and twenty at most", async () => {
    const ctx = live(await makeTeam({ upstream: null }));
    const id = await save(ctx, "sk_live_first_AAAA", "Main");
    const analyst = await makeMember(ctx, "analyst");
    expect(await readKeys(analyst)).toHaveLength(1);
    await expect(putToUse(analyst, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeKey(analyst, id)).rejects.toMatchObject({ code: "forbidden" });
    for (let n = 2; n <= 20; n++) await save(ctx, `sk_live_number_${n}_AAAA`, "");
    await expect(save(ctx, "sk_live_one_more", "")).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "too_many_keys" },
    });
    expect((await readKey(ctx)).key).not.toBeNull();
  });
});

describe("a request that is under way when the key is replaced", () => {
  /** As saving another key does, on the upstream that this test can answer for. */
  const replace = async (ctx: TeamContext) => {
    await sql("update team_key set ended_at = now() where team_id = $1 and ended_at is null", [ctx.team.id]);
    return makeKey(ctx.team.id, "sandbox");
  };
  const inUse = async (ctx: TeamContext) => (await readKey(ctx)).key?.id;

  test("finishes with the old one, also when it must be repeated, and the next one takes the new one", async () => {
    const ctx = await makeTeam();
    const old = await inUse(ctx);
    let replaced: string | undefined;
    given.upstream.answer(async (question, response, count) => {
      if (count > 1) return fullPage(question, response, count);
      replaced = await replace(ctx);
      response.setHeader("retry-after", "1");
      json(response, 429, { code: 429, message: "slow down", data: null });
    });
    expect(await buyPage(ctx, ask(), explore)).toMatchObject({ source: "bought" });
    expect(await buyPage(ctx, ask({ page: 2 }), explore)).toMatchObject({ source: "bought" });
    const rows = await sql<{ key_id: string }>(
      "select key_id from credit_request where team_id = $1 order by reserved_at",
      [ctx.team.id],
    );
    expect(rows.map(({ key_id }) => key_id)).toEqual([old, replaced]);
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ ok: true });
  });

  test("counts for the balance of the key that paid, not of the one in use now", async () => {
    const ctx = await makeTeam();
    await stateBalance(ctx, { credits: 100 });
    await buyPage(ctx, ask(), explore);
    const before = await readReconciliation(ctx);
    expect(before.now).toMatchObject({ stated: 100, expected: { low: 98, high: 98 } });
    const old = await inUse(ctx);
    await replace(ctx);
    await stateBalance(ctx, { credits: 50 });
    await buyPage(ctx, ask({ page: 2 }), explore);
    await buyPage(ctx, ask({ page: 3 }), explore);
    expect((await readReconciliation(ctx)).now).toMatchObject({ stated: 50, expected: { low: 46, high: 46 } });
    // Back to the first: its own balance and purchases stand where they were.
    await sql("update team_key set ended_at = now() where team_id = $1 and ended_at is null", [ctx.team.id]);
    await sql("update team_key set ended_at = null where team_id = $1 and id = $2", [ctx.team.id, old]);
    expect((await readReconciliation(ctx)).now).toMatchObject({ stated: 100, expected: { low: 98, high: 98 } });
  });
});
