import { describe, expect, test, vi } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { buyPage } from "@/lib/insights/buy-page";
import { countUnread } from "@/lib/notifications/count-unread";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, pastPurchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { withWorkerProcess } from "@/lib/testing/with-worker-process";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { addWatchItemSchema, createWatchlistSchema } from "@/lib/tracking/schemas";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { createWebhookSchema } from "@/lib/webhooks/schemas";
import { createRule } from "./create-rule";
import { deleteRule } from "./delete-rule";
import { evaluateAges } from "./evaluate-ages";
import { evaluateAnswers } from "./evaluate-answers";
import { muteRule } from "./mute-rule";
import { previewRule } from "./preview-rule";
import { readAlert, readAlerts } from "./read-alerts";
import { readRules } from "./read-rules";
import { restoreRule } from "./restore-rule";
import { type AlertRuleInput, alertRuleInputSchema } from "./schemas";
import { updateRule } from "./update-rule";

const { given, bought } = pastPurchases();

const category = (id: string, posts: number) =>
  wireRow(1, { third_ecom_category: { id, value: `Name ${id}` }, post: posts });
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const inUs = (over: Partial<AlertRuleInput> = {}) =>
  alertRuleInputSchema.parse({
    condition: "rises_by",
    metric: "posts",
    value: 25,
    categoryId: "501",
    region: "US",
    window: "7",
    ...over,
  });
const told = async (ctx: TeamContext) => (await readAlerts(ctx, {})).items;

