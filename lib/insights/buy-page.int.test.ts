import { describe, expect, test, vi } from "vitest";
import { proven } from "@/lib/auth/context";
import { setLimit } from "@/lib/credits/set-limit";
import { makeKey, makeMember, makeTeam } from "@/lib/testing/factories";
import {
  answerOnceAllAsked,
  ask,
  expectExact,
  explore,
  failure,
  lastRequest,
  purchases,
} from "@/lib/testing/purchases";
import { fullPage, json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { buyPage } from "./buy-page";

const given = purchases();

describe("a bought answer", () => {
  test("is stored with its receipt, rows and names, and serves the next asker for nothing", async () => {
    const ctx = await makeTeam();
    const bought = await buyPage(ctx, ask(), explore);
    expect(bought).toMatchObject({
      source: "bought",
      creditsSpent: 2,
      snapshot: {
        upstream: "sandbox",
        query: { region: "US", window: "7", category: null, q: null, page: 1 },
        total: 500,
        hasMore: true,
        receipt: { credits: 2, outcome: "charged", boughtBy: { id: ctx.member.id, name: "Mia Keller" } },
      },
    });
    expect(bought.snapshot.rows).toHaveLength(20);
    expect(bought.snapshot.rows[0]).toMatchObject({
      position: 1,
      rank: 1,
      categoryId: "91",
      path: ["Beauty & Personal Care", "Makeup & Perfume", "Category 1"],
      posts: 11_499,
      postsChangePct: 0.27,
      ctrPct: 1.83,
      cpa: 4.92,
    });
    const mate = await makeMember(ctx, "analyst");
    const again = await buyPage(mate, ask(), explore);
    expect(again).toEqual({ source: "stored", creditsSpent: 0, snapshot: bought.snapshot });
    expect(given.upstream.seen).toHaveLength(1);
    expect(await expectExact(ctx)).toMatchObject({ requests: 1, charged: 2, unsettled: 0 });
  });

  test("is bought again with age 0, and when it is older than the asker accepts", async () => {
    const ctx = await makeTeam({ freshnessMinutes: 0 });
    await buyPage(ctx, ask(), explore);
    expect((await buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore)).source).toBe("bought");
    expect((await buyPage(ctx, ask(), explore)).source).toBe("bought");
    expect((await buyPage(ctx, ask({ maxAgeMinutes: 5 }), explore)).source).toBe("stored");
    expect(given.upstream.seen).toHaveLength(3);
  });

  test("has positions through its pages, and no rank when the question filters", async () => {
    const ctx = await makeTeam();
    const second = await buyPage(ctx, ask({ page: 2 }), explore);
    expect(second.snapshot.rows[0]).toMatchObject({ position: 21, rank: 21 });
    const filtered = await buyPage(ctx, ask({ category: "91" }), explore);
    expect(filtered.snapshot.rows[0]).toMatchObject({ position: 1, rank: null });
    const searched = await buyPage(ctx, ask({ q: "  per\tfume  " }), explore);
    expect(searched.snapshot.rows[0]?.rank).toBeNull();
    expect(searched.snapshot.query.q).toBe("per fume");
  });

  test("that is empty is charged, stored, and not asked for again", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_q, response) => json(response, 200, wirePage([])));
    const bought = await buyPage(ctx, ask(), explore);
    expect(bought).toMatchObject({ source: "bought", creditsSpent: 2, snapshot: { rows: [] } });
    expect((await buyPage(ctx, ask(), explore)).source).toBe("stored");
    await expectExact(ctx);
  });

  test("whose names cannot be stored is still charged and kept as raw bytes", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_q, response) => json(response, 200, wirePage([wireRow(1, { post: 9e15, like: 1e300 })])));
    await buyPage(ctx, ask(), explore).catch(() => null);
    const { rows } = await given.database.superuserPool.query(
      "select length(body) as bytes from raw_answer where team_id = $1",
      [ctx.team.id],
    );
    expect(rows[0].bytes).toBeGreaterThan(100);
    expect(await lastRequest(given.database, ctx)).toMatchObject({ state: "charged" });
    await expectExact(ctx);
  });

  test("of a month closed three days ago never goes stale", async () => {
    const ctx = await makeTeam({ freshnessMinutes: 1 });
    await buyPage(ctx, ask({ window: "2024-01" }), explore);
    await given.database.superuserPool.query(
      "update flight set newest_fetched_at = newest_fetched_at - interval '300 days' where team_id = $1",
      [ctx.team.id],
    );
    expect((await buyPage(ctx, ask({ window: "2024-01" }), explore)).source).toBe("stored");
    expect((await buyPage(ctx, ask({ window: "2024-01", maxAgeMinutes: 0 }), explore)).source).toBe("bought");
  });
});

