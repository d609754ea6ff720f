import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";

const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 120_000 });

const WORDS = {
  "en-US": {
    title: "Weekly review",
    off: /It is switched off/,
    on: "Send it every week",
    save: "Save",
    due: /Goes out on/,
    comment: "Your comment",
    saveComment: "Save comment",
    writes: "Mia Keller writes",
    want: "Send it to me too",
    dontWant: "Don’t send it to me",
    empty: /Nothing moved that can be compared/,
    cost: /2 credits/,
  },
  "zh-CN": {
    title: "每周复盘",
    off: /已关闭/,
    on: "每周发送",
    save: "保存",
    due: /将于/,
    comment: "你的点评",
    saveComment: "保存点评",
    writes: "Mia Keller 的点评",
    want: "也发给我",
    dontWant: "不再发给我",
    empty: /本周没有可比的变动/,
    cost: /2 积分/,
  },
} as const;

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a review is switched on, chosen, commented and previewed", async ({ page }) => {
      const { slug } = await newTeam(page);
      await buy(page.request, slug, { region: "US", window: "7" });
      await page.goto(`/t/${slug}/alerts`);
      await page.getByRole("link", { name: words.title }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.title })).toBeVisible();
      await expect(page.getByText(words.off)).toBeVisible();
      await expect(page.getByText(words.empty)).toBeVisible();
      await expect(page.getByText(words.cost)).toBeVisible();
      await page.getByLabel(words.on).check();
      await page.getByRole("button", { name: words.save, exact: true }).click();
      await expect(page.getByText(words.due)).toBeVisible();
      await page.getByRole("button", { name: words.want }).click();
      await expect(page.getByRole("button", { name: words.dontWant })).toBeVisible();
      await page.getByLabel(words.comment).fill("Perfume takes off.");
      await page.getByRole("button", { name: words.saveComment }).click();
      await expect(page.getByText(words.writes)).toBeVisible();
      await expect(page.getByRole("blockquote").getByText("Perfume takes off.")).toBeVisible();
    });
  });
}
