import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { hashPassword } from "@/lib/auth/passwords";
import { changeLimits } from "@/lib/credits/change-limits";
import { REGIONS } from "@/lib/insights/schemas";
import { db } from "@/lib/platform/db";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { createScheduleSchema } from "@/lib/schedules/schemas";
import { makeTeam } from "@/lib/testing/factories";
import { answerOnceAllAsked, expectExact, purchases } from "@/lib/testing/purchases";
import { fullPage } from "@/lib/testing/scripted-upstream";
import { type StartedApp, startApp } from "@/lib/testing/start-app";
import { createSearch } from "@/lib/tracking/create-search";
import { createSearchSchema } from "@/lib/tracking/schemas";

// Two web processes and two workers, as `npm start` runs them, on one PostgreSQL and asked through HTTP. The last tests
// stop them.

const given = purchases();
const webs: StartedApp[] = [];
const workers: StartedApp[] = [];
const started: StartedApp[] = [];
let turn = 0;
/** Each call goes to the other web process. */
const nextWeb = () => webs[turn++ % webs.length] as StartedApp;

async function start(kind: "web" | "worker"): Promise<StartedApp> {
  const { ownerUrl, appUrl, runtime } = given.database;
  const app = await startApp(
    { ownerUrl, appUrl, appSecret: runtime.appSecret },
    {
      worker: kind === "worker",
      env: {
        KEYAPI_BASE_URL: given.upstream.url,
        KEYAPI_REQUESTS_PER_SECOND: "1000",
        // Many at once on a busy machine: no answer may be given up on that was paid for.
        KEYAPI_TIMEOUT_MS: "60000",
      },
    },
  );
  started.push(app);
  (kind === "web" ? webs : workers).push(app);
  return app;
}

beforeAll(() => Promise.all([start("web"), start("web"), start("worker"), start("worker")]));
afterAll(async () => {
  for (const app of started) app.signal("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
});

type Call = { method?: string; token?: string; cookie?: string; json?: unknown };

async function call(app: StartedApp, path: string, { method, token, cookie, json }: Call = {}) {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method: method ?? (json ? "POST" : "GET"),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie } : {}),
      ...(json ? { "content-type": "application/json" } : {}),
    },
    ...(json ? { body: JSON.stringify(json) } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

async function team(): Promise<{ ctx: TeamContext; token: string }> {
  const ctx = await makeTeam({ upstream: "live" });
  const { token } = await createToken({
    ...{ teamId: ctx.team.id, memberId: ctx.member.id, name: "script", scope: "read+spend" },
  });
  return { ctx, token };
}

const query = async (sql: string, ...values: unknown[]) => (await given.database.superuserPool.query(sql, values)).rows;
const states = (ctx: TeamContext) =>
  query("select state from credit_request where team_id = $1 order by reserved_at", ctx.team.id);

/** The upstream answers when it is told to. */
function heldUpstream() {
  const { promise, resolve } = Promise.withResolvers<void>();
  given.upstream.answer(async (...exchange) => {
    await promise;
    fullPage(...exchange);
  });
  return {
    asked: (times: number) => vi.waitUntil(() => given.upstream.seen.length >= times, { timeout: 60_000 }),
    answer: resolve,
  };
}

describe("over all processes", () => {
  test("different questions at once use all of a limit and overstep it by nothing", async () => {
    const { ctx, token } = await team();
    await changeLimits(ctx, { team: 10 });
    const asks = Array.from({ length: 40 }, (_, index) =>
      call(nextWeb(), "/insights", { token, json: { region: "US", window: "7", q: `word ${index}` } }),
    );
    const answers = (await Promise.all(asks)).map(({ status, body }) => [status, body.code ?? body.source].join(" "));
    expect(answers.sort()).toEqual([...Array(5).fill("200 bought"), ...Array(35).fill("402 team_limit_reached")]);
    expect(given.upstream.seen).toHaveLength(5);
    await expectExact(ctx);
  });

  test("equal questions at once make one purchase, and everybody gets its answer", async () => {
    const { ctx, token } = await team();
    answerOnceAllAsked(given, ctx, 20, fullPage);
    const asks = Array.from({ length: 20 }, () =>
      call(nextWeb(), "/insights", { token, json: { region: "US", window: "7" } }),
    );
    const answers = (await Promise.all(asks)).map(({ body }) => body);
    expect(answers.map(({ source }) => source).sort()).toEqual(["bought", ...Array(19).fill("shared")]);
    expect(new Set(answers.map(({ snapshot }) => snapshot.id)).size).toBe(1);
    expect(given.upstream.seen).toHaveLength(1);
    await expectExact(ctx);
  });

  test("a session begun in one counts in the other, and ends in both", async () => {
    const [one, other] = webs as [StartedApp, StartedApp];
    const password = "violet harbour lantern";
    const email = `${randomUUID()}@example.com`;
    await db().user.create({ data: { email, name: "Mia Keller", passwordHash: await hashPassword(password) } });
    const signedIn = await call(one, "/account/sign-in", { json: { email, password } });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect((await call(other, "/account/sessions", { cookie })).body.items).toHaveLength(1);
    expect((await call(other, "/account/sign-out", { method: "POST", cookie })).status).toBe(204);
    expect((await call(one, "/account/sessions", { cookie })).status).toBe(401);
  });

  test("tries to sign in are counted together", async () => {
    const json = { email: `${randomUUID()}@example.com`, password: "not the right password" };
    for (let one = 0; one < 10; one += 1) {
      expect((await call(nextWeb(), "/account/sign-in", { json })).status).toBe(401);
    }
    for (const web of webs) {
      const refused = await call(web, "/account/sign-in", { json });
      expect([refused.status, refused.body.code]).toEqual([429, "too_many_requests"]);
    }
  });

  test("schedules that are due are renewed once each, by both workers", async () => {
    const { ctx } = await team();
    const regions = REGIONS.slice(0, 6);
    for (const region of regions) {
      const search = createSearchSchema.parse({ name: region, region, window: "7", pages: 1 });
      const { id: searchId } = await createSearch(ctx, search);
      await createSchedule(ctx, createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9 }));
    }
    // One process works off four runs at a time: six under way are those of two.
    const upstream = heldUpstream();
    await query("update schedule set next_due_at = app_now() where team_id = $1", ctx.team.id);
    await upstream.asked(regions.length);
    upstream.answer();
    const ended = () =>
      query("select outcome from schedule_slot where team_id = $1 and ended_at is not null", ctx.team.id);
    await vi.waitUntil(async () => (await ended()).length >= regions.length, { timeout: 60_000 });
    expect(await ended()).toEqual(regions.map(() => ({ outcome: "renewed" })));
    expect(await query("select count(*)::int as n from run where team_id = $1", ctx.team.id)).toEqual([{ n: 6 }]);
    expect(given.upstream.seen).toHaveLength(regions.length);
    await expectExact(ctx);
  });
});

