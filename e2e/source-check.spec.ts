import { expect as plainExpect, test } from "./fixtures";
import { join, newTeam, signUp } from "./people";
import { expectReadable } from "./readable";
import { charges, fault } from "./sandbox";

/** Checks go through the job queue: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 180_000 });

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a check is bought for the price on its button, says what it found with receipts, and is there again later", async ({
    page,
  }) => {
    const { id: teamId, slug } = await newTeam(page);
    await page.goto("/help");
    await page.getByRole("link", { name: /^Check the source of/ }).click();
    await page.waitForURL(`**/t/${slug}/settings/key#source`);
    const card = page.getByRole("region", { name: "Check the source" });
    await expect(card.getByText("Not checked yet.")).toBeVisible();
    await expect(card.getByText("says nothing about the real provider")).toBeVisible();
    const before = await charges(teamId);
    await card.getByRole("button", { name: "Check the source · 24 credits" }).click();
    await expect(card.getByText(/^Checked .* by Mia Keller · 24 credits · key ending in/)).toBeVisible();
    expect((await charges(teamId)).credits - before.credits).toBe(24);

    const found = card.getByRole("list", { name: "What the check found" }).getByRole("listitem");
    await expect(found).toHaveCount(11);
    await expect(found.filter({ hasText: "Last 1, 7 and 30 days" })).toContainText("Each gives figures of its own.");
    await expect(found.filter({ hasText: "Calendar months" })).toContainText("as assumed");
    await expect(found.filter({ hasText: "A keyword that fits nothing" })).toContainText(
      "An empty list comes back. In the ledger: charged.",
    );
    await expect(found.filter({ hasText: "Only the balance at KeyAPI tells" })).toContainText("not known");
    await expectReadable(page);

    await found.filter({ hasText: "Second page" }).getByRole("link", { name: "Receipt 2 of “Second page”" }).click();
    await expect(page.getByText("page 2").first()).toBeVisible();
    await page.goto(`/t/${slug}/settings/key`);
    await expect(found).toHaveCount(11);
    // All of it is stored of this hour: another one is for nothing, and the first stays where it is.
    await card.getByRole("button", { name: "Check the source · 0 credits" }).click();
    await expect(card.getByRole("navigation", { name: "Checks so far" }).getByRole("link")).toHaveCount(2);
    expect((await charges(teamId)).credits - before.credits).toBe(24);
    await card.getByRole("link", { name: /24 credits/ }).click();
    await expect(card.getByText(/^Checked .* · 24 credits/).first()).toBeVisible();
  });

  test("one that is stopped half-way keeps what it has, through a reload; who manages no key sees it and cannot press", async ({
    page,
    browser,
  }) => {
    const { id: teamId, slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/key`);
    const card = page.getByRole("region", { name: "Check the source" });
    await fault(teamId, "slow", 12, 1500);
    await card.getByRole("button", { name: "Check the source · 24 credits" }).click();
    const progress = card.getByRole("region", { name: "Progress of the run" });
    await expect(progress).toBeVisible();
    await page.reload();
    await expect(progress).toBeVisible();
    await progress.getByRole("button", { name: "Stop" }).click();
    await expect(card.getByText("This check ended before its end.")).toBeVisible();
    await expect(card.getByText("The answers do not tell.").first()).toBeVisible();
    expect((await charges(teamId)).credits).toBeLessThan(24);
    await expect(card.getByRole("button", { name: /^Check the source · \d+ credits$/ })).toBeVisible();

    const guest = await browser.newContext({ locale: "en-US" });
    await signUp(guest.request, "Wei Lin");
    await join(page.request, slug, guest.request, "analyst");
    const seen = await guest.newPage();
    await seen.goto(`/t/${slug}/settings/key`);
    await expect(seen.getByText("This check ended before its end.")).toBeVisible();
    await expect(seen.getByRole("button", { name: /Check the source/ })).toHaveCount(0);
    await guest.close();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 } });

  test("the same on a phone, where a refused key is said", async ({ page }) => {
    const { id: teamId, slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/key`);
    const card = page.getByRole("region", { name: "检测数据源" });
    await card.getByRole("button", { name: "检测数据源 · 24 积分" }).click();
    const found = card.getByRole("list", { name: "检测结果" }).getByRole("listitem");
    await expect(found.filter({ hasText: "近 1、7、30 天" })).toContainText("各周期的数值都不相同。");
    await expect(found.filter({ hasText: "没有匹配的关键词" })).toContainText("返回空列表。积分流水记为已扣。");
    await expectReadable(page);

    await fault(teamId, "401");
    await page.request.post(`/api/v1/key/test?team=${slug}`);
    await page.reload();
    await card.getByRole("button", { name: /^检测数据源 · / }).click();
    await expect(card.getByRole("alert")).toContainText("数据源拒绝了密钥");
  });
});
