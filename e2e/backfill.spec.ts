import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

/** Runs go through the job queue and pages are read anew after them: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** The last calendar months that have ended, newest first, as the reader's language names them. */
const lastMonths = (count: number, locale: string) => {
  const now = new Date();
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - index, 1));
    return new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(month);
  });
};

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("the months of a saved search are bought for the price on the button, joined, and never bought again", async ({
    page,
  }) => {
    const { id: teamId, slug } = await newTeam(page);
    const made = await page.request.post(`/api/v1/searches?team=${slug}`, {
      data: { name: "All of it", region: "US", window: "7", pages: 1 },
    });
    const { id } = await made.json();
    await page.goto(`/t/${slug}/searches/${id}?view=months`);
    await expect(page.getByRole("heading", { name: "No month is stored yet" })).toBeVisible();
    const panel = page.getByRole("region", { name: "Backfill" });
    await page.getByLabel("Months back").selectOption("2");
    const before = await charges(teamId);
    await page.getByRole("button", { name: "Backfill 2 months · 4 credits" }).click();
    await expect(panel.getByText("Done · bought 2 of 2 · 4 credits")).toBeVisible();
    expect((await charges(teamId)).credits - before.credits).toBe(4);
    const table = page.getByRole("table", { name: "Popularity by months" });
    for (const month of lastMonths(2, "en")) {
      await expect(table.getByRole("columnheader", { name: month })).toBeVisible();
    }
    await expect(table.getByRole("rowheader")).toHaveCount(20);
    await page.reload();
    await expect(panel.getByText("Done · bought 2 of 2 · 4 credits")).toBeVisible();
    await page.getByLabel("Months back").selectOption("2");
    await expect(page.getByText("All stored · nothing to buy")).toBeVisible();
    await page.getByLabel("Months back").selectOption("12");
    await page.getByRole("button", { name: "Backfill 12 months · 20 credits" }).click();
    await expect(panel.getByText("The provider had nothing of an older month")).toBeVisible();
    // Four months answer, the fifth does not: nothing is asked behind it.
    expect((await charges(teamId)).credits - before.credits).toBe(10);
    await expectReadable(page);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 } });

  test("the months of a watched category open on its list, and are bought there", async ({ page }) => {
    const { slug } = await newTeam(page);
    const { body } = await buy(page.request, slug, { region: "US", window: "7" });
    const [{ categoryId, path }] = body.snapshot.rows;
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "美妆" } });
    const { id } = await made.json();
    await page.request.post(`/api/v1/watchlists/${id}/items?team=${slug}`, { data: { categoryId, region: "US" } });
    await page.goto(`/t/${slug}/watchlists/${id}`);
    await page.getByRole("link", { name: `按月查看：${path[2]} · 美国` }).click();
    await page.getByRole("button", { name: "补取 4 个月 · 8 积分" }).click();
    await expect(page.getByText("已完成 · 获取 4/4 页 · 8 积分")).toBeVisible();
    const table = page.getByRole("table", { name: `${path[2]} · 美国各月数据` });
    for (const month of lastMonths(4, "zh-CN")) await expect(table.getByText(month)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.getByRole("link", { name: "收起" }).click();
    await expect(table).toHaveCount(0);
  });
});
