import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openMail } from "@/lib/mail/open-mail";
import { db } from "@/lib/platform/db";
import { makeTeam } from "@/lib/testing/factories";
import { type HookReceiver, startHookReceiver } from "@/lib/testing/hook-receiver";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { KILL_MS, mortalWorkers } from "@/lib/testing/with-worker-process";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { createWebhookSchema } from "@/lib/webhooks/schemas";
import { createRule } from "./create-rule";
import { readPreference } from "./read-preference";
import { savePreference } from "./save-preference";
import { alertRuleInputSchema } from "./schemas";

const { given, bought } = pastPurchases();

const ANSWERS = 8;
const SLOW_MS = 240_000;
const query = async (sql: string, ...values: unknown[]) => (await given.database.superuserPool.query(sql, values)).rows;
const count = async (what: string) => (await query(`select count(*)::int as n from ${what}`))[0]?.n as number;

const { start, kill, killAll, isNobodyAlive } = mortalWorkers();
afterEach(killAll);

let receiver: HookReceiver;
beforeAll(async () => {
  receiver = await startHookReceiver();
});
afterAll(() => receiver.stop());

/** What a dead worker holds is free at once, and what waits for its next try is due. */
const hurry = () =>
  query(
    `update webhook_delivery set next_try_at = now(), lease_until = case when lease_until is null then null
    when $1 then now() - interval '1 second' else lease_until end where state = 'waiting'`,
    isNobodyAlive(),
  );
const until = (isSo: () => boolean | Promise<boolean>) => vi.waitUntil(isSo, { timeout: SLOW_MS, interval: 50 });
const alertsIn = ({ json }: HookReceiver["received"][number]) =>
  (json as { data: { items: { id: string }[] } }).data.items.map(({ id }) => id.replace("alert/", ""));

test("workers that are killed at random lose no alert, tell none twice, and repeat no message but under its own id", {
  timeout: KILL_MS + 2 * SLOW_MS,
}, async () => {
  const ctx = await makeTeam();
  const address = { name: "Chat", format: "json", url: receiver.url, language: "en", limits: false };
  const { id: webhookId } = await createWebhook(ctx, createWebhookSchema.parse(address));
  await savePreference(ctx, { ...(await readPreference(ctx)), mail: "at_once" });
  const scope = { categoryId: "501", region: "US", window: "7", cooldownHours: 0, webhookIds: [webhookId] };
  const rule = { condition: "changes_by", metric: "posts", value: 25, ...scope };
  let answers = 0;
  const buyNext = async () => {
    const at = new Date(Date.now() - (1_000_000 - answers * 60) * 1_000).toISOString();
    const row = wireRow(1, { third_ecom_category: { id: "501", value: "Perfume" }, post: answers % 2 ? 9_000 : 1_000 });
    await bought(ctx, at, [row]);
    answers += 1;
  };
  await buyNext();
  await createRule(ctx, alertRuleInputSchema.parse(rule));
  await query("update alert_rule set created_at = now() - interval '90 days'");
  const buy = async (many: number) => {
    for (let one = 0; one < many; one += 1) await buyNext();
  };

  // The first message is taken, and its sender dies before it hears so.
  let release = () => {};
  receiver.answer(() => new Promise((done) => (release = () => done({ status: 204 }))));
  await buy(2);
  start(2);
  await until(() => receiver.received.length > 0);
  await killAll();
  release();
  await hurry();
  receiver.answer(() => ({ status: receiver.received.length % 3 === 0 ? 500 : 204 }));
  start(2);
  const told = () => count("alert");
  for (const end = Date.now() + KILL_MS; ; ) {
    const before = await told();
    await buy(KILL_MS > 0 ? ANSWERS : ANSWERS - 2);
    const some = before + 1 + Math.floor(Math.random() * 3);
    await until(async () => (await told()) >= some);
    await kill();
    start(1);
    await hurry();
    if (Date.now() >= end) break;
  }
  await until(async () => (await told()) === answers - 1);
  await killAll();
  await hurry();
  start(1);
  await until(async () => {
    await hurry();
    const [waiting, unsent, unmailed] = await Promise.all(
      ["webhook_delivery where state = 'waiting'", "webhook_item where delivery_id is null", "alert_mail"].map(count),
    );
    return waiting === 0 && unsent === 0 && unmailed === 0;
  });
  await killAll();

  const alerts = (await query("select id from alert order by id")).map(({ id }) => id as string);
  expect(alerts).toHaveLength(answers - 1);
  const inbox = await query("select facts ->> 'alertId' as id from notification where kind = 'alert' order by 1");
  expect(inbox.map(({ id }) => id)).toEqual(alerts);
  // Each alert under one id, whatever was repeated, and the same body with it.
  const idsOf = new Map<string, Set<string>>();
  const bodiesOf = new Map<string, Set<string>>();
  for (const hook of receiver.received) {
    const id = String(hook.headers["webhook-id"]);
    bodiesOf.set(id, (bodiesOf.get(id) ?? new Set()).add(hook.body));
    for (const alert of alertsIn(hook)) idsOf.set(alert, (idsOf.get(alert) ?? new Set()).add(id));
  }
  expect([...idsOf.keys()].sort()).toEqual(alerts);
  expect([...idsOf.values(), ...bodiesOf.values()].every(({ size }) => size === 1)).toBe(true);
  expect(receiver.received.length).toBeGreaterThan(bodiesOf.size);
  // A process that died leaves an attempt of which nobody knows the end.
  expect(await count("webhook_attempt where ended_at is null")).toBeGreaterThan(0);
  const mails = await db().mail.findMany({ where: { kind: "alerts" } });
  const mailed = mails.map((mail) => Number(/^\d+/.exec(openMail(mail).subject)?.[0]));
  expect(mailed.reduce((sum, one) => sum + one, 0)).toBe(answers - 1);
});
