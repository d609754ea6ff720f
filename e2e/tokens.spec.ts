import { expect, test } from "./fixtures";
import { newTeam } from "./people";

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a member makes a token, sees it once, uses it and ends it", async ({ page, playwright, baseURL }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/key`);
    await page.getByRole("link", { name: "API tokens" }).click();
    await expect(page.getByText("No tokens yet")).toBeVisible();

    await page.getByLabel("Its limit a month").fill("-4");
    await page.getByRole("button", { name: "Create token" }).click();
    await expect(page.getByText("Give the token a name.")).toBeVisible();
    await expect(page.getByText("A limit cannot be negative.")).toBeVisible();
    await expect(page.getByLabel("Its limit a month")).toHaveValue("-4");

    await page.getByLabel("Token name").fill("Nightly sheet");
    await page.getByLabel("It may").selectOption("Read and spend");
    await page.getByLabel("Its limit a month").fill("2");
    await page.getByRole("button", { name: "Create token" }).click();
    const shown = page.getByRole("textbox", { name: "The new token" });
    await expect(shown).toBeFocused();
    await expect(page.getByText("“Nightly sheet” is ready")).toBeVisible();
    const token = await shown.inputValue();
    expect(token).toMatch(/^nbk_/);

    const script = await playwright.request.newContext({
      baseURL: baseURL ?? "",
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    });
    const buy = (region: string) => script.post("/api/v1/insights", { data: { region, window: "7" } });
    expect((await buy("US")).status()).toBe(200);
    expect(await (await buy("GB")).json()).toMatchObject({ code: "token_limit_reached", limit: 2 });

    await page.reload();
    await expect(page.getByText(token)).toHaveCount(0);
    const row = page.getByRole("table", { name: "API tokens" }).getByRole("row", { name: /Nightly sheet/ });
    await expect(row).toContainText("of 2");
    await row.getByRole("button", { name: "Revoke Nightly sheet" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke token" }).click();
    await expect(row).toContainText("Revoked");
    expect((await script.get("/api/v1/me")).status()).toBe(401);
    await script.dispose();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 } });

  test("the same on a phone", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/tokens`);
    await page.getByLabel("令牌名称").fill("每晚报表");
    await page.getByRole("button", { name: "创建令牌" }).click();
    await expect(page.getByRole("textbox", { name: "新令牌" })).toHaveValue(/^nbk_/);
    await expect(page.getByRole("table", { name: "API 令牌" })).toContainText("每晚报表");
    await page.getByRole("button", { name: "撤销 每晚报表" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "撤销令牌" }).click();
    await expect(page.getByRole("table", { name: "API 令牌" })).toContainText("已撤销");
  });
});
