import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { bare, expectOnPaper, readPaper } from "./paper";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** A team with a ranking of the US, and its first two categories. */
async function teamWithRanking(page: Page) {
  const { id, slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const [first, second] = body.snapshot.rows as { categoryId: string; path: string[] }[];
  if (!first || !second) throw new Error("The ranking has fewer than two rows");
  const receiptId: string = body.snapshot.receipt.id;
  return { id, slug, first, second, receiptId, names: [first.path[2] ?? "", second.path[2] ?? ""] as const };
}

async function make(page: Page, address: string, data: object): Promise<string> {
  const response = await page.request.post(address, { data });
  expect(response.status(), await response.text()).toBe(201);
  return (await response.json()).id;
}

/** What a press of this button saves. */
async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFile(await download.path());
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a chart is saved as a picture of its own, drawn by the server, or as PNG of twice its size", async ({
    page,
  }) => {
    const { id, slug, first, names } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/categories/${first.categoryId}?region=US&window=7&metric=cpa`);
    const menu = page.getByRole("button", { name: "Picture: Course" });
    await menu.click();
    const svg = await saved(page, () => page.getByRole("link", { name: "Save as SVG" }).click());
    for (const words of [`CPA · ${names[0].replace("&", "&amp;")}`, "United States · Last 7 days", "Source: KeyAPI"]) {
      expect(svg.toString()).toContain(words);
    }
    await menu.click();
    const png = await saved(page, () => page.getByRole("button", { name: "Save as PNG" }).click());
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1920);
    await page.goto(`/t/${slug}/credits`);
    await page.getByRole("button", { name: "Picture: Spent by day and member" }).click();
    const bars = await saved(page, () => page.getByRole("link", { name: "Save as SVG" }).click());
    for (const words of ["Spent by day and member", "Mia Keller", "2 credits"])
      expect(bars.toString()).toContain(words);
    expect(await charges(id)).toEqual(before);
  });
});

test.describe("reports, in English", () => {
  test.use({ locale: "en-US", colorScheme: "dark" });

  test("every view becomes a report with the title and comment typed, its receipts, and no more on paper; free", async ({
    page,
  }) => {
    const { id, slug, first, second, names, receiptId } = await teamWithRanking(page);
    const search = await make(page, `/api/v1/searches?team=${slug}`, {
      name: "Top of US",
      region: "US",
      window: "7",
      pages: 1,
    });
    const list = await make(page, `/api/v1/watchlists?team=${slug}`, { name: "Spring launch" });
    await make(page, `/api/v1/watchlists/${list}/items?team=${slug}`, { categoryId: first.categoryId, region: "US" });
    const before = await charges(id);

    await page.goto(`/t/${slug}/categories/${first.categoryId}?region=US&window=7&metric=cpa`);
    await page.getByRole("link", { name: "Report", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: `${names[0]} · United States` })).toBeVisible();
    await page.getByLabel("Title of the report").fill("Should we enter <Perfume>?");
    await page.getByLabel("Comment").fill("For Monday.\nCPA is low.");
    await page.getByRole("link", { name: receiptId }).focus();
    await expect(page).toHaveURL(/#title=Should.*comment=For/);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Should we enter <Perfume>?" })).toBeVisible();
    await expect(page.getByText("For Monday.").first()).toBeVisible();
    await expectOnPaper(page, ["Should we enter <Perfume>?", "CPA is low.", "Last 7 days", "Receipts", receiptId]);
    for (const format of ["A4", "Letter"] as const) {
      expect((await readPaper(page, format)).length, format).toBeLessThanOrEqual(3);
    }
    await page.getByRole("navigation", { name: "Language of the report" }).getByRole("link", { name: "中文" }).click();
    await expect(page.getByRole("button", { name: "打印或另存为 PDF" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Should we enter <Perfume>?" })).toBeVisible();
    await expectOnPaper(page, ["国家/地区", "美国", "凭证", receiptId]);
    await page.getByRole("link", { name: "返回原页面" }).click();
    await expect(page.getByRole("link", { name: "Report", exact: true })).toBeVisible();

    const ids = `${first.categoryId},${second.categoryId}`;
    for (const [address, words] of [
      [`/report`, [/^What moved since/, "everything stored"]],
      [`/compare/report?categories=${ids}&regions=US&window=7`, [names[0], "Compared values", receiptId]],
      [`/compare/report?categories=${ids}&regions=US&window=7&view=where`, [`Where: ${names[0]}`, receiptId]],
      [`/searches/${search}/report?compare=window`, ["Top of US: what changed", "nothing stored"]],
      [`/watchlists/${list}/report`, ["Spring launch", names[0], receiptId]],
    ] as const) {
      await page.goto(`/t/${slug}${address}`);
      await expectReadable(page);
      await expectOnPaper(page, words);
    }
    expect(await charges(id)).toEqual(before);
  });
});

test.describe("briefs, in English", () => {
  test.use({ locale: "en-US" });

  test("a brief says on one page what is known, and buys what is missing for exactly the price on its button", async ({
    page,
  }) => {
    const { id, slug, first, names } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/categories/${first.categoryId}?region=US&window=7&metric=cpa`);
    await page.getByRole("link", { name: "Brief", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Should we enter ${names[0]}?` })).toBeVisible();
    for (const part of ["Figures", "Course", "Regions", "Our own numbers", "Notes and decisions", "Receipts"]) {
      await expect(page.getByRole("region", { name: part, exact: true })).toBeVisible();
    }
    await expect(page.getByText("3 of the 4 answers that this brief tells of are missing")).toBeVisible();
    await expectReadable(page);
    await expectOnPaper(page, [`Should we enter ${names[0]}?`, "Fetching them costs 6 credits", "Last 7 days"]);
    expect(await charges(id)).toEqual(before);
    await page.getByRole("button", { name: "Fetch what is missing · 6 credits" }).click();
    await expect(page.getByText(/Everything this brief tells of is stored/)).toBeVisible({ timeout: 60_000 });
    expect((await charges(id)).credits).toBe(before.credits + 6);
    await expect(page.getByRole("table", { name: /months/i }).getByRole("rowheader")).toHaveCount(3);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark" });

  test("the picture of a comparison speaks the reader's language", async ({ page }) => {
    const { slug, first, second, names } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/compare?categories=${first.categoryId},${second.categoryId}&regions=US&window=7`);
    await page.getByRole("button", { name: "图片：历史趋势" }).click();
    const svg = await saved(page, () => page.getByRole("link", { name: "另存为 SVG" }).click());
    for (const words of ["热度", "美国 · 近7天", names[0].replace("&", "&amp;"), "来源：KeyAPI"]) {
      expect(svg.toString()).toContain(words);
    }
  });

  test("the brief and a report speak the reader's language", async ({ page }) => {
    const { slug, first, names } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/categories/${first.categoryId}?region=US&window=7`);
    await page.getByRole("link", { name: "简报", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: `是否进入“${names[0]}”？` })).toBeVisible();
    await expect(page.getByRole("button", { name: "补齐缺少的数据 · 6 积分" })).toBeVisible();
    await expectReadable(page);
    await page.getByRole("navigation", { name: "报告语言" }).getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("button", { name: "Fetch what is missing · 6 credits" })).toBeVisible();
    await page.getByRole("link", { name: "Back to the view" }).click();
    await expect(page.getByRole("link", { name: "报告", exact: true })).toBeVisible();
  });

  test("on paper Chinese stays text, no row and no chart is cut in two, and every page of a table has its heads", async ({
    page,
  }) => {
    const { slug, first, second, names, receiptId } = await teamWithRanking(page);
    const more = await buy(page.request, slug, { region: "US", window: "7", page: 2 });
    const ids = (more.body.snapshot.rows as { categoryId: string }[]).map(({ categoryId }) => categoryId);
    const list = await make(page, `/api/v1/watchlists?team=${slug}`, { name: "春季选品" });
    const filled = await page.request.post(`/api/v1/watchlists/${list}/items/paste?team=${slug}`, {
      data: { region: "US", text: [first.categoryId, second.categoryId, ...ids].join("\n") },
    });
    expect(filled.status(), await filled.text()).toBe(200);
    await page.goto(`/t/${slug}/categories/${first.categoryId}/brief?region=US&window=7`);
    await expectOnPaper(page, [`是否进入“${names[0]}”？`, "本报告由已存数据生成", receiptId]);
    await page.goto(`/t/${slug}/watchlists/${list}/report#comment=先看转化成本`);
    await expectOnPaper(page, ["春季选品", "先看转化成本", "近7天", "美妆个护", names[1], receiptId]);
    const head = bare(await page.locator(".report thead").innerText());
    const pages = await readPaper(page, "A5");
    const withRows = pages.filter((text) => text.includes("美国"));
    expect(withRows.length).toBeGreaterThan(1);
    expect(pages.filter((text) => text.includes(head)).length).toBeGreaterThanOrEqual(withRows.length);
  });
});
