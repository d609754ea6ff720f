import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";

test.describe.configure({ timeout: 120_000 });

const WORDS = {
  "en-US": {
    open: "Find…",
    title: "Find and go",
    other: "对账",
    statement: "Statement",
    recent: "Recent",
    above: "Where this page stands",
    list: "Watchlists",
    none: "Nothing of that name",
    keys: "Keyboard shortcuts",
    single: /^Use single keys/,
    close: "Close",
    copied: "Link copied",
    searches: "Saved searches",
  },
  "zh-CN": {
    open: "查找…",
    title: "查找与跳转",
    other: "statem",
    statement: "对账单",
    recent: "最近访问",
    above: "当前位置",
    list: "关注清单",
    none: "没有找到同名内容",
    keys: "键盘快捷键",
    single: /^启用单键快捷键/,
    close: "关闭",
    copied: "链接已复制",
    searches: "常用查询",
  },
} as const;

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale, permissions: ["clipboard-read", "clipboard-write"] });

    test("one goes anywhere by a name, comes back to what was recent, and by keys alone", async ({ page }) => {
      const { slug } = await newTeam(page);
      const { body } = await buy(page.request, slug, { region: "US", window: "7" });
      const { categoryId, path } = body.snapshot.rows[0];
      const name: string = path[2];
      const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Autumn gifts" } });
      const list = (await made.json()).id;
      const heading = (text: string) => page.getByRole("heading", { level: 1, name: text, exact: true });
      const panel = page.getByRole("dialog", { name: words.title });
      const options = panel.getByRole("option");
      const field = panel.getByRole("combobox");
      await page.goto(`/t/${slug}`);
      const button = page.getByRole("button", { name: words.open }).filter({ visible: true });
      await expect(button).toBeEnabled();

      // A category, by the keys; then it is what was recent.
      await page.keyboard.press("Control+k");
      await expect(field).toBeFocused();
      await field.fill(name);
      await expect(options.filter({ hasText: name }).first()).toHaveAttribute("data-highlighted");
      await expectReadable(page);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/categories/${categoryId}$`));
      await expect(heading(name)).toBeVisible();
      await expect(panel).toHaveCount(0);

      // A list, by the pointer; a page by its name in the other language.
      await button.click();
      await field.fill("autumn");
      await options.filter({ hasText: "Autumn gifts" }).click();
      await expect(page).toHaveURL(new RegExp(`/watchlists/${list}$`));
      await expect(heading("Autumn gifts")).toBeVisible();
      const above = page.getByRole("navigation", { name: words.above }).getByRole("link");
      await expect(above).toHaveText([words.list]);
      await expect(above).toHaveAttribute("href", `/t/${slug}/watchlists`);
      await page.keyboard.press("/");
      await expect(panel.getByRole("group", { name: words.recent }).getByRole("option")).toHaveText([
        "Autumn gifts",
        name,
      ]);
      await field.fill("xyzzy");
      await expect(panel.getByText(words.none)).toBeVisible();
      await field.fill(words.other);
      await expect(options).toHaveText([words.statement]);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/t/${slug}/credits/statement$`));

      // Keys alone, which can be switched off.
      await expect(heading(words.statement)).toBeVisible();
      await page.keyboard.press("g");
      await page.keyboard.press("s");
      await expect(heading(words.searches)).toBeVisible();
      await page.keyboard.press("l");
      await expect(page.getByText(words.copied)).toBeVisible();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
      await page.keyboard.press("?");
      const keys = page.getByRole("dialog", { name: words.keys });
      await expectReadable(page);
      await keys.getByRole("checkbox", { name: words.single }).uncheck();
      await keys.getByRole("button", { name: words.close }).click();
      await expect(keys).toHaveCount(0);
      await page.keyboard.press("?");
      await page.keyboard.press("Control+k");
      await expect(field).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(panel).toHaveCount(0);
      await expect(keys).toHaveCount(0);
    });
  });
}
