import type { Page } from "@playwright/test";
import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

/** Runs go through the job queue and pages are read anew after them: on a busy machine that takes its time. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 180_000 });

/** A team that knows two pages of a ranking, and a list in the window of 30 days, of which nothing is stored yet. */
async function teamWithList(page: Page, window = "7") {
  const team = await newTeam(page);
  const ids: string[] = [];
  for (const nth of [1, 2]) {
    const { body } = await buy(page.request, team.slug, { region: "US", window: "7", page: nth });
    ids.push(...body.snapshot.rows.map(({ categoryId }: { categoryId: string }) => categoryId));
  }
  const list = await makeList(page, team.slug, "Beauty US", [...ids.slice(0, 3), ...ids.slice(20, 22)], window);
  return { ...team, ids, list };
}

async function makeList(page: Page, slug: string, name: string, ids: string[], window: string): Promise<string> {
  const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name, window } });
  const { id } = await made.json();
  for (const categoryId of ids) {
    await page.request.post(`/api/v1/watchlists/${id}/items?team=${slug}`, { data: { categoryId, region: "US" } });
  }
  return id;
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a list is refreshed by its pages for the price on the button, and its credits count under its name", async ({
    page,
  }) => {
    const { id, slug, list } = await teamWithList(page);
    const before = (await charges(id)).credits;
    await page.goto(`/t/${slug}/watchlists/${list}`);
    const panel = page.getByRole("region", { name: "Refresh", exact: true });
    await expect(panel).toContainText("All 5 items are fresh: nothing to buy");
    await expect(panel).toContainText("5 items · 2 requests · 4 credits (one by one: 10)");
    await panel.getByText("The requests").click();
    await expect(panel.getByRole("listitem")).toHaveCount(2);
    await expect(panel.getByRole("listitem").first()).toContainText("page 1 of the ranking");
    await expectReadable(page);
    expect((await charges(id)).credits).toBe(before);

    await page.getByRole("button", { name: "Refresh list · 4 credits", exact: true }).click();
    const progress = page.getByRole("region", { name: "Progress of the run" });
    await expect(progress).toHaveAttribute("data-state", "done");
    await expect(progress.getByRole("status")).toContainText("Done · 5 of 5 items are fresh · 2 requests · 4 credits");
    await page.reload();
    await expect(progress.getByRole("status")).toContainText("Done · 5 of 5 items are fresh");
    expect((await charges(id)).credits).toBe(before + 4);
    await expectReadable(page);
    await page.goto(`/t/${slug}/credits?by=search`);
    await expect(page.getByText("Beauty US").first()).toBeVisible();
  });

  test("what a price does not reach is left, said, and bought with the next press", async ({ page }) => {
    const { slug, list } = await teamWithList(page, "30");
    const answer = await page.request.post(`/api/v1/watchlists/${list}/refresh?team=${slug}`, {
      data: { maxCredits: 4 },
    });
    expect(answer.status()).toBe(202);
    await page.goto(`/t/${slug}/watchlists/${list}`);
    const progress = page.getByRole("region", { name: "Progress of the run" });
    await expect(progress).toHaveAttribute("data-state", "failed");
    await expect(progress).toContainText("2 of 5 items are fresh");
    await page.getByRole("button", { name: "Refresh list · 6 credits", exact: true }).click();
    await expect(progress).toHaveAttribute("data-state", "done");
    await expect(progress).toContainText("5 of 5 items are fresh · 3 requests · 6 credits");
  });

  test("several lists and a search are refreshed together: what they share is bought once", async ({ page }) => {
    const { slug, ids } = await teamWithList(page, "30");
    await makeList(page, slug, "Home US", [...ids.slice(1, 3), ...ids.slice(5, 7)], "30");
    await page.request.post(`/api/v1/searches?team=${slug}`, {
      data: { name: "Top of the US", region: "US", window: "30", pages: 1 },
    });
    await page.goto(`/t/${slug}/watchlists`);
    for (const name of ["Beauty US", "Home US", "Top of the US"]) await page.getByLabel(name, { exact: true }).check();
    await page.getByRole("button", { name: "Show the plan" }).click();
    const panel = page.getByRole("region", { name: "Refresh", exact: true });
    await expect(panel).toContainText("7 items");
    await expectReadable(page);
    await panel.getByRole("button", { name: /^Refresh together · \d+ credits$/ }).click();
    const progress = page.getByRole("region", { name: "Progress of the run" });
    await expect(progress).toHaveAttribute("data-state", "done");
    await expect(progress).toContainText("7 of 7 items are fresh");
    await expect(panel).toContainText("All 7 items are fresh: nothing to buy");
    await page.goto(`/t/${slug}/searches`);
    await page.getByRole("link", { name: "Top of the US" }).click();
    await expect(page.getByRole("list", { name: "Past runs" })).toContainText("3 lists and searches at once");
  });
});

test.describe("in Chinese on a phone", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 }, hasTouch: true });

  test("a list is refreshed for its price", async ({ page }) => {
    const { slug, list } = await teamWithList(page);
    await page.goto(`/t/${slug}/watchlists/${list}`);
    const panel = page.getByRole("region", { name: "更新", exact: true });
    await expect(panel).toContainText("5 个类目均在有效期内，无需获取");
    await panel.getByText("查看各次请求").click();
    await expectReadable(page);
    await page.getByRole("button", { name: "更新清单 · 4 积分", exact: true }).click();
    await expect(page.getByRole("region", { name: "运行进度" })).toContainText("5 个类目中 5 个已是有效数据");
    await page.goto(`/t/${slug}/watchlists`);
    await expectReadable(page);
  });
});
