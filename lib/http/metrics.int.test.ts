import { afterEach, expect, test, vi } from "vitest";
import { GET } from "@/app/api/metrics/route";
import { buyPage } from "@/lib/insights/buy-page";
import * as settings from "@/lib/platform/env";
import { sendAgain } from "@/lib/platform/queue";
import { makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json } from "@/lib/testing/scripted-upstream";

const given = purchases();
afterEach(() => vi.restoreAllMocks());

const LOCAL = { "x-nichebook-address": "::ffff:127.0.0.1", "x-nichebook-direct": "yes", host: "localhost:3000" };
const scrape = async (headers: Record<string, string> = LOCAL) => {
  const answer = await GET(new Request("http://localhost:3000/api/metrics", { headers }));
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
};
/** The value of one line of the text. */
const numberAt = (text: string, line: string) => {
  const found = text.split("\n").find((each) => each.startsWith(`${line} `));
  return found === undefined ? null : Number(found.slice(line.length + 1));
};

test("purchases, their time and credits, and work that waits, are told without naming anybody", async () => {
  const ctx = await makeTeam();
  await buyPage(ctx, ask(), explore);
  given.upstream.answer((_request, response) => json(response, 500, {}));
  await expect(buyPage(ctx, ask({ page: 2 }), explore)).rejects.toThrow();
  await sendAgain("run", "waiting", { teamId: ctx.team.id, runId: ctx.team.id });

  const { status, type, text } = await scrape();
  expect([status, type]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  expect(numberAt(text, "nichebook_database_up")).toBe(1);
  expect(numberAt(text, 'nichebook_purchases_total{upstream="sandbox",outcome="charged"}')).toBe(1);
  expect(numberAt(text, 'nichebook_purchases_total{upstream="sandbox",outcome="not_charged"}')).toBe(1);
  expect(numberAt(text, 'nichebook_upstream_seconds_count{upstream="sandbox"}')).toBe(2);
  expect(numberAt(text, 'nichebook_credits{upstream="sandbox",state="spent"}')).toBe(2);
  expect(numberAt(text, 'nichebook_credits{upstream="sandbox",state="held"}')).toBe(0);
  expect(numberAt(text, 'nichebook_jobs_waiting{queue="run"}')).toBe(1);
  expect(numberAt(text, 'nichebook_queue_lateness_seconds{queue="run"}')).toBeGreaterThan(0);
  expect(numberAt(text, 'nichebook_queue_lateness_seconds{queue="mail"}')).toBe(0);
  for (const secret of [ctx.team.id, ctx.team.slug, ctx.team.name, ctx.member.name]) expect(text).not.toContain(secret);
});

test.each([
  ["another machine", { "x-nichebook-address": "192.0.2.7" }],
  ["a proxy of this machine", { "x-nichebook-direct": "no" }],
  ["a page whose name was made to mean this machine", { host: "evil.example:3000" }],
])("without a token, %s is refused", async (_name, headers) => {
  const { status, text } = await scrape({ ...LOCAL, ...headers });
  expect([status, text]).toEqual([403, "Set METRICS_TOKEN to read metrics from elsewhere.\n"]);
});

test("with a token, it opens from anywhere and nothing else does", async () => {
  vi.spyOn(settings, "env").mockReturnValue({ ...settings.env(), METRICS_TOKEN: "token-of-the-watcher" });
  const elsewhere = { "x-nichebook-address": "192.0.2.7", "x-nichebook-direct": "no" };
  expect(await scrape({ ...elsewhere, authorization: "Bearer token-of-the-watcher" })).toMatchObject({ status: 200 });
  for (const headers of [
    LOCAL,
    { authorization: "Bearer token-of-the-watche" },
    { authorization: "token-of-the-watcher" },
  ]) {
    expect((await scrape(headers)).status).toBe(401);
  }
});
