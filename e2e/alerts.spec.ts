import type { Page } from "@playwright/test";
import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { fault } from "./sandbox";

const DAY_MS = 86_400_000;

/** Rules are tried by the worker: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 120_000 });

const WORDS = {
  "en-US": {
    empty: "No alert rules yet",
    condition: "Tell when it",
    value: "Value",
    category: "Category",
    name: "Name (optional)",
    preview: "Try on the stored past",
    tried: /It would have told (nothing|\d+ times?) in 90 days\./,
    wouldHave: "It would have told 4 times in 90 days.",
    marked: "Perfume: it would have told on the 4 days marked",
    course: "Stored course of Perfume",
    firing: /Perfume\s*United States\s*6\.2K → 6\.6K/,
    save: "Save rule",
    number: "Write a number, such as 25.",
    template: "A name is plain text: leave out double braces and other signs of templates.",
    rules: "Alert rules",
    mute: "Mute",
    unmute: "Unmute",
    muted: "muted",
    remove: "Delete rule",
    undo: "Undo",
    title: "Alert rule",
    change: "Save changes",
    theirs: "Somebody else changed it meanwhile. It says now:",
    conflict: "after 3 days at the earliest",
    alert: "Alert",
    left: /left the top 21$/,
    ofRule: "rule “Out of reach”",
    places: ["#21", "#22"],
    source: "Source & cost",
    atThatMoment: "The course at that moment",
    watch: /^Watch .+ · United States$/,
  },
  "zh-CN": {
    empty: "还没有提醒规则",
    condition: "何时提醒",
    value: "数值",
    category: "类目",
    name: "名称（可不填）",
    preview: "用已存数据试算",
    tried: /近 90 天内(不会提醒|会提醒 \d+ 次)。/,
    wouldHave: "近 90 天内会提醒 4 次。",
    marked: "Perfume：标出的 4 天会提醒",
    course: "Perfume 的已存走势",
    firing: /Perfume\s*美国\s*6200 → 6600/,
    save: "保存规则",
    number: "请填写数字，例如 25。",
    template: "名称是纯文本，请去掉双花括号等模板符号。",
    rules: "提醒规则",
    mute: "静音",
    unmute: "取消静音",
    muted: "已静音",
    remove: "删除规则",
    undo: "撤销",
    title: "提醒规则",
    change: "保存修改",
    theirs: "其他成员刚刚修改过，目前内容为：",
    conflict: "至少间隔 3 天",
    alert: "提醒",
    left: /跌出前 21 名$/,
    ofRule: "规则“Out of reach”",
    places: ["第 21 位", "第 22 位"],
    source: "来源与扣费",
    atThatMoment: "提醒时的走势",
    watch: /^关注 .+ · 美国$/,
  },
} as const;

/** A team that was made a minute ago has no past: what the real preview answers is given a course of 60 days. */
async function withPast(page: Page, about: object): Promise<void> {
  await page.route("**/alerts/rules/preview?**", async (route) => {
    const answer = await route.fetch();
    const preview = await answer.json();
    const today = Math.floor(Date.now() / DAY_MS);
    const days = Array.from({ length: 60 }, (_, index) => today - 59 + index);
    const fired = days.filter((_, index) => index % 15 === 14);
    const at = (day: number) => new Date(day * DAY_MS).toISOString();
    const points = days.map((x, index) => ({ x, value: 1_000 + 400 * (index % 15), isApart: false }));
    const firings = fired.map((day) => ({
      ...about,
      ...{ oldValue: 6_200, newValue: 6_600, oldAt: at(day - 1), newAt: at(day) },
    }));
    const course = { ...about, metric: preview.metric, points, fired };
    await route.fulfill({ response: answer, json: { ...preview, answers: 60, count: fired.length, firings, course } });
  });
}

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a rule is tried on the past, made, muted, deleted and had back", async ({ page }) => {
      const { slug } = await newTeam(page);
      const { body } = await buy(page.request, slug, { region: "US", window: "7" });
      await page.goto(`/t/${slug}/alerts`);
      await expect(page.getByText(words.empty)).toBeVisible();
      await page.getByLabel(words.category, { exact: true }).selectOption(body.snapshot.rows[0].categoryId);
      await page.getByLabel(words.condition).selectOption("crosses_up");
      await page.getByLabel(words.value, { exact: true }).fill("a lot");
      await page.getByRole("button", { name: words.save }).click();
      await expect(page.getByText(words.number)).toBeVisible();
      await page.getByLabel(words.value, { exact: true }).fill("1");
      await page.getByLabel(words.name).fill("{{7*7}}");
      await page.getByRole("button", { name: words.save }).click();
      await expect(page.getByText(words.template)).toBeVisible();
      await page.getByLabel(words.name).fill("Rising");
      await page.getByRole("button", { name: words.preview }).click();
      await expect(page.getByText(words.tried)).toBeVisible();
      const about = { categoryId: "1", categoryName: "Perfume", region: "US", window: "7" };
      await withPast(page, about);
      await page.getByRole("button", { name: words.preview }).click();
      const tried = page.getByRole("region", { name: words.preview });
      await expect(tried.getByText(words.wouldHave)).toBeVisible();
      await expect(tried.getByText(words.marked)).toBeVisible();
      await expect(tried.getByRole("slider", { name: words.course })).toBeVisible();
      await expect(tried.locator(".lines-event")).toHaveCount(4);
      await expect(tried.getByRole("listitem")).toHaveCount(4);
      await expect(tried.getByRole("listitem").first()).toContainText(words.firing);
      await expectReadable(page);
      await page.getByRole("button", { name: words.save }).click();
      await expect(page).toHaveURL(/\/alerts\/rules\/[0-9a-f-]{36}$/);
      await expect(page.getByRole("heading", { level: 1, name: words.title })).toBeVisible();

      // Somebody else says it anew meanwhile: what they wrote is shown, what was typed stays, and saving again holds.
      const path = `/api/v1${new URL(page.url()).pathname.replace(`/t/${slug}`, "")}?team=${slug}`;
      const { id: _id, ...rule } = await (await page.request.get(path)).json();
      const theirs = await page.request.put(path, { data: { ...rule, name: "Theirs", cooldownHours: 72 } });
      expect(theirs.status(), await theirs.text()).toBe(200);
      await page.getByLabel(words.name).fill("Rising fast");
      await page.getByRole("button", { name: words.change }).click();
      await expect(page.getByText(words.theirs)).toBeVisible();
      await expect(page.getByText("Theirs", { exact: true })).toBeVisible();
      await expect(page.getByRole("definition").filter({ hasText: words.conflict })).toBeVisible();
      await expect(page.getByLabel(words.name)).toHaveValue("Rising fast");
      await page.getByRole("button", { name: words.change }).click();
      await expect(page.getByText(words.theirs)).toBeHidden();
      await expect(page.getByRole("link", { name: "Rising fast" })).toBeVisible();

      const row = page.getByRole("table", { name: words.rules }).getByRole("row", { name: /Rising/ });
      await row.getByRole("button", { name: words.mute }).click();
      await expect(row.getByText(words.muted, { exact: true })).toBeVisible();
      await row.getByRole("button", { name: words.unmute }).click();
      await expect(row.getByText(words.muted, { exact: true })).toBeHidden();
      await page.getByRole("button", { name: words.remove }).click();
      await expect(page.getByText(words.empty)).toBeVisible();
      await page.getByRole("button", { name: words.undo }).click();
      await expect(
        page.getByRole("table", { name: words.rules }).getByRole("link", { name: "Rising fast" }),
      ).toBeVisible();
    });

    test("what a rule tells stands in the inbox, and on a page with both places, their answers and the course", async ({
      page,
    }) => {
      const { id, slug } = await newTeam(page);
      const question = { region: "US", window: "7", page: 2 };
      await buy(page.request, slug, { ...question, page: 1 });
      const { body } = await buy(page.request, slug, question);
      const { categoryId } = body.snapshot.rows[0];
      const data = { condition: "leaves_top", value: 21, categoryId, region: "US", window: "7", name: "Out of reach" };
      const made = await page.request.post(`/api/v1/alerts/rules?team=${slug}`, { data });
      expect(made.status(), await made.text()).toBe(201);
      // A row of the page before comes first: the others move down by a place.
      await fault(id, "duplicate-row");
      expect((await buy(page.request, slug, { ...question, maxAgeMinutes: 0 })).status).toBe(200);
      const told = page.getByRole("link", { name: words.left });
      await expect(async () => {
        await page.goto(`/t/${slug}/notifications`);
        await expect(told).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await expect(page.getByText(words.ofRule)).toBeVisible();
      await told.click();
      await expect(page.getByRole("heading", { level: 1, name: words.alert, exact: true })).toBeVisible();
      await expect(page.getByRole("heading", { level: 2, name: words.left })).toBeVisible();
      for (const place of words.places)
        await expect(page.getByRole("definition").filter({ hasText: place })).toBeVisible();
      await expect(page.getByRole("link", { name: words.source })).toHaveCount(2);
      await expect(page.getByRole("region", { name: words.atThatMoment })).toBeVisible();
      await expect(page.getByRole("button", { name: words.watch })).toBeEnabled();
      await expectReadable(page);
    });
  });
}
