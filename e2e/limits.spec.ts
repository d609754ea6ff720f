import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { charges } from "./sandbox";

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("somebody at the limit is refused, asks for more, is granted it with one click, and buys", async ({ page }) => {
    const { id, slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/limits`);
    await page.getByLabel("Team limit a month").fill("300");
    const own = page.getByRole("textbox", { name: "Limit of Mia Keller" });
    await own.fill("-3");
    await page.getByRole("button", { name: "Save limits" }).click();
    await expect(page.getByText("A limit cannot be negative.")).toBeVisible();
    // What was typed stays, and nothing of it was saved.
    await expect(page.getByLabel("Team limit a month")).toHaveValue("300");
    await expect(own).toBeFocused();
    await own.fill("3");
    await page.getByRole("button", { name: "Save limits" }).click();
    await expect(page.getByText("0 spent, 0 reserved or to confirm, 300 left")).toBeVisible();

    expect((await buy(page.request, slug, { region: "US", window: "7" })).status).toBe(200);
    await page.goto(`/t/${slug}/explore?region=GB&window=7`);
    await page.getByRole("button", { name: "Fetch · 2 credits" }).first().click();
    await expect(page.getByText("Your limit is reached")).toBeVisible();
    await page.getByRole("button", { name: "Ask for more" }).click();
    await page.getByLabel("Credits", { exact: true }).fill("50");
    await page.getByLabel("What for").fill("The UK as well");
    await page.getByRole("button", { name: "Send to admins" }).click();
    await expect(page.getByText("Owners and admins can grant it with one click.")).toBeVisible();

    await page.goto(`/t/${slug}/settings/limits`);
    await expect(page.getByText("The UK as well")).toBeVisible();
    await page.getByRole("button", { name: /^Grant 50 credits for / }).click();
    await expect(page.getByText("with 50 granted")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Grant/ })).toHaveCount(0);

    await page.goto(`/t/${slug}/explore?region=GB&window=7`);
    await page.getByRole("button", { name: "Fetch · 2 credits" }).first().click();
    await expect(page.getByRole("table", { name: "Ranking" }).getByRole("row")).toHaveCount(21);
    expect(await charges(id)).toMatchObject({ requests: 2, credits: 4 });
  });

  test("a purchase above the team's amount is asked about once more, and only the second yes spends", async ({
    page,
  }) => {
    const { id, slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/limits`);
    await page.getByLabel("Ask once more above (credits)").fill("1");
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();

    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    const fetch = page.getByRole("button", { name: "Fetch · 2 credits" }).first();
    await fetch.click();
    const question = page.getByRole("alertdialog", { name: "Spend 2 credits?" });
    await expect(question).toContainText("No limit is set for this period.");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toHaveCount(0);
    expect(await charges(id)).toMatchObject({ requests: 0, credits: 0 });

    await fetch.click();
    await question.getByRole("button", { name: "Spend · 2 credits" }).click();
    await expect(page.getByRole("table", { name: "Ranking" }).getByRole("row")).toHaveCount(21);
    expect(await charges(id)).toMatchObject({ requests: 1, credits: 2 });
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", timezoneId: "Asia/Shanghai" });

  test("the limits page speaks Chinese, mistakes included", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/limits`);
    await page.getByLabel("团队每月限额").fill("1.5");
    await page.getByRole("button", { name: "保存限额" }).click();
    await expect(page.getByText("积分为整数，不能带小数。")).toBeVisible();
    await page.getByLabel("每期起始日").fill("29");
    await page.getByRole("button", { name: "保存设置" }).click();
    await expect(page.getByText("请填写 1 到 28 之间的日期，确保每个月都有这一天。")).toBeVisible();
  });
});
