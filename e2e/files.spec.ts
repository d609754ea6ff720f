import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

const WORDS = {
  "en-US": {
    csv: "Save as CSV",
    excel: "Save as Excel",
    figures: "Figures",
    numbers: "Our own numbers",
    notes: "Notes and decisions",
    answers: "Answers",
    behind: "1 answer behind the chart",
    value: "Value",
    stored: "Stored rankings",
    preview: "Try on the stored past",
    scope: "About",
    percent: "Per cent",
    picture: "Picture",
    svg: "Save as SVG",
    asTable: "As a table",
  },
  "zh-CN": {
    csv: "导出 CSV",
    excel: "保存为 Excel",
    figures: "指标",
    numbers: "自有数据",
    notes: "笔记与决定",
    answers: "结果列表",
    behind: "图表所用的 1 次结果",
    value: "数值",
    stored: "已存榜单",
    preview: "用已存数据试算",
    scope: "范围",
    percent: "百分比",
    picture: "图片",
    svg: "另存为 SVG",
    asTable: "以表格查看",
  },
} as const;

const BOM = "\uFEFF";

/** What the link of this name saves. */
async function saved(page: Page, name: string): Promise<Buffer> {
  const link = page.getByRole("link", { name, exact: true });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return readFile(await download.path());
}

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale });

    test("what stands on a category's page and its brief is saved, read as a table, and pasted as a picture; for nothing", async ({
      page,
    }) => {
      const { id, slug } = await newTeam(page);
      await page.request.patch("/api/v1/account", { data: { language: locale === "zh-CN" ? "zh-CN" : "en" } });
      const { body } = await buy(page.request, slug, { region: "US", window: "7" });
      const [row] = body.snapshot.rows as { categoryId: string; posts: number }[];
      const of = `/api/v1/categories/${row?.categoryId}`;
      for (const [path, data] of [
        [`${of}/own-numbers`, { region: "US", month: "2026-01", cpa: 4.5, currency: "USD" }],
        [`${of}/notes`, { kind: "watching", text: "=1+1", region: "US" }],
      ] as const) {
        expect((await page.request.post(`${path}?team=${slug}`, { data })).status()).toBe(201);
      }
      const before = await charges(id);

      await page.goto(`/t/${slug}/categories/${row?.categoryId}?region=US&window=7`);
      const figures = (await saved(page, `${words.csv}: ${words.figures}`)).toString();
      expect(figures.startsWith(BOM)).toBe(true);
      const [, heads = "", ...lines] = figures.split("\r\n");
      expect(heads).toContain(words.value);
      expect(lines.find((line) => line.includes(",posts,"))).toContain(`,posts,${row?.posts},`);
      expect((await saved(page, `${words.csv}: ${words.numbers}`)).toString()).toContain(",own,US,,,,4.5,,USD,");
      expect((await saved(page, `${words.csv}: ${words.notes}`)).toString()).toContain(",'=1+1,");
      const workbook = await saved(page, `${words.excel}: ${words.notes}`);
      expect(workbook.subarray(0, 2).toString()).toBe("PK");

      await page.goto(`/t/${slug}/categories/${row?.categoryId}/brief?region=US&window=7`);
      await page.getByText(words.behind).click();
      await expect(page.getByRole("table", { name: words.answers }).getByRole("rowheader")).toHaveCount(1);
      await expectReadable(page);

      await page.goto(`/t/${slug}/alerts`);
      const form = page.locator("form", { has: page.getByRole("button", { name: words.preview }) });
      await form.getByLabel(words.scope).selectOption("category");
      await form.locator("[name=categoryId]").selectOption(row?.categoryId ?? "");
      await form.getByLabel(words.percent).fill("25");
      await form.getByRole("button", { name: words.preview }).click();
      const tried = page.getByRole("region", { name: words.preview });
      await tried.getByText(words.asTable).click();
      await expect(tried.getByRole("table").getByRole("rowheader")).toHaveCount(1);
      await tried.getByRole("button", { name: new RegExp(`^${words.picture}.*`) }).click();
      expect((await saved(page, words.svg)).toString()).toContain("<svg");
      await expectReadable(page);

      await page.goto(`/t/${slug}`);
      expect((await saved(page, `${words.csv}: ${words.stored}`)).toString()).toContain(body.snapshot.receipt.id);
      expect(await charges(id)).toEqual(before);
    });
  });
}

test("without a script a brief still has the table behind its chart", async ({ browser, page }) => {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const [row] = body.snapshot.rows as { categoryId: string }[];
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: "en-US",
    storageState: await page.context().storageState(),
  });
  const still = await context.newPage();
  await still.goto(`/t/${slug}/categories/${row?.categoryId}/brief?region=US&window=7`);
  await still.getByText("1 answer behind the chart").click();
  await expect(still.getByRole("table", { name: "Answers" }).getByRole("rowheader")).toHaveCount(1);
  await context.close();
});