describe("a rule", () => {
  test("tells its owner once of what an answer changed, with both figures, moments and receipts", async () => {
    const ctx = await makeTeam();
    const before = await bought(ctx, ago(48), [category("501", 1000)]);
    const rule = await createRule(ctx, inUs({ name: "Rising" }));
    await given.database.superuserPool.query("update alert_rule set created_at = now() - interval '1 hour'");
    // Fetched at a moment of the database's own, to the microsecond.
    given.upstream.answer((_request, response) => json(response, 200, wirePage([category("501", 1400)])));
    const { snapshot } = await buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore);
    const after = snapshot.receipt.id;
    expect(await evaluateAnswers()).toMatchObject({ alerts: 1 });
    expect(await evaluateAnswers()).toEqual({ answers: 0, alerts: 0 });
    const [alert] = await told(ctx);
    expect(alert).toMatchObject({
      ruleId: rule.id,
      ruleName: "Rising",
      categoryName: "Name 501",
      oldValue: 1000,
      newValue: 1400,
      oldReceiptId: before,
      newReceiptId: after,
    });
    expect(await readAlert(ctx, alert?.id ?? "")).toEqual(alert);
    const { items } = await readNotifications(ctx);
    expect(items).toMatchObject([{ kind: "alert", link: `/alerts/${alert?.id}`, facts: { newValue: 1400 } }]);
  });

  test("is silent across regions and windows, while muted, and until its cool-down is over", async () => {
    const ctx = await makeTeam();
    await bought(ctx, ago(90), [category("501", 1000)]);
    const rule = await createRule(ctx, inUs({ cooldownHours: 48 }));
    await given.database.superuserPool.query("update alert_rule set created_at = now() - interval '90 days'");
    await bought(ctx, ago(80), [category("501", 2000)], { region: "GB" });
    await bought(ctx, ago(80), [category("501", 2000)], { window: "30" });
    await evaluateAnswers();
    expect(await told(ctx)).toHaveLength(0);
    await muteRule(ctx, rule.id, { muted: true });
    await bought(ctx, ago(70), [category("501", 2000)]);
    await evaluateAnswers();
    await muteRule(ctx, rule.id, { muted: false });
    for (const [hours, posts] of [
      [60, 4000],
      [30, 8000],
      [1, 16_000],
    ] as const) {
      await bought(ctx, ago(hours), [category("501", posts)]);
      await evaluateAnswers();
    }
    expect((await told(ctx)).map(({ newValue }) => newValue)).toEqual([16_000, 4000]);
  });

  test("over a list tells of each item that entered or left the top, and of data that has grown old", async () => {
    const ctx = await makeTeam();
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Watched" }));
    await bought(ctx, ago(30 * 24), [category("501", 9), category("502", 8)]);
    for (const categoryId of ["501", "502"]) {
      await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
    }
    const over = (condition: AlertRuleInput["condition"], value: number) =>
      createRule(ctx, alertRuleInputSchema.parse({ condition, value, watchlistId: list.id }));
    await Promise.all([over("leaves_top", 1), over("enters_top", 1), over("older_than", 20)]);
    await given.database.superuserPool.query("update alert_rule set created_at = now() - interval '90 days'");
    await evaluateAges();
    await evaluateAges();
    expect((await told(ctx)).map(({ categoryId, newValue }) => [categoryId, newValue]).sort()).toEqual([
      ["501", 30],
      ["502", 30],
    ]);
    await bought(ctx, ago(0), [category("502", 9), category("501", 8)]);
    await evaluateAnswers();
    const places = (await told(ctx)).filter(({ condition }) => condition !== "older_than");
    expect(
      places.map(({ condition, categoryId, oldValue, newValue }) => [condition, categoryId, oldValue, newValue]).sort(),
    ).toEqual([
      ["enters_top", "502", 2, 1],
      ["leaves_top", "501", 1, 2],
    ]);
  });

  test("that tells of several items at one answer puts first what moved most, in every list and message", async () => {
    const ctx = await makeTeam();
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Watched" }));
    const ids = ["501", "502", "503"];
    const page = (...posts: number[]) => ids.map((id, index) => category(id, posts[index] ?? 0));
    await bought(ctx, ago(48), page(1000, 1000, 1000));
    for (const categoryId of ids) {
      await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
    }
    const address = { name: "Chat", format: "json", url: "http://127.0.0.1:9", language: "en", limits: false };
    const { id: webhookId } = await createWebhook(ctx, createWebhookSchema.parse(address));
    const rule = { condition: "rises_by", metric: "posts", value: 25, watchlistId: list.id, webhookIds: [webhookId] };
    await createRule(ctx, alertRuleInputSchema.parse(rule));
    await given.database.superuserPool.query("update alert_rule set created_at = now() - interval '1 hour'");
    await bought(ctx, ago(0), page(1300, 1900, 1500));
    await evaluateAnswers();
    const order = ["502", "503", "501"];
    expect((await told(ctx)).map(({ categoryId }) => categoryId)).toEqual(order);
    const { items } = await readNotifications(ctx);
    expect(items.map(({ facts }) => (facts as { categoryId: string }).categoryId)).toEqual(order);
    const { rows } = await given.database.superuserPool.query(
      "select facts ->> 'categoryId' as id from webhook_item where team_id = $1 order by at, dedupe",
      [ctx.team.id],
    );
    expect(rows.map(({ id }) => id)).toEqual(order);
  });

  test("is tried on the stored past by the same code, and saves nothing", async () => {
    const ctx = await makeTeam();
    for (const [days, posts] of [
      [40, 1000],
      [30, 2000],
      [20, 2100],
      [10, 4000],
    ] as const) {
      await bought(ctx, ago(days * 24), [category("501", posts)]);
    }
    const preview = await previewRule(ctx, inUs());
    expect(preview).toMatchObject({
      days: 90,
      answers: 4,
      count: 2,
      cut: false,
      condition: "rises_by",
      metric: "posts",
    });
    expect(preview.firings.map(({ oldValue, newValue }) => [oldValue, newValue])).toEqual([
      [2100, 4000],
      [1000, 2000],
    ]);
    const entering = alertRuleInputSchema.parse({ ...inUs(), condition: "enters_top", value: 3 });
    expect(await previewRule(ctx, entering)).toMatchObject({ count: 0, answers: 4 });
    expect(await readRules(ctx)).toEqual({ items: [] });
  });

  test("over nothing is refused at its field", async () => {
    const ctx = await makeTeam();
    await bought(ctx, ago(1), [category("501", 1000)]);
    const other = await makeTeam();
    const foreign = await createWatchlist(other, createWatchlistSchema.parse({ name: "Theirs" }));
    const refused = (input: AlertRuleInput, path: string) =>
      expect(createRule(ctx, input)).rejects.toMatchObject({
        code: "invalid_request",
        details: { errors: [{ path }] },
      });
    await refused(inUs({ categoryId: "999" }), "categoryId");
    await refused(alertRuleInputSchema.parse({ condition: "is_new", watchlistId: foreign.id }), "watchlistId");
    const fields = (given: object) =>
      alertRuleInputSchema.safeParse(given).error?.issues.map(({ path, message }) => [path.join("."), message]);
    expect(fields({ condition: "rises_by", metric: "posts", value: "a lot" })).toContainEqual([
      "value",
      "alert_value_number",
    ]);
    expect(fields({ condition: "enters_top", value: 0, searchId: list() })).toEqual([["value", "alert_value_place"]]);
    expect(fields({ condition: "is_new" })).toEqual([["categoryId", "alert_scope_missing"]]);
    expect(fields({ ...inUs(), name: "{{7*7}}" })).toEqual([["name", "alert_name_template"]]);
  });
});

