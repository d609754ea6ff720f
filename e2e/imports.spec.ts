import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { charges } from "./sandbox";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

async function teamWithRanking(page: Page) {
  const { id, slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const row: { categoryId: string; path: string[] } = body.snapshot.rows[0];
  return { id, slug, categoryId: row.categoryId, name: row.path[2] ?? "" };
}

/** Chooses a file once the page listens to it. It never lies on a disk, whose names may know no Chinese. */
async function choose(page: Page, label: string, name: string, content: string | Buffer): Promise<void> {
  const field = page.getByLabel(label);
  await expect(field).toBeEnabled();
  await field.setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a sheet is mapped on screen, imported, drawn apart without a receipt, and removed with a way back", async ({
    page,
  }) => {
    const { id, slug, categoryId, name } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/settings/imports`);
    const sheet = `When,Category,CTR,Price\n2026-01,"${name}",1.8%,4.92\n2026-02,"${name}",2%,5\nsoon,x,,`;
    await choose(page, "CSV or Excel file", "old.csv", sheet);
    await page.getByRole("button", { name: "Check the sheet" }).click();
    await expect(page.getByText("Say which column holds the month or date.")).toBeVisible();
    await page.getByRole("combobox", { name: "When" }).selectOption({ label: "Month or date" });
    await page.getByRole("combobox", { name: "Price" }).selectOption({ label: "CPA" });
    await page.getByRole("button", { name: "Check the sheet" }).click();
    await expect(page.getByText("2 lines are understood, 1 is left out. Nothing is saved yet.")).toBeVisible();
    await expect(page.getByText(/Line 4 “soon” · no date/)).toBeVisible();
    await expect(page.getByRole("table", { name: "The first lines, as understood" })).toContainText("4.92");
    await page.getByRole("button", { name: "Import 2 lines" }).click();
    const list = page.getByRole("table", { name: "History from old sheets" });
    await expect(list.getByRole("row", { name: /old\.csv/ })).toContainText("2");

    await page.goto(`/t/${slug}/categories/${categoryId}?region=US&window=month&metric=cpa`);
    const course = page.getByRole("region", { name: "Course" });
    await expect(course.getByText("Imported, no receipt", { exact: true })).toBeVisible();
    const points = page.getByRole("table", { name: "Imported points" });
    await expect(points.getByRole("row", { name: /January 2026/ })).toContainText("4.92");

    await page.goto(`/t/${slug}/settings/imports`);
    await page.getByRole("button", { name: "Remove old.csv" }).click();
    await expect(page.getByRole("heading", { name: "No sheet is imported" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(list.getByRole("row", { name: /old\.csv/ })).toBeVisible();
    expect(await charges(id)).toEqual(before);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark", viewport: { width: 360, height: 780 } });

  test("a sheet as a Chinese spreadsheet saves it is understood by its own heads", async ({ page }) => {
    const { slug, categoryId } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/settings/imports`);
    // "月份,类目,点击率" and "2026年1月" in GB18030, which no encoder here writes.
    const bytes = Buffer.concat([
      Buffer.from("d4c2b7dd2cc0e0c4bf2cb5e3bbf7c2ca0a32303236c4ea31d4c22c", "hex"),
      Buffer.from(`${categoryId},1.8%`),
    ]);
    await choose(page, "CSV 或 Excel 文件", "旧表.csv", bytes);
    await page.getByRole("button", { name: "检查表格" }).click();
    await expect(page.getByText("识别 1 行，没有被略过的行。尚未保存。")).toBeVisible();
    expect(await fits(page)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "导入 1 行" }).click();
    await expect(
      page.getByRole("table", { name: "旧表历史数据" }).getByRole("row", { name: /旧表\.csv/ }),
    ).toBeVisible();
    await page.goto(`/t/${slug}/categories/${categoryId}?region=US&window=month&metric=ctrPct`);
    await expect(page.getByRole("table", { name: "导入数据" })).toContainText("1.80%");
    expect(await fits(page)).toBeLessThanOrEqual(0);
  });
});