describe("equal questions at once", () => {
  test("make one purchase, and everybody gets its answer", async () => {
    const ctx = await makeTeam();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore)),
    );
    expect(given.upstream.seen).toHaveLength(1);
    expect(new Set(answers.map(({ snapshot }) => snapshot.id)).size).toBe(1);
    expect(answers.filter(({ source }) => source === "bought")).toHaveLength(1);
    expect(answers.reduce((sum, { creditsSpent }) => sum + creditsSpent, 0)).toBe(2);
    await expectExact(ctx);
  });

  test("take an answer that came while they waited in the database, however long that was", async () => {
    const ctx = await makeTeam();
    const { snapshot } = await buyPage(ctx, ask(), explore);
    const { superuserPool } = given.database;
    const other = await superuserPool.connect();
    try {
      await other.query("begin");
      await other.query("select from flight where team_id = $1 for update", [ctx.team.id]);
      const waiting = buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore);
      const isLockedFor = (seconds: number) =>
        vi.waitUntil(
          async () => {
            const locked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
              and query_start < clock_timestamp() - interval '${seconds} seconds'`;
            return (await superuserPool.query(locked)).rowCount === 1;
          },
          { timeout: 20_000 },
        );
      await isLockedFor(0);
      await other.query("update flight set newest_fetched_at = app_now() where team_id = $1", [ctx.team.id]);
      await isLockedFor(0.5);
      await other.query("commit");
      expect(await waiting).toEqual({ source: "stored", creditsSpent: 0, snapshot });
      expect(given.upstream.seen).toHaveLength(1);
    } finally {
      other.release();
    }
  });

  test("share a failure too, at 0 credits, and nobody buys on", async () => {
    const ctx = await makeTeam();
    answerOnceAllAsked(given, ctx, 20, (_q, response) =>
      json(response, 500, { code: 500, message: "Internal server error", data: null }),
    );
    const errors = await Promise.all(Array.from({ length: 20 }, () => failure(buyPage(ctx, ask(), explore))));
    expect(given.upstream.seen).toHaveLength(1);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["upstream_failed"]));
    expect(new Set(errors.map(({ details }) => details.requestId)).size).toBe(1);
  });

  test("of two teams are two purchases", async () => {
    const [one, two] = [await makeTeam(), await makeTeam()];
    await Promise.all([buyPage(one, ask(), explore), buyPage(two, ask(), explore)]);
    expect(given.upstream.seen).toHaveLength(2);
  });
});

describe("the same Idempotency-Key", () => {
  test("answers the same and spends nothing, and is refused with another body", async () => {
    const ctx = await makeTeam();
    const call = { idempotencyKey: "press-1", purpose: "explore" as const };
    const first = await buyPage(ctx, ask({ maxAgeMinutes: 0 }), call);
    expect(await buyPage(ctx, ask({ maxAgeMinutes: 0 }), call)).toEqual(first);
    expect(given.upstream.seen).toHaveLength(1);
    expect((await failure(buyPage(ctx, ask({ region: "GB", maxAgeMinutes: 0 }), call))).code).toBe("conflict");
    expect((await failure(buyPage(ctx, ask({ maxAgeMinutes: 1 }), call))).code).toBe("conflict");
    expect(given.upstream.seen).toHaveLength(1);
    await expectExact(ctx);
  });

  test("answers a failed purchase with the same failure", async () => {
    const ctx = await makeTeam();
    const call = { idempotencyKey: "press-2", purpose: "explore" as const };
    given.upstream.answer((_q, response) =>
      json(response, 500, { code: 500, message: "Internal server error", data: null }),
    );
    const first = await failure(buyPage(ctx, ask(), call));
    given.upstream.answer(fullPage);
    const second = await failure(buyPage(ctx, ask(), call));
    expect([second.code, second.details]).toEqual([first.code, first.details]);
    expect(given.upstream.seen).toHaveLength(1);
  });

  test("pressed many times at once is one purchase", async () => {
    const ctx = await makeTeam();
    const call = { idempotencyKey: "press-3", purpose: "explore" as const };
    const answers = await Promise.all(Array.from({ length: 30 }, () => buyPage(ctx, ask({ maxAgeMinutes: 0 }), call)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(given.upstream.seen).toHaveLength(1);
  });
});

const apiError = (code: number, message: string) => ({ code, message, data: null });

describe("before anything is sent", () => {
  test("a team without a key is told so, and nothing is recorded", async () => {
    const ctx = await makeTeam({ upstream: null });
    expect((await failure(buyPage(ctx, ask(), explore))).code).toBe("key_missing");
    expect(await expectExact(ctx)).toMatchObject({ requests: 0 });
  });

  test("a viewer and a read-only token may not buy", async () => {
    const ctx = await makeTeam();
    expect((await failure(buyPage(await makeMember(ctx, "viewer"), ask(), explore))).code).toBe("forbidden");
    const token = proven({ ...ctx, token: { id: ctx.member.id, scope: "read" } });
    expect((await failure(buyPage(token, ask(), explore))).code).toBe("forbidden");
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("a member who was removed or made a viewer since is refused at the last look, and nothing is held", async () => {
    const ctx = await makeTeam();
    const mate = await makeMember(ctx, "analyst");
    await given.database.superuserPool.query(
      "update membership set removed_at = now() where team_id = $1 and id = $2",
      [ctx.team.id, mate.member.id],
    );
    expect(await failure(buyPage(mate, ask(), explore))).toMatchObject({
      code: "forbidden",
      details: { outcome: "not_charged" },
    });
    expect((await lastRequest(given.database, ctx)).state).toBe("released");
    expect(given.upstream.seen).toHaveLength(0);
    await expectExact(ctx);
  });

  test("a rejected key is not used again until it is changed; a new version is", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_q, r) => json(r, 401, apiError(401, "apiKey is null")));
    expect((await failure(buyPage(ctx, ask(), explore))).details.reason).toBe("unauthorized");
    given.upstream.answer(fullPage);
    expect(await failure(buyPage(ctx, ask(), explore))).toMatchObject({
      code: "key_rejected",
      details: { reason: "unauthorized" },
    });
    expect(given.upstream.seen).toHaveLength(1);
    await makeKey(ctx.team.id, "sandbox");
    expect((await buyPage(ctx, ask(), explore)).source).toBe("bought");
  });

  test("a rejected key may be tested, and works again after a success", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_q, r) => json(r, 403, apiError(403, "forbidden")));
    await failure(buyPage(ctx, ask(), explore));
    given.upstream.answer(fullPage);
    await buyPage(ctx, ask({ maxAgeMinutes: 0 }), { idempotencyKey: null, purpose: "key_test" });
    expect((await buyPage(ctx, ask({ region: "GB" }), explore)).source).toBe("bought");
  });

  test("an upstream out of credits is not asked again for a minute, and says how long", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_q, r) => json(r, 402, apiError(402, "apiKey quota is not enough")));
    await failure(buyPage(ctx, ask(), explore));
    const error = await failure(buyPage(ctx, ask(), explore));
    expect(error.code).toBe("upstream_out_of_credits");
    expect(error.details.retryAfterSeconds).toBeGreaterThan(50);
    expect(given.upstream.seen).toHaveLength(1);
  });

  test("a limit names itself, what is spent and held, and when it resets; stored answers need no budget", async () => {
    const ctx = await makeTeam();
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 3 });
    await buyPage(ctx, ask(), explore);
    const error = await failure(buyPage(ctx, ask({ region: "GB" }), explore));
    expect(error).toMatchObject({
      code: "team_limit_reached",
      details: { limit: 3, spent: 2, held: 0, outcome: "not_charged" },
    });
    expect(new Date(error.details.resetsAt ?? 0).getUTCDate()).toBe(1);
    expect((await buyPage(ctx, ask(), explore)).source).toBe("stored");
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: null });
    await setLimit({ teamId: ctx.team.id, memberId: ctx.member.id, credits: 2 });
    expect((await failure(buyPage(ctx, ask({ region: "GB" }), explore))).code).toBe("member_limit_reached");
    const mate = await makeMember(ctx, "analyst");
    expect((await buyPage(mate, ask({ region: "GB" }), explore)).source).toBe("bought");
    await expectExact(ctx);
  });

  test("a month that has not begun is refused", async () => {
    const ctx = await makeTeam();
    expect((await failure(buyPage(ctx, ask({ window: "2099-01" }), explore))).code).toBe("invalid_request");
  });
});
