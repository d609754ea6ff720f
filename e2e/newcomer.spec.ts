import { expect, test } from "./fixtures";
import { PASSWORD, unique } from "./people";
import { charges } from "./sandbox";

test.describe("in English", () => {
  test.use({ locale: "en-US", timezoneId: "America/New_York" });

  test("a newcomer signs up, makes a team, uses the sandbox, buys a ranking, opens it again for free, and finds the purchase in the ledger", async ({
    page,
  }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Create account" }).first().click();
    await page.getByLabel("Name").fill("Mia Keller");
    await page.getByLabel("Email").fill(`${unique("mia")}@example.com`);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();

    await page.getByLabel("Team name").fill(unique("Luma Trading"));
    await page.getByRole("button", { name: "Create team" }).click();
    await expect(page).toHaveURL(/\/t\/luma-trading/);
    const team = new URL(page.url()).pathname;

    await page.goto(`${team}/settings/key`);
    await page.getByRole("button", { name: "Use the sandbox" }).click();
    await expect(page.getByText("Sandbox · invented data").first()).toBeVisible();

    const slug = team.replace("/t/", "");
    const { team: facts } = await (await page.request.get(`/api/v1/me?team=${slug}`)).json();
    await page.goto(`${team}/explore`);
    await page.getByLabel("Region").selectOption("US");
    await page.getByLabel("Time window").selectOption("7");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/region=US/);
    await page.getByRole("button", { name: "Fetch · 2 credits" }).first().click();
    const table = page.getByRole("table", { name: "Ranking" });
    await expect(table.getByRole("row")).toHaveCount(21);
    const link = page.url();
    const bought = { requests: 1, charged: 1, credits: 2 };
    expect(await charges(facts.id)).toEqual(bought);

    await page.goto("/");
    await page.goto(link);
    await expect(table.getByRole("row")).toHaveCount(21);
    await expect(page.getByText("0 credits").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Refresh · 2 credits" }).first()).toBeVisible();
    expect(await charges(facts.id)).toEqual(bought);

    await page.goto(`${team}/credits`);
    const ledger = page.getByRole("table", { name: "Ledger" });
    await expect(ledger.getByRole("row")).toHaveCount(2);
    await expect(ledger.getByRole("row").nth(1)).toContainText("Mia Keller");
    await expect(ledger.getByRole("row").nth(1)).toContainText("2");
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", timezoneId: "Asia/Shanghai" });

  test("the same path speaks Chinese from the first page on", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await page.goto("/sign-up");
    const fields = page.getByRole("textbox");
    await fields.nth(0).fill("陈伟");
    await fields.nth(1).fill(`${unique("chen")}@example.com`);
    await page.locator("input[type=password]").fill(PASSWORD);
    await page.locator("main form button[type=submit]").click();

    await expect(page).toHaveURL(/\/teams\/new/);
    await page.getByRole("textbox").first().fill("光点贸易");
    await page.locator("main form button[type=submit]").click();
    await expect(page).toHaveURL(/\/t\/team-/);
    const team = new URL(page.url()).pathname;

    await page.goto(`${team}/settings/key`);
    await page.getByRole("button", { name: "使用演示数据" }).click();
    await expect(page.getByText("演示数据（虚构）").first()).toBeVisible();

    await page.goto(`${team}/explore?region=US&window=7`);
    await page.getByRole("button", { name: "获取 · 2 积分" }).first().click();
    await expect(page.getByRole("table").getByRole("row")).toHaveCount(21);
    await expect(page.getByRole("button", { name: "更新 · 2 积分" }).first()).toBeVisible();
    await expect(page.getByText("0 积分").first()).toBeVisible();

    await page.goto(`${team}/credits`);
    await expect(page.getByRole("table").last().getByRole("row").nth(1)).toContainText("陈伟");
  });
});
