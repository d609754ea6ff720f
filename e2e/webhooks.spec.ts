import { type HookReceiver, startHookReceiver } from "@/lib/testing/hook-receiver";
import { expect as plainExpect, test } from "./fixtures";
import { mailTo } from "./mails";
import { buy, newTeam } from "./people";

/** Messages are sent by the worker: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 300_000 });

const WORDS = {
  "en-US": {
    empty: "No webhooks yet",
    name: "Webhook name",
    url: "Address",
    limits: /^limits, keys and costs/,
    reviews: /^the weekly review/,
    reviewed: "one webhook",
    create: "Create webhook",
    template: "A name is plain text: leave out double braces and other signs of templates.",
    noUrl: "Write a whole address that begins with https://, without a user name or password.",
    isPrivate: /leads into a private network/,
    secret: "The signing secret",
    done: "Done",
    list: "Webhooks",
    test: "Send a test message",
    log: "Messages",
    greeting: "Test message",
    delivered: "Delivered",
    waits: /^Waits until/,
    limit: /Limit/,
    refused: /HTTP 500 .*The receiver refused/,
    again: /^Send again/,
    off: "Switch off",
    isOff: "Switched off",
    title: "Team limit: 50% reached",
    also: "Also tell",
    saveRule: "Save rule",
    condition: "Tell when it",
    category: "Category",
    mail: "By mail",
    providerInApp: "Changes in the provider’s answers: in the app",
    limitsInApp: "Limits, keys and costs to confirm: in the app",
    quietFrom: "Quiet from",
    halfQuiet: "Quiet hours need a beginning and an end.",
    hear: "How you are notified",
    save: "Save",
    wishSaved: "Saved how you are notified",
    mailed: /Team limit: 50% reached/,
  },
  "zh-CN": {
    empty: "还没有 Webhook",
    name: "Webhook 名称",
    url: "地址",
    limits: /^限额、密钥/,
    reviews: /^每周复盘/,
    reviewed: "1 个 Webhook",
    create: "创建 Webhook",
    template: "名称是纯文本，请去掉双花括号等模板符号。",
    noUrl: "请填写以 https:// 开头的完整地址，且不含用户名和密码。",
    isPrivate: /该地址指向内网/,
    secret: "签名密钥",
    done: "完成",
    list: "Webhook",
    test: "发送测试消息",
    log: "发送记录",
    greeting: "测试消息",
    delivered: "已送达",
    waits: /^等待至/,
    limit: /限额/,
    refused: /HTTP 500 .*接收方拒绝/,
    again: /^重新发送/,
    off: "停用",
    isOff: "已停用",
    title: "团队限额已用到 50%",
    also: "同时推送到",
    saveRule: "保存规则",
    condition: "何时提醒",
    category: "类目",
    mail: "邮件",
    providerInApp: "数据源变化：应用内",
    limitsInApp: "限额、密钥和扣费待确认：应用内",
    quietFrom: "免打扰开始",
    halfQuiet: "免打扰需要同时设置开始和结束时间。",
    hear: "我的通知方式",
    save: "保存",
    wishSaved: "通知方式已保存",
    mailed: /团队限额已用到 50%/,
  },
} as const;

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale });
    let receiver: HookReceiver;
    test.beforeAll(async () => {
      receiver = await startHookReceiver();
    });
    test.afterAll(() => receiver.stop());

    test("how one hears of limits is chosen; a webhook is made, tested, told, refuses, gets it again, and a rule tells it too", async ({
      page,
    }) => {
      const { slug, email } = await newTeam(page);
      await page.request.patch("/api/v1/account", { data: { language: locale === "zh-CN" ? "zh-CN" : "en" } });
      const { body } = await buy(page.request, slug, { region: "US", window: "7" });
      await page.goto(`/t/${slug}/alerts`);
      const hear = page.getByRole("region", { name: words.hear });
      await hear.getByLabel(words.mail, { exact: true }).selectOption("at_once");
      await hear.getByLabel(words.providerInApp).uncheck();
      await hear.getByLabel(words.quietFrom).selectOption("22");
      await hear.getByRole("button", { name: words.save }).click();
      await expect(hear.getByText(words.halfQuiet)).toBeVisible();
      await hear.getByLabel(words.quietFrom).selectOption("");
      await hear.getByRole("button", { name: words.save }).click();
      await expect(page.getByText(words.wishSaved)).toBeVisible();
      await page.reload();
      await expect(hear.getByLabel(words.mail, { exact: true })).toHaveValue("at_once");
      await expect(hear.getByLabel(words.providerInApp)).not.toBeChecked();
      await expect(hear.getByLabel(words.limitsInApp)).toBeDisabled();

      await page.goto(`/t/${slug}/settings/webhooks`);
      await expect(page.getByText(words.empty)).toBeVisible();
      const [name, url] = [page.getByLabel(words.name), page.getByLabel(words.url)];
      await name.fill("{{7*7}}");
      await url.fill("chat");
      const create = page.getByRole("button", { name: words.create });
      await create.click();
      await expect(page.getByText(words.noUrl)).toBeVisible();
      await expect(page.getByText(words.template)).toBeVisible();
      await name.fill("{7*7} <b>chat</b>");
      await url.fill("https://10.0.0.1/hook");
      await create.click();
      await expect(page.getByText(words.isPrivate)).toBeVisible();
      await expect(name).toHaveValue("{7*7} <b>chat</b>");
      await url.fill(`${receiver.url}/hook`);
      await page.getByLabel(words.limits).check();
      await page.getByLabel(words.reviews).check();
      await create.click();
      await expect(page.getByLabel(words.secret, { exact: true })).toHaveValue(/^whsec_/);
      await page.getByRole("button", { name: words.done }).click();
      const list = page.getByRole("table", { name: words.list, exact: true });
      await list.getByRole("link", { name: "{7*7} <b>chat</b>" }).click();

      await page.getByRole("button", { name: words.test }).click();
      const log = page.getByRole("table", { name: words.log });
      const greeting = log.getByRole("row", { name: words.greeting });
      await expect(greeting.getByText(words.delivered)).toBeVisible();
      expect(receiver.received).toHaveLength(1);

      receiver.answer(() => ({ status: 500, body: "<b>busy</b>" }));
      const limited = await page.request.put(`/api/v1/credits/limits?team=${slug}`, { data: { team: 6 } });
      expect(limited.status(), await limited.text()).toBe(200);
      await buy(page.request, slug, { region: "GB", window: "7" });
      await expect.poll(() => receiver.received.length).toBeGreaterThan(1);
      await expect(async () => {
        await page.reload();
        await expect(log.getByText(words.refused)).toBeVisible({ timeout: 1_000 });
      }).toPass();
      const told = log.getByRole("row", { name: words.limit });
      await expect(told.getByText(words.waits)).toBeVisible();
      receiver.answer(() => ({ status: 200 }));
      await told.getByRole("button", { name: words.again }).click();
      await expect(told.getByText(words.delivered)).toBeVisible();
      const [, ...notices] = receiver.received;
      expect(new Set(notices.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
      expect(notices.at(-1)?.json).toMatchObject({ data: { items: [{ title: words.title }] } });

      expect((await mailTo(email)).text).toMatch(words.mailed);

      await page.goto(`/t/${slug}/alerts`);
      await page.getByLabel(words.category, { exact: true }).selectOption(body.snapshot.rows[0].categoryId);
      await page.getByLabel(words.condition).selectOption("is_new");
      await page.getByRole("group", { name: words.also }).getByRole("checkbox").check();
      await page.getByRole("button", { name: words.saveRule }).click();
      await expect(page).toHaveURL(/\/alerts\/rules\/[0-9a-f-]{36}$/);
      await expect(page.getByRole("group", { name: words.also }).getByRole("checkbox")).toBeChecked();

      const due = { isOn: true, weekday: 1, hour: 9 };
      expect((await page.request.put(`/api/v1/reviews/setting?team=${slug}`, { data: due })).ok()).toBe(true);
      await page.goto(`/t/${slug}/alerts/review`);
      await expect(page.getByText(words.reviewed)).toBeVisible();

      await page.goto(`/t/${slug}/settings/webhooks`);
      await list.getByRole("link", { name: "{7*7} <b>chat</b>" }).click();
      await page.getByRole("button", { name: words.off, exact: true }).click();
      await expect(page.getByRole("table", { name: words.list, exact: true }).getByText(words.isOff)).toBeVisible();
    });
  });
}
