import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** A team with a ranking of the US and of Great Britain, and the first two categories of the one in the US. */
async function teamWithRankings(page: Page) {
  const { id, slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  await buy(page.request, slug, { region: "GB", window: "7", q: "nothing that anybody sells" });
  const [first, second] = body.snapshot.rows as { categoryId: string; path: string[] }[];
  if (!first || !second) throw new Error("The ranking has fewer than two rows");
  return { id, slug, first, second, names: [first.path[2] ?? "", second.path[2] ?? ""] };
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("rows chosen in the ranking are compared, over time and by place, for nothing; a hole is filled for its price", async ({
    page,
  }) => {
    const { id, slug, first, names } = await teamWithRankings(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    for (const name of names) {
      await page.getByRole("checkbox", { name: `Choose ${name} · United States to compare` }).check();
    }
    await page.getByRole("button", { name: "Compare chosen" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Compare" })).toBeVisible();
    const compared = page.getByRole("list", { name: "Compared" });
    for (const name of names) await expect(compared.getByText(name, { exact: true })).toBeVisible();
    const table = page.getByRole("table", { name: "Compared values" });
    await expect(table.getByRole("columnheader")).toHaveText(["Day", `A · ${names[0]}`, `B · ${names[1]}`]);
    await expect(table.getByRole("link", { name: new RegExp(names[0] ?? "") })).toBeVisible();
    await expect(page.locator(".lines-letter")).toHaveText(["A", "B"]);

    await page.getByRole("combobox", { name: "Figure" }).selectOption("cpa");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/metric=cpa/);
    await page.getByRole("link", { name: "Index = 100" }).click();
    await expect(page).toHaveURL(/scale=index/);
    await expect(page.getByText(/^100 is the value of/)).toBeVisible();
    await expect(table.getByText("index 100.0")).toHaveCount(2);
    await expectReadable(page);
    const file = page.getByRole("link", { name: "Save as CSV: Compared values" });
    const saved = await page.request.get((await file.getAttribute("href")) ?? "");
    expect(await saved.text()).toContain(names[1] ?? "");

    await compared.getByRole("button", { name: `Watch ${names[1]} · United States`, exact: true }).click();
    const watched = `Watched: ${names[1]} · United States. On “My watchlist”, by Mia Keller`;
    await expect(compared.getByRole("button", { name: watched, exact: true })).toBeEnabled();

    await page.getByRole("link", { name: "Where" }).click();
    const where = page.getByRole("table", { name: "Where" });
    await expect(where.getByRole("rowheader")).toHaveText(["United States", "United Kingdom"]);
    await where.getByRole("button", { name: `Watch ${names[0]} · United Kingdom`, exact: true }).click();
    await expect(where.getByRole("button", { name: `Watched: ${names[0]} · United Kingdom.` })).toBeEnabled();
    await expectReadable(page);
    expect(await charges(id)).toEqual(before);
    await where.getByRole("button", { name: "Fetch United Kingdom · 2 credits" }).click();
    await expect(where.getByRole("link", { name: "United Kingdom", exact: true })).toBeVisible({ timeout: 30_000 });
    expect((await charges(id)).credits).toBe(before.credits + 2);

    const answer = await page.request.get(
      `/api/v1/compare?team=${slug}&categories=${first.categoryId}&regions=US,GB&window=7`,
    );
    expect((await answer.json()).series).toMatchObject([
      { region: "US", points: [{ index: 100 }] },
      { region: "GB", points: [{ index: 100 }] },
    ]);
  });

  test("rows of a watchlist are compared, and all holes of a category are filled by one press for its price", async ({
    page,
  }) => {
    const { id, slug, first, second, names } = await teamWithRankings(page);
    await buy(page.request, slug, { region: "DE", window: "7", q: "nothing that anybody sells" });
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Spring launch" } });
    const list = (await made.json()).id;
    for (const { categoryId } of [first, second]) {
      await page.request.post(`/api/v1/watchlists/${list}/items?team=${slug}`, { data: { categoryId, region: "US" } });
    }
    const before = await charges(id);
    await page.goto(`/t/${slug}/watchlists/${list}`);
    for (const name of names) {
      await page.getByRole("checkbox", { name: `Choose ${name} · United States to compare` }).check();
    }
    await page.getByRole("button", { name: "Compare chosen" }).click();
    const compared = page.getByRole("list", { name: "Compared" });
    for (const name of names) await expect(compared.getByText(name, { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Where" }).click();
    const where = page.getByRole("table", { name: "Where" });
    await expect(where.getByRole("button", { name: /^Fetch / })).toHaveCount(2);
    expect(await charges(id)).toEqual(before);
    await page.getByRole("button", { name: "Fetch all 2 · 4 credits" }).click();
    for (const region of ["Germany", "United Kingdom", "United States"]) {
      await expect(where.getByRole("link", { name: region, exact: true })).toBeVisible({ timeout: 60_000 });
    }
    await expect(page.getByRole("button", { name: /^Fetch / })).toHaveCount(0);
    expect((await charges(id)).credits).toBe(before.credits + 4);
  });

  test("what cannot be compared is named beside its field and stays until it is taken out", async ({ page }) => {
    const { slug, first, second, names } = await teamWithRankings(page);
    const ids = `${first.categoryId},${second.categoryId}`;
    await page.goto(`/t/${slug}/compare?categories=${ids}&regions=US,GB&from=2026-11-20&to=2026-11-01`);
    await expect(
      page.getByText("Compare several categories in one region, or one category over several regions."),
    ).toBeVisible();
    await expect(page.getByText("The last day lies before the first. Swap them.")).toBeVisible();
    await expect(page.getByLabel("From")).toHaveValue("2026-11-20");
    const compared = page.getByRole("list", { name: "Compared" });
    await expect(compared.getByText("United Kingdom")).toBeVisible();
    await compared.getByRole("link", { name: `Take out ${names[1]}` }).click();
    await expect(compared.getByText(names[1] ?? "", { exact: true })).toHaveCount(0);
    await page.goto(`/t/${slug}/compare?categories=${ids},abc`);
    await expect(page.getByText("A category is given by its number.")).toBeVisible();
    await compared.getByRole("link", { name: "Take out abc" }).click();
    await expect(page.getByText("A category is given by its number.")).toHaveCount(0);
  });

  test("the chart and its table are there without a script", async ({ page, browser, baseURL }) => {
    const { slug, first, second } = await teamWithRankings(page);
    const quiet = await browser.newContext({
      baseURL: baseURL ?? "",
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    const plain = await quiet.newPage();
    await plain.goto(`/t/${slug}/compare?categories=${first.categoryId},${second.categoryId}&regions=US&window=7`);
    await expect(plain.locator(".lines-letter")).toHaveText(["A", "B"]);
    await expect(plain.getByRole("table", { name: "Compared values" })).toBeVisible();
    await quiet.close();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark" });

  test("a category leads to its comparison, and its holes are filled at once, in the reader's language", async ({
    page,
  }) => {
    const { id, slug, first, names } = await teamWithRankings(page);
    await buy(page.request, slug, { region: "DE", window: "7", q: "nothing that anybody sells" });
    const before = await charges(id);
    await page.goto(`/t/${slug}/categories/${first.categoryId}?region=US&window=7`);
    await page.getByRole("link", { name: "对比", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "对比" })).toBeVisible();
    await page.getByRole("combobox", { name: "添加类目" }).selectOption({ label: names[1] ?? "" });
    await page.getByRole("button", { name: "查看" }).click();
    const table = page.getByRole("table", { name: "对比数值" });
    await expect(table.getByRole("columnheader")).toHaveText(["日期", `A · ${names[0]}`, `B · ${names[1]}`]);
    await page.getByRole("link", { name: "指数（基期 = 100）" }).click();
    await expect(table.getByText("指数 100.0")).toHaveCount(2);
    await expectReadable(page);
    await page.getByRole("link", { name: "地区分布" }).click();
    const where = page.getByRole("table", { name: "地区分布" });
    await expect(where.getByRole("rowheader")).toHaveText(["美国", "德国", "英国"]);
    await where.getByRole("button", { name: `关注 ${names[0]} · 英国`, exact: true }).click();
    const watched = `已关注：${names[0]} · 英国。在“我的关注”中，由 Mia Keller 添加`;
    await expect(where.getByRole("button", { name: watched, exact: true })).toBeEnabled();
    await expect(where.getByRole("button", { name: "获取英国 · 2 积分" })).toBeVisible();
    await expectReadable(page);
    await page.getByRole("button", { name: "全部获取（2 处） · 4 积分" }).click();
    for (const region of ["美国", "德国", "英国"]) {
      await expect(where.getByRole("link", { name: region, exact: true })).toBeVisible({ timeout: 60_000 });
    }
    expect((await charges(id)).credits).toBe(before.credits + 4);
  });
});
