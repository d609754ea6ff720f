import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRule } from "@/lib/alerts/create-rule";
import { evaluateAnswers } from "@/lib/alerts/evaluate-answers";
import { mailAlerts } from "@/lib/alerts/mail-alerts";
import { muteRule } from "@/lib/alerts/mute-rule";
import { readPreference } from "@/lib/alerts/read-preference";
import { readRule } from "@/lib/alerts/read-rules";
import { savePreference } from "@/lib/alerts/save-preference";
import { alertRuleInputSchema } from "@/lib/alerts/schemas";
import { updateRule } from "@/lib/alerts/update-rule";
import type { TeamContext } from "@/lib/auth/context";
import { asTeam } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { type MailRow, openMail } from "@/lib/mail/open-mail";
import { notify } from "@/lib/notifications/notify";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { db } from "@/lib/platform/db";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import {
  asDingtalk,
  asFeishu,
  asSlack,
  asWecom,
  type HookReceiver,
  isSigned,
  startHookReceiver,
} from "@/lib/testing/hook-receiver";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { collectItems } from "./collect-items";
import { createWebhook } from "./create-webhook";
import { deleteWebhook } from "./delete-webhook";
import { deliverWebhook } from "./deliver-webhook";
import { readDeliveries } from "./read-deliveries";
import { readWebhook, readWebhooks } from "./read-webhooks";
import { tidyDeliveries } from "./recover-deliveries";
import { redeliver } from "./redeliver";
import { rotateSecret } from "./rotate-secret";
import { createWebhookSchema, updateWebhookSchema, type WebhookFormat } from "./schemas";
import { switchWebhook } from "./switch-webhook";
import { testWebhook } from "./test-webhook";
import { updateWebhook } from "./update-webhook";

const { given, bought } = pastPurchases();

let receiver: HookReceiver;
beforeAll(async () => {
  receiver = await startHookReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(() => ({ status: 204 }));
});

const input = (over: Record<string, unknown> = {}) =>
  createWebhookSchema.parse({
    name: "Chat",
    format: "json",
    url: `${receiver.url}/in`,
    language: "en",
    limits: false,
    ...over,
  });
const change = (over: Record<string, unknown> = {}) =>
  updateWebhookSchema.parse({ name: "Chat", language: "en", limits: false, ...over });
const sql = (text: string, values: unknown[] = []) => given.database.superuserPool.query(text, values);

/** What is due now, collected and tried, as the worker does it. */
async function work(ctx: TeamContext) {
  await collectItems();
  const { rows } = await sql("select id from webhook_delivery where team_id = $1 and state = 'waiting'", [ctx.team.id]);
  for (const { id } of rows) await deliverWebhook(ctx.team.id, id);
}

const popular = (posts: number) => [wireRow(1, { third_ecom_category: { id: "501", value: "Perfume" }, post: posts })];
const rule = (webhookIds: string[], over: Record<string, unknown> = {}) =>
  alertRuleInputSchema.parse({
    condition: "rises_by",
    metric: "posts",
    value: 25,
    categoryId: "501",
    region: "US",
    window: "7",
    webhookIds,
    ...over,
  });

/** An alert about Perfume, told to these webhooks. */
async function alertTo(ctx: TeamContext, webhookIds: string[]) {
  await bought(ctx, new Date(Date.now() - 48 * 3_600_000).toISOString(), popular(1000));
  const { id } = await createRule(ctx, rule(webhookIds));
  await sql("update alert_rule set created_at = now() - interval '1 hour'");
  await bought(ctx, new Date().toISOString(), popular(1400));
  await evaluateAnswers();
  return id;
}

