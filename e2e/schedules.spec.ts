import type { Page } from "@playwright/test";
import { expect as plainExpect, test } from "./fixtures";
import { newTeam } from "./people";
import { charges } from "./sandbox";

const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 300_000 });

async function makeSearch(page: Page, slug: string, name: string): Promise<void> {
  const data = { name, region: "US", window: "7", pages: 2, ...(name === "Beauty" ? { q: "beauty" } : {}) };
  expect((await page.request.post(`/api/v1/searches?team=${slug}`, { data })).status()).toBe(201);
}

const rowOf = (page: Page, name: string) => page.locator("table.cards tr").filter({ hasText: name });

/** The page does not scroll sideways, on a wide screen and on a phone. */
async function fits(page: Page): Promise<void> {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
}

const WORDS = {
  "en-US": {
    what: "What renews",
    ask: "Show the price",
    confirm: /^Renew by itself · /,
    told: /4 credits each time/,
    budget: "Budget for the month",
    plan: "Show the plan",
    calendar: "Cost of each day by this plan",
    apply: /^Apply the plan · /,
    applied: /Planned by Mia Keller/,
    undo: "Undo the plan",
    bad: "The budget is a whole number of credits from 0 on, or left empty.",
    run: /^Run now · 4 credits/,
    never: "not yet",
    renewed: "renewed",
    pauseAll: "Pause all",
    paused: "paused",
    owner: "Paid by",
    share: "Team’s share for schedules",
    unset: "The team has no share for schedules yet.",
    paidByShare: "Team’s share",
    short: /^Credits will not last until /,
    last: /^Make it last until /,
  },
  "zh-CN": {
    what: "更新对象",
    ask: "查看费用",
    confirm: /^开始定时更新 · /,
    told: /每次 4 积分/,
    budget: "每月预算",
    plan: "查看计划",
    calendar: "按此计划每天的费用",
    apply: /^应用计划 · /,
    applied: /Mia Keller 于 .* 制定了计划/,
    undo: "撤销计划",
    bad: "预算须为 0 或以上的整数积分，也可以留空。",
    run: /^立即更新 · 4 积分/,
    never: "尚未更新",
    renewed: "已更新",
    pauseAll: "全部暂停",
    paused: "已暂停",
    owner: "计入",
    share: "团队定时更新额度",
    unset: "团队还没有定时更新额度。",
    paidByShare: "团队额度",
    short: /^积分不够用到/,
    last: /^让积分用到/,
  },
} as const;

for (const locale of ["en-US", "zh-CN"] as const) {
  const words = WORDS[locale];
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    test("a schedule is set for its price, planned within a budget, run now and paused", async ({ page }) => {
      const { id, slug } = await newTeam(page);
      for (const name of ["All", "Beauty"]) await makeSearch(page, slug, name);
      await page.goto(`/t/${slug}/schedules`);
      for (const name of ["All", "Beauty"]) {
        await page.getByLabel(words.what).selectOption({ label: name });
        await page.getByRole("button", { name: words.ask }).click();
        await expect(page.getByText(words.told)).toBeVisible();
        await page.getByRole("button", { name: words.confirm }).click();
        await expect(rowOf(page, name)).toBeVisible();
      }
      expect((await charges(id)).credits).toBe(0);

      await page.getByLabel(words.budget).fill("-5");
      await page.getByRole("button", { name: words.plan }).click();
      await expect(page.getByText(words.bad)).toBeVisible();
      await expect(page.getByLabel(words.budget)).toHaveValue("-5");
      await page.getByLabel(words.budget).fill("900");
      await page.getByRole("button", { name: words.plan }).click();
      await expect(page.getByRole("region", { name: words.calendar })).toBeVisible();
      await fits(page);
      await page.getByRole("button", { name: words.apply }).click();
      await expect(page.getByText(words.applied)).toBeVisible();
      await page.getByRole("button", { name: words.undo }).click();
      await expect(page.getByText(words.applied)).toBeHidden();

      const row = rowOf(page, "Beauty");
      await row.getByRole("button", { name: words.run }).click();
      await expect(row).not.toContainText(words.never);
      await expect
        .poll(
          async () => {
            await page.reload();
            return row.textContent();
          },
          { timeout: 90_000, intervals: [1_000] },
        )
        .toContain(words.renewed);
      expect((await charges(id)).credits).toBe(4);
      await page.getByRole("button", { name: words.pauseAll }).click();
      await expect(row).toContainText(words.paused);
      await fits(page);
    });

    test("the team’s share pays, runs short, and is made to last", async ({ page }) => {
      const { slug } = await newTeam(page);
      await makeSearch(page, slug, "All");
      // Two weeks of the credit period are left, on whatever day this runs.
      const periodFirstDay = Math.min(28, new Date(Date.now() + 14 * 86_400_000).getUTCDate());
      const moved = await page.request.patch(`/api/v1/credits/settings?team=${slug}`, { data: { periodFirstDay } });
      expect(moved.status()).toBe(200);
      const setShare = async (schedules: number) => {
        const limits = await page.request.put(`/api/v1/credits/limits?team=${slug}`, { data: { schedules } });
        expect(limits.status()).toBe(200);
      };
      await page.goto(`/t/${slug}/schedules`);
      await page.getByLabel(words.what).selectOption({ label: "All" });
      await page.getByLabel(words.owner).selectOption({ label: words.share });
      await page.getByRole("button", { name: words.ask }).click();
      await expect(page.getByText(words.unset).first()).toBeVisible();
      await expect(page.getByLabel(words.owner).locator("option:checked")).toHaveText(words.share);

      await setShare(200);
      await page.getByRole("button", { name: words.ask }).click();
      await page.getByRole("button", { name: words.confirm }).click();
      await expect(rowOf(page, "All")).toContainText(words.paidByShare);
      await expect(page.getByText(words.short)).toBeHidden();

      await setShare(4);
      await page.reload();
      await expect(page.getByText(words.short)).toBeVisible();
      await fits(page);
      await page.getByRole("button", { name: words.last }).click();
      await page.getByRole("button", { name: words.apply }).click();
      await expect(page.getByText(words.applied)).toBeVisible();
      await expect(page.getByText(words.short)).toBeHidden();
    });
  });
}
