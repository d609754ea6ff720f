import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { fault } from "./sandbox";

const QUESTION = { region: "US", window: "7" };
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const LANGUAGES = [
  {
    locale: "en-US",
    viewport: { width: 1440, height: 900 },
    empty: "Nothing to tell yet",
    bell: "Notifications",
    unread: (count: number) => `Notifications ${count} unread`,
    refused: /^The provider refused the key ending in /,
    broke: "The KeyAPI account is out of credits",
    markOne: "Mark read: The KeyAPI account is out of credits",
    markAll: "Mark all read",
    allRead: "All read",
    onlyUnread: "Unread",
  },
  {
    locale: "zh-CN",
    viewport: { width: 360, height: 780 },
    empty: "还没有通知",
    bell: "通知",
    unread: (count: number) => `通知 ${count} 条未读`,
    refused: /^数据源拒绝了尾号 .+ 的密钥$/,
    broke: "KeyAPI 账户积分不足",
    markOne: "标为已读：KeyAPI 账户积分不足",
    markAll: "全部标为已读",
    allRead: "已全部读完",
    onlyUnread: "未读",
  },
];

for (const { locale, viewport, ...words } of LANGUAGES) {
  test.describe(locale, () => {
    test.use({ locale, viewport });

    test("a refused key is told, by the bell and in words, until its reader marks it", async ({ page }) => {
      const { id, slug } = await newTeam(page);
      const address = `/t/${slug}/notifications`;
      await page.goto(address);
      await expect(page.getByRole("heading", { name: words.empty })).toBeVisible();
      await expect(page.getByRole("button", { name: words.markAll })).toHaveCount(0);

      await fault(id, "402");
      expect((await buy(page.request, slug, QUESTION)).status).toBe(402);
      await fault(id, "401");
      await page.request.post(`/api/v1/key/test?team=${slug}`);

      await page.goto(`/t/${slug}`);
      await page.getByRole("link", { name: words.unread(2), exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`${address}$`));
      await expect(page.getByRole("link", { name: words.refused })).toHaveAttribute("href", `/t/${slug}/settings/key`);
      await expect(page.getByRole("link", { name: words.broke })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id: rule }) => rule)).toEqual([]);

      // Looking marks nothing.
      await page.reload();
      await expect(page.getByRole("link", { name: words.unread(2), exact: true })).toBeVisible();
      await page.getByRole("button", { name: words.markOne }).click();
      await expect(page.getByRole("link", { name: words.unread(1), exact: true })).toBeVisible();
      await expect(page.getByRole("button", { name: words.markOne })).toHaveCount(0);
      await page.getByRole("button", { name: words.markAll }).click();
      await expect(page.getByRole("link", { name: words.bell, exact: true })).toBeVisible();
      await expect(page.getByRole("link", { name: words.broke })).toBeVisible();
      await page.getByRole("link", { name: words.onlyUnread, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.allRead })).toBeVisible();
    });
  });
}
