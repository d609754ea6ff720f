import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { fault } from "./sandbox";

/** Answers are looked at by the worker: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 120_000 });

const WORDS = {
  "en-US": {
    notice: "The provider changed its answers",
    more: "See both answers",
    title: "The provider gives Ad spend in another unit",
    factor: /Ad spend: 100 times what it was in all rows/,
    before: /Receipt of the answer before/,
    receipt: "Source & cost",
    real: "It was real, compare again",
    again: "compared again",
    hold: "Hold back again",
    open: "held back",
  },
  "zh-CN": {
    notice: "数据源的返回有变",
    more: "查看变化前后的数据",
    title: "数据源改变了广告花费的单位",
    factor: /广告花费：所有行都是原来的 100 倍/,
    before: /变化前的凭证/,
    receipt: "来源与扣费",
    real: "属实，恢复比较",
    again: "已恢复比较",
    hold: "重新暂缓比较",
    open: "暂不比较",
  },
} as const;

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a figure in another unit is said on the home page, with both receipts, and judged", async ({ page }) => {
      const { slug, id } = await newTeam(page);
      const question = { region: "US", window: "7" };
      await buy(page.request, slug, question);
      await fault(id, "other-unit");
      await buy(page.request, slug, { ...question, maxAgeMinutes: 0 });
      const notice = page.getByText(words.notice, { exact: true });
      await expect(async () => {
        await page.goto(`/t/${slug}`);
        await plainExpect(notice).toBeVisible({ timeout: 2000 });
      }).toPass();
      await page.getByRole("link", { name: words.more }).click();
      const change = page.getByRole("listitem").filter({ hasText: words.title });
      await expect(change.getByText(words.factor)).toBeVisible();
      await expect(change.getByText(words.open, { exact: true })).toBeVisible();
      await change.getByRole("button", { name: words.real }).click();
      await expect(change.getByText(words.again, { exact: true })).toBeVisible();
      await change.getByRole("button", { name: words.hold }).click();
      await expect(change.getByText(words.open, { exact: true })).toBeVisible();
      await change.getByRole("link", { name: words.before }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.receipt })).toBeVisible();
    });
  });
}