describe("who may do what", () => {
  test.each(ROLES)("an %s sees webhooks, and makes them as the role allows", async (role) => {
    const owner = await makeTeam();
    const { id } = await createWebhook(owner, input());
    const member = await makeMember(owner, role);
    expect((await readWebhooks(member)).items).toMatchObject([{ id, name: "Chat" }]);
    const isFree = role === "owner" || role === "admin";
    const tries = [() => createWebhook(member, input({ name: "Other" })), () => testWebhook(member, id)];
    for (const attempt of tries) {
      if (isFree) await attempt();
      else await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("an address that may not be reached is refused at its field, when it is made and when it is changed", async () => {
    const ctx = await makeTeam();
    const { id } = await createWebhook(ctx, input());
    const refused = (promise: Promise<unknown>, message: string) =>
      expect(promise).rejects.toMatchObject({ details: { errors: [{ path: "url", message }] } });
    for (const host of ["10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:7f00:2]", "100.64.0.1", "[fd00::1]"]) {
      await refused(createWebhook(ctx, input({ url: `https://${host}/x` })), "webhook_address_refused");
    }
    await refused(updateWebhook(ctx, id, change({ url: "https://192.168.0.1/" })), "webhook_address_refused");
    await refused(createWebhook(ctx, input({ url: "http://1.1.1.1/" })), "webhook_not_encrypted");
    await refused(createWebhook(ctx, input({ url: "https://no-such-host.invalid/" })), "webhook_host_unknown");
    const mistakes = (over: object) =>
      createWebhookSchema
        .safeParse({ ...input(), ...over })
        .error?.issues.map(({ path, message }) => [path[0], message]);
    for (const url of ["chat", "ftp://a.example/", "https://me:pw@a.example/", ""]) {
      expect(mistakes({ url })).toEqual([["url", "webhook_url"]]);
    }
    // biome-ignore lint/suspicious/noTemplateCurlyInString: planted, to stay text
    for (const name of ["{{7*7}}", "${7*7}", "<%= 7 %>"]) {
      expect(mistakes({ name })).toEqual([["name", "alert_name_template"]]);
    }
    expect(mistakes({ name: "  " })).toEqual([["name", "webhook_name_missing"]]);
    expect(mistakes({ quietFrom: 3 })).toEqual([["quietTo", "alert_quiet_both"]]);
  });
});

describe("a program", () => {
  test("gets signed JSON, and its secret stands in one answer and in no table", async () => {
    const ctx = await makeTeam();
    const { id, secret } = await createWebhook(ctx, input({ name: "{7*7} <b>" }));
    const delivery = await testWebhook(ctx, id);
    expect(delivery).toMatchObject({ state: "delivered", kinds: ["test"], attempts: [{ status: 204, byHand: true }] });
    const [hook] = receiver.received;
    expect(hook && isSigned(hook, secret ?? "")).toBe(true);
    expect(hook?.headers["webhook-id"]).toBe(delivery.id);
    expect(hook?.json).toMatchObject({
      type: "webhook.test",
      data: { team: { id: ctx.team.id }, items: [{ kind: "test", title: "A test message" }] },
    });
    expect(await readWebhook(ctx, id)).toMatchObject({ name: "{7*7} <b>", host: new URL(receiver.url).host });
    const { rows } = await sql("select w::text as row from webhook w where id = $1", [id]);
    const key = Buffer.from((secret ?? "").replace("whsec_", ""), "base64").toString("hex");
    for (const word of [secret ?? "", key, "/in"]) expect(rows[0].row).not.toContain(word);
  });

  test("may change its secret at leisure: for a day both sign", async () => {
    const ctx = await makeTeam();
    const { id, secret: before } = await createWebhook(ctx, input());
    const { secret } = await rotateSecret(ctx, id);
    await testWebhook(ctx, id);
    const [hook] = receiver.received;
    expect(hook && [isSigned(hook, before ?? ""), isSigned(hook, secret)]).toEqual([true, true]);
    const bot = await createWebhook(ctx, input({ format: "slack" }));
    expect(bot.secret).toBeNull();
    await expect(rotateSecret(ctx, bot.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("that does not take a message gets the same one later, by its id, and by hand", async () => {
    const ctx = await makeTeam();
    const { id } = await createWebhook(ctx, input());
    await alertTo(ctx, [id]);
    receiver.answer(() => ({ status: 500, body: "not now\u0000\u001b" }));
    await work(ctx);
    const [failed] = (await readDeliveries(ctx, id, {})).items;
    expect(failed).toMatchObject({
      state: "waiting",
      kinds: ["alert"],
      items: 1,
      attempts: [{ number: 1, status: 500, problem: "status", answer: "not now " }],
    });
    expect(Date.parse(failed?.nextTryAt ?? "")).toBeGreaterThan(Date.now());
    // Not before its time, however often somebody looks.
    await work(ctx);
    expect(receiver.received).toHaveLength(1);
    await sql("update webhook_delivery set next_try_at = now() where team_id = $1", [ctx.team.id]);
    receiver.answer(() => ({ status: 200 }));
    await work(ctx);
    await work(ctx);
    const again = await redeliver(ctx, { webhookId: id, deliveryId: failed?.id ?? "" });
    expect(again).toMatchObject({ state: "delivered", attempts: [{ number: 3, byHand: true }, {}, {}] });
    expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual(Array(3).fill(failed?.id));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(receiver.received[0]?.json).toMatchObject({
      type: "notices.told",
      data: { items: [{ kind: "alert", facts: { oldValue: 1000, newValue: 1400 } }] },
    });
  });

  test("is given up on after a day, switched off after three, and told no more; admins hear of it", async () => {
    const ctx = await makeTeam();
    const { id } = await createWebhook(ctx, input());
    await alertTo(ctx, [id]);
    receiver.answer(() => ({ status: 503 }));
    await work(ctx);
    await sql("update webhook_delivery set next_try_at = now(), tried_until = now() where team_id = $1", [ctx.team.id]);
    await work(ctx);
    expect((await readDeliveries(ctx, id, {})).items).toMatchObject([{ state: "failed", nextTryAt: null }]);
    expect(await readWebhook(ctx, id)).toMatchObject({ offReason: null, failingSince: expect.any(String) });
    await sql("update webhook set failing_since = now() - interval '73 hours' where id = $1", [id]);
    await testWebhook(ctx, id);
    expect(await readWebhook(ctx, id)).toMatchObject({ offReason: "failing" });
    const { items } = await readNotifications(ctx);
    expect(items.filter(({ kind }) => kind === "webhook_off")).toMatchObject([
      { facts: { webhookId: id, webhookName: "Chat", reason: "failing" }, link: `/settings/webhooks/${id}` },
    ]);
    const before = receiver.received.length;
    await bought(ctx, new Date().toISOString(), popular(9000));
    await evaluateAnswers();
    await work(ctx);
    expect(receiver.received).toHaveLength(before);
    expect(await switchWebhook(ctx, id, { on: true })).toMatchObject({
      offReason: null,
      failingSince: null,
    });
  });

  test("that says it is gone for good is asked no more", async () => {
    const ctx = await makeTeam();
    const { id } = await createWebhook(ctx, input());
    receiver.answer(() => ({ status: 410 }));
    await testWebhook(ctx, id);
    expect(await readWebhook(ctx, id)).toMatchObject({ offReason: "gone" });
  });
});

describe("a bot of", () => {
  test.each([
    ["slack", "/services/T/B/x", {}, asSlack],
    ["feishu", "/open-apis/bot/v2/hook/x", { botSecret: "s3", keyword: "提醒" }, asFeishu("s3", "提醒")],
    ["dingtalk", "/robot/send?access_token=x", { botSecret: "SECx", keyword: "提醒" }, asDingtalk("SECx", "提醒")],
    ["wecom", "/cgi-bin/webhook/send?key=robot", {}, asWecom],
  ] as const)(
    "%s gets an alert as its service documents it, in the webhook's language",
    async (format, path, over, as) => {
      const ctx = await makeTeam();
      receiver.answer(as);
      const webhook = input({ format, url: receiver.url + path, language: "zh-CN", ...over });
      const { id } = await createWebhook(ctx, webhook);
      await alertTo(ctx, [id]);
      await work(ctx);
      expect((await readDeliveries(ctx, id, {})).items).toMatchObject([
        { state: "delivered", attempts: [{ status: 200, problem: null }] },
      ]);
      expect(receiver.received[0]?.body).toContain("热度（广告数）");
      expect(receiver.received[0]?.body).toContain("+40.0%");
    },
  );

  test.each([
    ["feishu", { botSecret: "wrong" }, asFeishu("right", ""), "sign match fail"],
    ["dingtalk", { botSecret: "right" }, asDingtalk("right", "告警"), "keywords not in content"],
    ["wecom", {}, asWecom, "invalid webhook url"],
  ] as const)("%s that answers 200 and refuses has not got it", async (format: WebhookFormat, over, as, words) => {
    const ctx = await makeTeam();
    receiver.answer(as);
    const { id } = await createWebhook(ctx, input({ format, ...over }));
    expect(await testWebhook(ctx, id)).toMatchObject({
      state: "failed",
      attempts: [{ status: 200, problem: "answer", answer: expect.stringContaining(words) }],
    });
  });
});

describe("an alert", () => {
  test("goes to the webhooks that its rule names, once, unless the rule is mute", async () => {
    const ctx = await makeTeam();
    const [told, other] = [await createWebhook(ctx, input()), await createWebhook(ctx, input({ name: "Other" }))];
    const ruleId = await alertTo(ctx, [told.id, told.id]);
    expect(await readRule(ctx, ruleId)).toMatchObject({ webhookIds: [told.id] });
    expect(await readWebhook(ctx, told.id)).toMatchObject({ rules: 1 });
    await Promise.all([work(ctx), work(ctx)]);
    expect(receiver.received).toHaveLength(1);
    await muteRule(ctx, ruleId, { muted: true });
    await bought(ctx, new Date().toISOString(), popular(9000));
    await evaluateAnswers();
    await work(ctx);
    expect(receiver.received).toHaveLength(1);
    await updateRule(ctx, ruleId, { ...rule([other.id]), version: undefined });
    expect(await readRule(ctx, ruleId)).toMatchObject({ webhookIds: [other.id] });
    const elsewhere = await createWebhook(await makeTeam(), input());
    await expect(createRule(ctx, rule([elsewhere.id]))).rejects.toMatchObject({
      details: { errors: [{ path: "webhookIds", message: "alert_webhook_unknown" }] },
    });
    await deleteWebhook(ctx, other.id);
    expect(await readRule(ctx, ruleId)).toMatchObject({ webhookIds: [] });
    await expect(createRule(ctx, rule([other.id]))).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("waits for the digest or the end of quiet hours, and then goes with what came meanwhile", async () => {
    const ctx = await makeTeam();
    const { id } = await createWebhook(ctx, input({ timing: "daily" }));
    await alertTo(ctx, [id]);
    await work(ctx);
    expect(receiver.received).toHaveLength(0);
    await sql("update webhook_item set due_at = now() where team_id = $1", [ctx.team.id]);
    await work(ctx);
    expect(receiver.received).toHaveLength(1);
  });
});

test("a notice about limits goes to the webhooks that want it, once, with the name of whom it concerns", async () => {
  const ctx = await makeTeam();
  await createWebhook(ctx, input({ limits: true }));
  await createWebhook(ctx, input({ name: "Other" }));
  const notice = {
    kind: "limit_reached_percent" as const,
    to: { memberIds: [ctx.member.id], admins: true },
    facts: {
      upstream: "sandbox" as const,
      scope: "member" as const,
      memberId: ctx.member.id,
      percent: 90 as const,
      limitCredits: 100,
      usedCredits: 90,
      leftCredits: 10,
      periodStart: "2026-11-01",
      resetsAt: "2026-12-01T00:00:00Z",
    },
    link: "/credits",
    dedupe: "limit/test",
  };
  await asTeam(ctx.team.id, (tx) => notify(tx, ctx.team.id, notice));
  await asTeam(ctx.team.id, (tx) => notify(tx, ctx.team.id, notice));
  await work(ctx);
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.json).toMatchObject({
    data: {
      items: [
        {
          kind: "limit_reached_percent",
          title: "Mia Keller’s limit: 90% reached",
          text: "90 of 100 credits used in November · 10 left · resets 1 Dec",
        },
      ],
    },
  });
});

test("a change of the provider goes to the webhooks that want it, and by mail, once", async () => {
  const ctx = await makeTeam();
  for (const [name, over] of Object.entries({ Wants: { provider: true }, Silent: { limits: true } }))
    await createWebhook(ctx, input({ name, ...over }));
  await savePreference(ctx, { ...(await readPreference(ctx)), mail: "at_once" });
  const page = (cost: number) =>
    Array.from({ length: 10 }, (_, index) =>
      wireRow(index + 1, {
        third_ecom_category: { id: String(500 + index), value: `Name ${index}` },
        cost: cost + index,
      }),
    );
  await bought(ctx, new Date(Date.now() - 9 * 86_400_000).toISOString(), page(1_000));
  await bought(ctx, new Date(Date.now() - 2 * 86_400_000).toISOString(), page(1_000));
  await evaluateAnswers();
  await bought(ctx, new Date().toISOString(), page(100_000));
  await Promise.all([evaluateAnswers(), evaluateAnswers()]);
  await work(ctx);
  expect(receiver.received).toHaveLength(1);
  const told = {
    title: "The provider gives Ad spend in another unit",
    text: "United States · 7 days\nMovements and alerts across are held back.",
  };
  expect(receiver.received[0]?.json).toMatchObject({ data: { items: [{ kind: "provider_changed", ...told }] } });
  await mailAlerts();
  const mails = (await db().mail.findMany({ where: { kind: "alerts" } })).map((mail) => openMail(mail as MailRow).text);
  expect(mails.filter((text) => text.includes(`${told.title}\n${told.text}`))).toHaveLength(1);
});

test("the log forgets what is old, and keeps what still waits", async () => {
  const ctx = await makeTeam();
  const { id } = await createWebhook(ctx, input());
  await testWebhook(ctx, id);
  await sql("update webhook_delivery set created_at = now() - interval '41 days' where team_id = $1", [ctx.team.id]);
  await testWebhook(ctx, id);
  await tidyDeliveries();
  expect((await readDeliveries(ctx, id, {})).items).toHaveLength(1);
});