const list = () => "0199b0a0-0000-7000-8000-000000000000";

describe("who may do what", () => {
  test.each(ROLES)("an %s reads rules, and writes them as the role allows", async (role) => {
    const owner = await makeTeam();
    await bought(owner, ago(1), [category("501", 1000)]);
    const rule = await createRule(owner, inUs());
    const member = await makeMember(owner, role);
    expect((await readRules(member)).items).toMatchObject([{ id: rule.id, owner: { id: owner.member.id } }]);
    const change = updateRule(member, rule.id, { ...inUs({ value: 50 }), version: 1 });
    if (role === "viewer") await expect(change).rejects.toMatchObject({ code: "forbidden" });
    else expect(await change).toMatchObject({ value: 50, version: 2 });
  });

  test("a rule about a private list is its maker's alone; edits meet each other; a deleted rule comes back", async () => {
    const ctx = await makeTeam();
    const other = await makeMember(ctx, "admin");
    await bought(ctx, ago(1), [category("501", 1000)]);
    const hidden = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Mine", shared: false }));
    const rule = await createRule(ctx, alertRuleInputSchema.parse({ condition: "is_new", watchlistId: hidden.id }));
    expect((await readRules(other)).items).toEqual([]);
    await expect(deleteRule(other, rule.id)).rejects.toMatchObject({ code: "not_found" });
    const again = updateRule(ctx, rule.id, { ...inUs(), version: 9 });
    await expect(again).rejects.toMatchObject({ code: "conflict", details: { reason: "edited_meanwhile" } });
    await deleteRule(ctx, rule.id);
    expect((await readRules(ctx)).items).toEqual([]);
    await restoreRule(ctx, rule.id);
    expect((await readRules(ctx)).items).toMatchObject([{ id: rule.id, shared: false, scopeName: "Mine" }]);
  });
});

test("a worker that is killed over an answer loses nothing of it, and the next tells it once", {
  timeout: 120_000,
}, async () => {
  const ctx = await makeTeam();
  await bought(ctx, ago(48), [category("501", 1000)]);
  await createRule(ctx, inUs());
  await given.database.superuserPool.query("update alert_rule set created_at = now() - interval '1 hour'");
  await bought(ctx, ago(0), [category("501", 1400)]);
  const holder = await given.database.superuserPool.connect();
  const blocked = async () => {
    const { rows } = await given.database.superuserPool.query(
      "select 1 from pg_locks where not granted and relation = 'notification'::regclass",
    );
    return rows.length > 0;
  };
  // The alert is written, its notification is not: there the worker dies.
  await holder.query("begin; lock table notification in exclusive mode");
  await withWorkerProcess(() => vi.waitUntil(blocked, { timeout: 60_000 }));
  await holder.query("rollback");
  holder.release();
  await withWorkerProcess(() => vi.waitUntil(async () => (await countUnread(ctx)) > 0, { timeout: 60_000 }));
  await evaluateAnswers();
  expect(await told(ctx)).toHaveLength(1);
  expect(await countUnread(ctx)).toBe(1);
});
