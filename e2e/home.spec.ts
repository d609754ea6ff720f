import type { Page } from "@playwright/test";
import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges, fault } from "./sandbox";

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
  const [{ path, categoryId }] = body.snapshot.rows;
  return { id, slug, listId, categoryId, name: path[2] as string };
}

/** A figure that moved from one answer to the next: the provider gave it in another unit, and an admin says it was real. */
async function moveSpend(page: Page, id: string, slug: string) {
  await fault(id, "other-unit");
  await buy(page.request, slug, { region: "US", window: "7", maxAgeMinutes: 0 });
  await expect(async () => {
    const found = await page.request.get(`/api/v1/provider-breaks?team=${slug}`);
    const [change] = (await found.json()).items;
    const judged = await page.request.put(`/api/v1/provider-breaks/${change?.id}/verdict?team=${slug}`, {
      data: { verdict: "real" },
    });
    plainExpect(judged.status()).toBe(200);
  }).toPass();
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
    moved: "What moved",
    star: (name: string) => `Watch ${name} · United States`,
    starred: (name: string) => `Watched: ${name} · United States. On “Beauty”, by Mia Keller`,
    renew: "Renew 1 list · 2 credits",
    spent: "8 spent",
  },
  "zh-CN": {
    against: "对比",
    mark: "标记为已看",
    undo: "撤销标记",
    show: "查看",
    since: /^上次标记已看（/,
    none: "20 个“类目 × 国家/地区”中，0 个在",
    all: "20 个“类目 × 国家/地区”中，20 个在",
    moved: "异动",
    star: (name: string) => `关注 ${name} · 美国`,
    starred: (name: string) => `已关注：${name} · 美国。在“Beauty”中，由 Mia Keller 添加`,
    renew: "更新 1 个清单 · 2 积分",
    spent: "已用 8",
  },
} as const;

for (const locale of ["en-US", "zh-CN"] as const) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 360, height: 800 } });
    const words = WORDS[locale];

    test("a review on Monday: marked as done, compared with that the next time, starred, taken back, and renewed at a price told", async ({
      page,
    }) => {
      const { id, slug, listId, categoryId, name } = await teamWithList(page);
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

      // What moved is watched from where it is read.
      await moveSpend(page, id, slug);
      await page.goto(`/t/${slug}?against=reviewed&metric=cost`);
      const moved = page.getByRole("list", { name: words.moved });
      await expect(moved.getByRole("listitem")).toHaveCount(20);
      await moved.getByRole("button", { name: words.star(name), exact: true }).click();
      await expect(moved.getByRole("button", { name: words.starred(name), exact: true })).toBeEnabled();
      await expectReadable(page);
      const list = await page.request.get(`/api/v1/watchlists/${listId}?team=${slug}`);
      expect((await list.json()).items).toMatchObject([{ region: "GB" }, { categoryId, region: "US" }]);
      expect((await charges(id)).credits).toBe(bought + 4);

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
      expect((await charges(id)).credits).toBe(bought + 6);
    });
  });
}