describe("asked to stop", () => {
  test("a worker finishes the request under way and leaves the rest of its run to the next one", async () => {
    const { ctx, token } = await team();
    const { body: search } = await call(nextWeb(), "/searches", {
      token,
      json: { name: "two pages", region: "US", window: "7", pages: 2 },
    });
    const upstream = heldUpstream();
    const { body: run } = await call(nextWeb(), `/searches/${search.id}/run`, { token, json: {} });
    await upstream.asked(1);
    for (const worker of workers) worker.signal("SIGTERM");
    await Promise.all(workers.map((worker) => worker.says("Stopping…")));
    upstream.answer();
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(await states(ctx)).toEqual([{ state: "charged" }]);

    await start("worker");
    const isDone = async () => (await call(nextWeb(), `/runs/${run.runId}`, { token })).body.state === "done";
    await vi.waitUntil(isDone, { timeout: 60_000, interval: 200 });
    expect(await states(ctx)).toEqual([{ state: "charged" }, { state: "charged" }]);
    expect(given.upstream.seen).toHaveLength(2);
    await expectExact(ctx);
  });

  test("a web process answers the purchase under way, takes no other, and ends with 0", async () => {
    const { ctx, token } = await team();
    const [leaving, staying] = webs as [StartedApp, StartedApp];
    const json = { region: "US", window: "7" };
    const upstream = heldUpstream();
    const bought = call(leaving, "/insights", { token, json });
    await upstream.asked(1);
    leaving.signal("SIGTERM");
    await leaving.says("Stopping…");
    await vi.waitUntil(
      () =>
        call(leaving, "/me", { token }).then(
          () => false,
          () => true,
        ),
      { timeout: 10_000 },
    );
    upstream.answer();
    expect(await bought).toMatchObject({ status: 200, body: { source: "bought", creditsSpent: 2 } });
    expect(await leaving.ended).toBe(0);
    expect(await states(ctx)).toEqual([{ state: "charged" }]);
    expect((await call(staying, "/insights", { token, json })).body).toMatchObject({
      source: "stored",
      creditsSpent: 0,
    });
    await expectExact(ctx);
  });
});
