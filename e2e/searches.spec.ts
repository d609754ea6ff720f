import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect as plainExpect, test } from "./fixtures";
import { newTeam } from "./people";
import { charges, fault } from "./sandbox";

/** Runs go through the job queue and pages are read anew after them: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 180_000 });

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual(
    [],
  );
}

async function saveSearch(page: Page, depth: string, name: string) {
  await page.getByRole("button", { name: "Save search" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this search" });
  await dialog.getByLabel("Name").fill("");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByText("Give it a name.")).toBeVisible();
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Depth").selectOption(depth);
  await dialog.getByLabel("Tags").fill("weekly, beauty");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a search is saved from the ranking, run for its price, gone on with after a failure, and compared", async ({
    page,
  }) => {
    const team = await newTeam(page);
    await page.goto(`/t/${team.slug}/searches`);
    await expect(page.getByText("No saved searches yet")).toBeVisible();
    await page.goto(`/t/${team.slug}/explore?region=GB&window=7`);
    await saveSearch(page, "3", "UK weekly");
    expect(await charges(team.id)).toMatchObject({ credits: 0 });

    await page.getByRole("button", { name: "Run · 6 credits" }).click();
    const progress = page.getByRole("region", { name: "Progress of the run" });
    await expect(progress).toHaveAttribute("data-state", "done");
    await expect(progress.getByRole("status")).toContainText("Done · bought 3 of 3 · 6 credits");
    await page.reload();
    await expect(progress.getByRole("status")).toContainText("Done · bought 3 of 3 · 6 credits");
    await expect(page.getByRole("table", { name: "Ranking" }).getByRole("row")).toHaveCount(51);
    await expect(page.getByText("1–50 of 60")).toBeVisible();
    await page.getByRole("link", { name: "Next page" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("51–60 of 60")).toBeVisible();
    const rows = page.getByRole("table", { name: "Ranking" }).getByRole("rowheader");
    await expect(rows).toHaveCount(10);
    const last = await rows.last().getByRole("link").innerText();
    const field = page.getByRole("searchbox", { name: "Find in “Ranking”" });
    await field.fill(last);
    await field.press("Enter");
    await expect(rows.filter({ hasText: last }).first()).toBeVisible();
    await expect(page.getByText("1–50 of 60")).toHaveCount(0);
    await page.getByRole("link", { name: "Show all" }).click();
    await expect(page.getByText("1–50 of 60")).toBeVisible();
    expect(await charges(team.id)).toMatchObject({ credits: 6 });
    await expectAccessible(page);

    await fault(team.id, "500", 2);
    await page.getByRole("button", { name: "Run anew · 6 credits" }).click();
    await expect(progress).toHaveAttribute("data-state", "failed");
    await expect(progress).toContainText("The provider failed. What was fetched is kept");
    await page.getByRole("button", { name: "Run anew · 6 credits" }).click();
    await expect(progress).toHaveAttribute("data-state", "done");

    await page.getByRole("link", { name: "What changed" }).click();
    await expect(page.getByText("The two windows share 7 of 7 days: part of both is the same.")).toBeVisible();
    await expect(page.getByText("Both runs were bought down to row 60")).toBeVisible();
    await expect(page.getByRole("table", { name: "What changed" }).getByRole("row")).toHaveCount(51);
    await expectAccessible(page);

    await page.goto(`/t/${team.slug}/searches`);
    const row = page.getByRole("row", { name: /UK weekly/ });
    await expect(row).toContainText("3 of 3 pages");
    await expect(row).toContainText("all fresh · nothing to buy");
    await expectAccessible(page);
  });

  test("a run is watched through a reload and stopped, and goes on for the rest of the price", async ({ page }) => {
    const team = await newTeam(page);
    await fault(team.id, "slow", 25, 700);
    await page.goto(`/t/${team.slug}/explore`);
    await saveSearch(page, "25", "All of the US");
    await page.getByRole("button", { name: "Run · 50 credits" }).click();
    const progress = page.getByRole("region", { name: "Progress of the run" });
    await expect(progress.getByRole("status")).toContainText(/Bought [1-9]\d* of \d+ · \d+ credits so far/);
    await page.reload();
    await expect(progress.getByRole("status")).toContainText(/Bought \d+ of \d+/);
    await progress.getByRole("button", { name: "Stop" }).click();
    await expect(progress).toHaveAttribute("data-state", "stopped");
    await expect(progress.getByRole("status")).toContainText(/^Stopped · bought \d+ of \d+/);
    await expect(progress.getByRole("button", { name: /^Go on · \d+ credits$/ })).toBeVisible();
  });

  test("two who edit at once lose nothing, and a deleted search is had back", async ({ page }) => {
    const team = await newTeam(page);
    const made = await page.request.post(`/api/v1/searches?team=${team.slug}`, {
      data: { name: "Mine", region: "US", window: "7", pages: 1 },
    });
    const { id } = await made.json();
    await page.goto(`/t/${team.slug}/searches/${id}`);
    await page.getByLabel("Notes").fill("what I typed");
    const other = await page.request.patch(`/api/v1/searches/${id}?team=${team.slug}`, { data: { name: "Theirs" } });
    expect(other.status()).toBe(200);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Somebody else changed it meanwhile. It says now:")).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: "Theirs" })).toBeVisible();
    await expect(page.getByLabel("Notes")).toHaveValue("what I typed");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Changes saved")).toBeVisible();

    await page.getByRole("button", { name: "Delete search" }).click();
    await expect(page.getByText("No saved searches yet")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Mine" })).toBeVisible();
    expect(await charges(team.id)).toMatchObject({ credits: 0 });
  });
});

test.describe("中文", () => {
  test.use({ locale: "zh-CN" });

  test("保存、运行并比较常用查询", async ({ page }) => {
    const team = await newTeam(page);
    await page.goto(`/t/${team.slug}/explore`);
    await page.getByRole("button", { name: "存为常用查询" }).click();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByRole("button", { name: "运行 · 2 积分" }).click();
    await expect(page.getByRole("status").filter({ hasText: "已完成 · 获取 1/1 页 · 2 积分" })).toBeVisible();
    await page.getByRole("link", { name: "变化" }).click();
    await expect(page.getByText("还没有可比较的数据")).toBeVisible();
    await expectAccessible(page);
  });
});
