import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";

// Whole walks, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** The page of a category of a team that has just bought a ranking. */
async function openCategory(page: Page) {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const id: string = body.snapshot.rows[0].categoryId;
  const entered = await page.request.post(`/api/v1/categories/${id}/own-numbers?team=${slug}`, {
    data: { region: "US", month: "2026-01", ctrPct: 1, cpa: 5, currency: "USD" },
  });
  expect(entered.status()).toBe(201);
  await page.goto(`/t/${slug}/categories/${id}?region=US&window=month`);
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a table is shown as understood, with what changes and what is left out, before a month of it is kept", async ({
    page,
  }) => {
    await openCategory(page);
    const own = page.getByRole("region", { name: "Our own numbers" });
    await own.getByRole("button", { name: "Paste a table" }).click();
    const table = own.getByRole("textbox", { name: "Table by month and region" });
    await table.fill("CTR\n1.5%");
    await own.getByRole("button", { name: "Check the table" }).click();
    await expect(own.getByText(/The first line must name the columns/)).toBeVisible();
    await expect(table).toHaveValue("CTR\n1.5%");

    const pasted =
      "Month\tRegion\tCTR\tSpend\tROAS\nJan 2026\tUS\t1.5%\t\t3\n2026-02\tUK\t2%\t1,200\t3\nsoon\tUS\t1%\t\t";
    await table.fill(pasted);
    await own.getByLabel("Currency of lines without one").fill("EUR");
    await own.getByRole("button", { name: "Check the table" }).click();
    await expect(own.getByText("1 to enter, 1 to change, 1 line is left out. Nothing is saved yet.")).toBeVisible();
    const understood = own.getByRole("table", { name: "As understood" });
    await expect(understood.getByRole("row", { name: /January 2026/ })).toContainText("1% → 1.5%");
    await expect(understood.getByRole("row", { name: /February 2026 · United Kingdom/ })).toContainText("1,200 EUR");
    await expect(own.getByText(/Line 4 “soon” · no month/)).toBeVisible();
    await expect(own.getByText("Columns left alone: ROAS.")).toBeVisible();
    await expect(own.getByRole("listitem").filter({ hasText: "January 2026" })).toContainText("1.00%");

    await own.getByRole("button", { name: "Save 2 months" }).click();
    await expect(own.getByText("Saved: 1 entered, 1 changed. 1 line was left out and not saved.")).toBeVisible();
    await expect(table).toHaveValue(pasted);
    await expect(own.getByRole("listitem").filter({ hasText: "January 2026" })).toContainText("1.50%");
    await expect(own.getByRole("listitem").filter({ hasText: "February 2026" })).toContainText("EUR");
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark", viewport: { width: 360, height: 780 } });

  test("a Chinese table is understood by its own words and saved whole", async ({ page }) => {
    await openCategory(page);
    const own = page.getByRole("region", { name: "自有数据" });
    await own.getByRole("button", { name: "粘贴表格" }).click();
    await own
      .getByRole("textbox", { name: "按月份和国家/地区的表格" })
      .fill("月份,国家/地区,点击率,花费（CNY）\n2026年2月,美国,２.１%,1.2万\n2026年3月,英国,3%,—");
    await own.getByRole("button", { name: "检查表格" }).click();
    await expect(own.getByText("将新增 2 个月、更改 0 个月，没有被略过的行。尚未保存。")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await own.getByRole("button", { name: "保存 2 个月" }).click();
    await expect(own.getByRole("listitem").filter({ hasText: "2026年2月" })).toContainText("CNY");
    await expect(own.getByRole("button", { name: "粘贴表格" })).toBeVisible();
  });
});
