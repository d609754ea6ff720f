import { expect, test } from "./fixtures";
import { newTeam, PASSWORD } from "./people";

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("an owner reads who changed what, from where, narrows it down and takes it along", async ({ page }) => {
    const { slug, email } = await newTeam(page);
    const limits = (team: number) => page.request.put(`/api/v1/credits/limits?team=${slug}`, { data: { team } });
    expect((await limits(300)).status()).toBe(200);
    expect((await limits(250)).status()).toBe(200);
    await page.request.post("/api/v1/account/sign-out");
    await page.request.post("/api/v1/account/sign-in", { data: { email, password: PASSWORD } });

    await page.goto(`/t/${slug}/settings/key`);
    await page.getByRole("link", { name: "Audit log" }).click();
    const log = page.getByRole("table", { name: "Audit log" });
    const [newest] = await log.getByRole("row").filter({ hasText: "Limit changed" }).all();
    await expect(newest ?? log).toContainText("Mia Keller");
    await expect(newest ?? log).toContainText(/Credits\s*300.*250/);
    await expect(log.getByRole("row").filter({ hasText: "Signed in" })).toContainText("Chrome");

    await page.getByLabel("Kind").selectOption("API tokens");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByText("Nothing was noted that fits this filter.")).toBeVisible();
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(log).toBeVisible();
    await page.getByLabel("Kind").selectOption("Limits");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(log.getByRole("row")).toHaveCount(3);
    await expect(page).toHaveURL(/\?kind=limit$/);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`nichebook-audit-${slug}.csv`);

    // What cannot be read stays in its field, with the way to mend it.
    await page.goto(`/t/${slug}/settings/audit?from=yesterday&kind=limit&cursor=cut`);
    await expect(page.getByText("A day is written as 2026-11-23.")).toBeVisible();
    await expect(page.getByLabel("From", { exact: true })).toHaveValue("yesterday");
    await expect(log.getByRole("row")).toHaveCount(3);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 } });

  test("the log reads as well on a phone", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.request.put(`/api/v1/credits/limits?team=${slug}`, { data: { team: 300 } });
    await page.goto(`/t/${slug}/settings/audit?kind=limit`);
    const row = page.getByRole("table", { name: "操作日志" }).getByRole("row").filter({ hasText: "更改限额" });
    await expect(row).toContainText("Mia Keller");
    await expect(row).toContainText("300");
    await expect(page.getByRole("link", { name: "导出 CSV" })).toBeVisible();
  });
});
