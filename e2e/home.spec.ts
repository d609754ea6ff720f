import type { Page } from "@playwright/test";
import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

/** Runs go through the job queue and pages are read anew after them: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 180_000 });

/** A team with a ranking, and a list with one category of another region, of which nothing is stored. */
async function teamWithList(page: Page) {
  const { id, slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Beauty" } });
  const data = { categoryId: body.snapshot.rows[0].categoryId, region: "GB" };
  const { id: listId } = await made.json();
  await page.request.post(`/api/v1/watchlists/${listId}/items?team=${slug}`, { data });
  return { id, slug };
}

const WORDS = {
  "en-US": {
    against: "Against",
    mark: "Mark as reviewed",
    undo: "Undo review",
    show: "Show",
    since: /^since I reviewed it, /,
    none: "0 of 20 categories in regions have an answer since",
    all: "20 of 20 categories in regions have an answer since",
    renew: "Renew 1 list · 2 credits",
    spent: "6 spent",
  },
  "zh-CN": {
    against: "对比",
    mark: "标记为已看",
    undo: "撤销标记",
    show: "查看",
    since: /^上次标记已看（/,
    none: "20 个“类目 × 国家/地区”中，0 个在",
    all: "20 个“类目 × 国家/地区”中，20 个在",
    renew: "更新 1 个清单 · 2 积分",
    spent: "已用 6",
  },
} as const;

for (const locale of ["en-US", "zh-CN"] as const) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 360, height: 800 } });
    const words = WORDS[locale];

    test("a review on Monday: marked as done, compared with that the next time, taken back, and renewed at a price told", async ({
      page,
    }) => {
      const { id, slug } = await teamWithList(page);
      const bought = (await charges(id)).credits;
      await page.goto(`/t/${slug}`);
      const against = page.getByRole("combobox", { name: words.against });
      await expect(against.getByRole("option")).toHaveCount(2);
      await expectReadable(page);
      await page.getByRole("button", { name: words.mark }).click();
      await expect(against.getByRole("option", { name: words.since })).toBeAttached();
      await against.selectOption("reviewed");
      await page.getByRole("button", { name: words.show }).click();
      await expect(page).toHaveURL(/against=reviewed/);
      await expect(page.getByText(words.none)).toBeVisible();

      // Looking again resets nothing; what is fetched afterwards is since.
      await buy(page.request, slug, { region: "US", window: "7", maxAgeMinutes: 0 });
      await page.reload();
      await expect(page.getByText(words.all)).toBeVisible();
      await page.reload();
      await expect(page.getByText(words.all)).toBeVisible();
      await expect(against).toHaveValue("reviewed");
      await expectReadable(page);
      expect((await charges(id)).credits).toBe(bought + 2);

      await page.getByRole("button", { name: words.undo }).click();
      await expect(against.getByRole("option")).toHaveCount(2);
      await expect(page.getByRole("button", { name: words.undo })).toHaveCount(0);

      const file = await page.request.get(`/api/v1/movements.csv?team=${slug}&against=week`);
      expect(await file.text()).toContain("times_usual");

      await page.getByRole("button", { name: words.renew, exact: true }).click();
      await expect(async () => {
        await page.reload();
        await plainExpect(page.getByText(words.spent, { exact: true }).filter({ visible: true })).toBeVisible();
      }).toPass();
      await expect(page.getByRole("button", { name: words.renew, exact: true })).toHaveCount(0);
      expect((await charges(id)).credits).toBe(bought + 4);
    });
  });
}
