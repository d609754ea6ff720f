import { expect, test } from "./fixtures";
import { newTeam } from "./people";
import { expectReadable } from "./readable";

const WORDS = {
  "en-US": {
    open: "Find…",
    title: "No connection",
    keyword: "Keyword",
    searches: "Saved searches",
    empty: "Category ranking",
  },
  "zh-CN": { open: "查找…", title: "网络已断开", keyword: "关键词", searches: "常用查询", empty: "类目榜单" },
} as const;

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    test("a lost connection is said, what is typed stays, and what was opened follows when it is back", async ({
      page,
      context,
    }) => {
      const { slug } = await newTeam(page);
      await page.goto(`/t/${slug}/explore`);
      const notice = page.getByText(words.title, { exact: true });
      const field = page.getByLabel(words.keyword);
      const heading = (name: string) => page.getByRole("heading", { level: 1, name, exact: true });
      await field.fill("lamp");
      await expect(page.getByRole("button", { name: words.open }).filter({ visible: true })).toBeEnabled();

      await context.setOffline(true);
      await page.getByRole("navigation").getByRole("link", { name: words.searches }).click();
      await expect(notice).toBeVisible();
      await expect(heading(words.empty)).toBeVisible();
      await expect(field).toHaveValue("lamp");
      await expectReadable(page);

      await context.setOffline(false);
      await expect(heading(words.searches)).toBeVisible();
      await expect(notice).toHaveCount(0);
    });
  });
}
