import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { confirmSecondFactor, startSecondFactor } from "@/lib/accounts/second-factor";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { hashPassword } from "@/lib/auth/passwords";
import { accountOfSession, createSession } from "@/lib/auth/sessions";
import { totpCode } from "@/lib/auth/totp";
import { METHODS } from "@/lib/http/openapi";
import { buyPage } from "@/lib/insights/buy-page";
import { db } from "@/lib/platform/db";
import { invite } from "@/lib/teams/invite";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { createWebhookSchema } from "@/lib/webhooks/schemas";
import { testWebhook } from "@/lib/webhooks/test-webhook";
import { backUp } from "@/scripts/backup";
import { callApi, signedIn } from "./api-call";
import { makeKey, makeTeam } from "./factories";
import { ask, explore, purchases } from "./purchases";

const given = purchases();
const VISITOR = { address: "192.0.2.7", userAgent: "a browser" };
const SECRETS: Record<string, string> = {
  "a password": `correct horse ${randomUUID()}`,
  "a KeyAPI key": `sk_live_${randomUUID()}`,
  "a webhook's address": `hook-${randomUUID()}`,
  "a bot's secret": `SEC${randomUUID()}`,
};
let ctx: TeamContext;
let cookie: string;

/** Everything that is logged from now on, on the lowest level. */
const logged: string[] = [];
const holder = globalThis as typeof globalThis & { __nichebookLog?: pino.Logger };
const folder = mkdtempSync(join(tmpdir(), "nichebook-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  holder.__nichebookLog = pino({ level: "trace", serializers: { err: pino.stdSerializers.err } }, destination);
  ctx = await makeTeam();
  const { userId } = ctx.member;
  const password = SECRETS["a password"] ?? "";
  await db().user.update({ where: { id: userId }, data: { passwordHash: await hashPassword(password) } });
  const { id } = await db().$transaction((tx) => createSession(tx, userId, VISITOR));
  const account = await accountOfSession(id);
  if (!account) throw new Error("no account");
  const { secret } = await startSecondFactor(account, { currentPassword: password }, VISITOR);
  const codes = await confirmSecondFactor(account, { code: totpCode(secret, Date.now()) }, "en", VISITOR);
  const { token } = await createToken({ teamId: ctx.team.id, memberId: ctx.member.id, name: "x", scope: "read" });
  const webhook = { name: "hook", language: "en", limits: true } as const;
  const url = `http://127.0.0.1:9/${SECRETS["a webhook's address"]}`;
  const signed = await createWebhook(ctx, createWebhookSchema.parse({ ...webhook, url, format: "json" }));
  await testWebhook(ctx, signed.id);
  const bot = { ...webhook, url, format: "dingtalk", botSecret: SECRETS["a bot's secret"] };
  await createWebhook(ctx, createWebhookSchema.parse(bot));
  const invitation = await invite(ctx, { email: null, role: "viewer", limitCredits: null }, "en");
  cookie = await signedIn(userId);
  Object.assign(SECRETS, {
    "a second factor": secret,
    "a recovery code": codes[0],
    "a token": token,
    "a webhook's secret": signed.secret?.replace("whsec_", ""),
    "an invitation": invitation.url.split("/").at(-1),
    "a session": cookie.split("=")[1],
    "the installation's secret": given.database.runtime.appSecret,
  });
  // Answers and failures of the upstream that know the key.
  const key = SECRETS["a KeyAPI key"] ?? "";
  await makeKey(ctx.team.id, "sandbox", key);
  await buyPage(ctx, ask(), explore);
  for (const body of [`{"code":1,"message":"Bad key ${key}"}`, `<p>${key}`, "{"]) {
    given.upstream.answer((_request, response) => response.writeHead(200).end(body));
    await buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore).catch(() => null);
  }
});

const found = (text: string) =>
  Object.entries(SECRETS).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));

test("eleven kinds of secrets are planted, each a text that stands nowhere by chance", () => {
  const texts = Object.values(SECRETS);
  expect(texts.every((text) => text.length >= 16)).toBe(true);
  expect(new Set(texts).size).toBe(11);
});

test("no answer of the API has one in it, read or refused, nor what is logged of them", async () => {
  const ids = await given.database.superuserPool.query(
    "select id from webhook union all select id from credit_request union all select id from api_token",
  );
  const leaks: string[] = [];
  // Reading first; a change is refused for a body that it does not take, which is logged too, or says the key was saved.
  for (const method of METHODS) {
    for (const { path, handlers } of ROUTES) {
      const route = handlers[method];
      if (!route || (method !== "GET" && !route.spec.body)) continue;
      const json =
        method === "GET" ? {} : { json: { password: SECRETS["a password"], apiKey: SECRETS["a KeyAPI key"] } };
      const places = path.includes("{") ? ids.rows.map(({ id }) => id) : [randomUUID()];
      for (const id of places) {
        const params = { id, deliveryId: id, itemId: id, noteId: id, numberId: id, week: "2026-01-05" };
        const query = { team: ctx.team.slug, region: "US", window: "7" };
        const answer = await callApi(route, { method, cookie, query, params, ...json });
        leaks.push(...found(answer.text).map((name) => `${method} ${path}: ${name}`));
      }
    }
  }
  expect(leaks).toEqual([]);
  expect(logged.length).toBeGreaterThan(0);
  expect(found(logged.join(""))).toEqual([]);
});

test("no table holds one as it is, and neither does a backup", async () => {
  const { rows } = await given.database.superuserPool.query<{ name: string }>(
    "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'pgboss')",
  );
  for (const { name } of rows) {
    const dump = await given.database.superuserPool.query(
      `select coalesce(string_agg(t::text, ''), '') as text from ${name} t`,
    );
    // Bytes are shown as hexadecimal digits: looked for in that form as well.
    const text = dump.rows[0].text as string;
    const bytes = Object.entries(SECRETS).filter(([, secret]) => text.includes(Buffer.from(secret).toString("hex")));
    expect([name, found(text), bytes.map(([kind]) => kind)]).toEqual([name, [], []]);
  }
  const file = join(folder, "all.backup");
  await backUp(given.database.ownerUrl, file);
  expect(found(gunzipSync(readFileSync(file)).toString("utf8"))).toEqual([]);
});
