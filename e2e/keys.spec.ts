import { expect, test } from "./fixtures";
import { newTeam } from "./people";

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("an owner keeps two keys, changes the one in use, and removes the other", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/key`);
    const save = async (key: string, name: string) => {
      await page.getByLabel("API key").fill(key);
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByRole("button", { name: "Save key" }).click();
    };
    await save("sk_live_first_AAAA", "x".repeat(61));
    await expect(page.getByText("A key’s name has at most 60 characters.")).toBeVisible();
    await expect(page.getByLabel("API key")).toHaveValue("sk_live_first_AAAA");
    await save("sk_live_first_AAAA", "Main account");
    const kept = page.getByRole("region", { name: "Keys" }).getByRole("listitem");
    await expect(kept).toHaveCount(1);
    await save("sk_live_second_BBBB", "Spare account");
    await expect(kept).toHaveCount(2);
    await expect(kept.filter({ hasText: "In use" })).toContainText("Spare account");

    await page.getByRole("button", { name: "Use Main account" }).click();
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText("Requests under way finish with the key that they were asked with.");
    await question.getByRole("button", { name: "Use this key" }).click();
    await expect(kept.filter({ hasText: "In use" })).toContainText("Main account");
    await page.getByRole("button", { name: "Remove Spare account" }).click();
    await question.getByRole("button", { name: "Remove key" }).click();
    await expect(kept).toHaveCount(1);
    expect(await page.content()).not.toContain("sk_live_");

    await page.goto(`/t/${slug}/settings/audit?kind=key`);
    const log = page.getByRole("table", { name: "Audit log" });
    await expect(log.getByRole("row").filter({ hasText: "Another KeyAPI key put to use" })).toContainText(/BBBB.*AAAA/);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 } });

  test("the same on a phone", async ({ page }) => {
    const { slug } = await newTeam(page);
    for (const [apiKey, name] of [
      ["sk_live_first_AAAA", "主账号"],
      ["sk_live_second_BBBB", "备用账号"],
    ]) {
      const saved = await page.request.put(`/api/v1/key?team=${slug}`, { data: { apiKey, name } });
      expect(saved.status()).toBe(200);
    }
    await page.goto(`/t/${slug}/settings/key`);
    await page.getByRole("button", { name: "启用 主账号" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "启用此密钥" }).click();
    const kept = page.getByRole("region", { name: "密钥列表" }).getByRole("listitem");
    await expect(kept.filter({ hasText: "使用中" })).toContainText("主账号");
  });
});
