import { expect, test } from "./fixtures";
import { buy, createTeam, newTeam, unique } from "./people";
import { charges } from "./sandbox";

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("name, address and defaults are changed; the old address leads on, with what it asked for", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings`);
    await page.getByLabel("Team name").fill("x".repeat(10_000));
    await page.getByLabel("Address").fill("Settings");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("This word is one of the application’s own. Add another word to it.")).toBeVisible();
    await expect(page.getByLabel("Address")).toHaveValue("Settings");
    const taken = await createTeam(page.request, "Taken");
    await page.getByLabel("Team name").fill("Größe 🛍️ 宁波");
    await page.getByLabel("Address").fill(taken.slug);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Another team has or had this address. Add a word or a number.")).toBeVisible();
    const next = unique("renamed");
    await page.getByLabel("Address").fill(next);
    await page.getByLabel("Default region").selectOption("GB");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(`**/t/${next}/settings/general`);
    await expect(page.getByLabel("Team name")).toHaveValue("Größe 🛍️ 宁波");

    await page.goto(`/t/${slug}/searches?tag=beauty`);
    await expect(page).toHaveURL(new RegExp(`/t/${next}/searches\\?tag=beauty$`));
    await page.goto(`/t/${slug}/explore`);
    await expect(page).toHaveURL(new RegExp(`/t/${next}/explore`));
    await expect(page.getByRole("combobox", { name: "Region" })).toHaveValue("GB");
    // A page that was open under the old address still works.
    expect((await buy(page.request, slug, { region: "GB", window: "7" })).status).toBe(200);
  });

  test("two who save at once: the second sees what the first wrote, and loses nothing of their own", async ({
    page,
  }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/general`);
    const other = await page.context().newPage();
    await other.goto(`/t/${slug}/settings/general`);
    await other.getByLabel("Freshness (minutes)").fill("90");
    await other.getByRole("button", { name: "Save", exact: true }).click();
    await expect(other.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByLabel("Team name").fill("Ours");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const theirs = page.getByText("Somebody else changed the settings meanwhile").locator("..");
    await expect(theirs).toContainText("Freshness (minutes)");
    await expect(theirs).toContainText("90");
    await expect(page.getByLabel("Team name")).toHaveValue("Ours");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await other.reload();
    await expect(other.getByLabel("Team name")).toHaveValue("Ours");
    await expect(other.getByLabel("Freshness (minutes)")).toHaveValue("90");
  });

  test("a team is deleted only after its address was typed, buys nothing then, and is kept as it was", async ({
    page,
  }) => {
    const { id, slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/general`);
    await page.getByRole("button", { name: "Delete the team" }).click();
    const question = page.getByRole("alertdialog");
    const confirm = question.getByRole("button", { name: "Delete in seven days" });
    await question.getByLabel(`Type ${slug} to confirm`).fill("something else");
    await expect(confirm).toBeDisabled();
    await question.getByLabel(`Type ${slug} to confirm`).fill(slug);
    await confirm.click();
    await expect(page.getByText(/^This team will be deleted on /).first()).toBeVisible();
    const refused = await buy(page.request, slug, { region: "US", window: "7" });
    expect(refused).toMatchObject({ status: 409, body: { code: "conflict", reason: "team_deleting" } });
    expect(await charges(id)).toMatchObject({ requests: 0, credits: 0 });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Ledger", exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole("button", { name: "Keep the team" }).click();
    await question.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(page.getByText(/^This team will be deleted on /)).toHaveCount(0);
    expect((await buy(page.request, slug, { region: "US", window: "7" })).status).toBe(200);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", timezoneId: "Asia/Shanghai" });

  test("the settings speak Chinese, mistakes and the deletion included", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/general`);
    await page.getByLabel("地址").fill("宁波");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await expect(page.getByText("只能用小写字母 a–z、数字和中间的单个连字符，例如 luma-trading。")).toBeVisible();
    await page.getByLabel("地址").fill(slug);
    await page.getByLabel("团队名称").fill("宁波百货");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await expect(page.getByText("已保存", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "删除团队" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByLabel(`输入 ${slug} 以确认`).fill(slug);
    await question.getByRole("button", { name: "7 天后删除" }).click();
    await expect(page.getByText(/^团队将于.*删除$/).first()).toBeVisible();
    await page.goto(`/t/${slug}`);
    await expect(page.getByText("仍可查看和导出全部内容，但不能获取数据或作任何更改。")).toBeVisible();
    await page.getByRole("link", { name: "保留团队" }).click();
    await page.getByRole("button", { name: "撤销删除" }).click();
    await question.getByRole("button", { name: "保留", exact: true }).click();
    await expect(page.getByText("宁波百货 已保留")).toBeVisible();
  });
});
