import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, join, newTeam, signUp } from "./people";
import { expectReadable } from "./readable";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** A team with a stored ranking, and what its rows are called. */
async function teamWithRanking(page: Page): Promise<{ slug: string; names: string[]; ids: string[] }> {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const rows: { path: string[]; categoryId: string }[] = body.snapshot.rows;
  return { slug, names: rows.map(({ path }) => path[2] ?? ""), ids: rows.map(({ categoryId }) => categoryId) };
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a list is made, filled from a paste, noted, ordered, seen through other windows, deleted and had back", async ({
    page,
  }) => {
    const { slug, names } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/watchlists`);
    await expect(page.getByRole("heading", { name: "No watchlist yet" })).toBeVisible();
    await page.getByRole("button", { name: "Create watchlist" }).click();
    await expect(page.getByText("Give it a name.")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Beauty US");
    await page.getByLabel("Notes").fill("for the autumn");
    await page.getByRole("button", { name: "Create watchlist" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Beauty US" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Nothing on this list yet" })).toBeVisible();

    await page.getByRole("combobox", { name: "Category" }).fill(names[0] ?? "");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText("1 added")).toBeVisible();
    const table = page.getByRole("table", { name: "Watchlist" });
    await expect(table.getByRole("rowheader")).toHaveCount(1);

    await page.getByRole("button", { name: "Paste many…" }).click();
    await page.getByLabel("Ids or names").fill([names[0], names[1], names[2], "no such thing"].join("\n"));
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText("2 added · 1 already on the list · 1 not understood")).toBeVisible();
    await expect(page.getByText("Line 4: “no such thing”")).toBeVisible();
    await expect(table.getByRole("rowheader")).toHaveCount(3);

    const nth = (index: number) => table.getByRole("rowheader").nth(index);
    await page.getByRole("button", { name: `Move up: ${names[2]} · United States` }).focus();
    await page.keyboard.press("Enter");
    await expect(nth(1)).toContainText(names[2] ?? "");
    await page.getByRole("button", { name: `Edit: ${names[2]} · United States` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note", { exact: true }).fill("watch the CPA");
    await dialog.getByLabel("Tags").fill("gift, Q4");
    await dialog.getByLabel("Place in the list").fill("1");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(nth(0)).toContainText("watch the CPA");
    await expect(nth(0)).toContainText("Q4");
    await expectReadable(page);

    await page.getByRole("link", { name: "Q4", exact: true }).click();
    await expect(table.getByRole("rowheader")).toHaveCount(1);
    await page.getByRole("link", { name: "All tags" }).click();
    await expect(table.getByRole("rowheader")).toHaveCount(3);
    await page.getByRole("link", { name: "Last 30 days" }).click();
    await expect(page).toHaveURL(/window=30/);
    await expect(table.getByText("not fetched")).toHaveCount(3);
    await page.getByRole("link", { name: "Last 7 days" }).click();

    await page.getByRole("button", { name: `Edit: ${names[2]} · United States` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take off the list" }).click();
    await expect(table.getByRole("rowheader")).toHaveCount(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(nth(0)).toContainText("watch the CPA");

    await page.getByRole("button", { name: "Edit list" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete list" }).click();
    await expect(page.getByRole("heading", { name: "No watchlist yet" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Beauty US" })).toBeVisible();
    await expect(table.getByRole("rowheader")).toHaveCount(3);
  });

  test("a star in the ranking watches with one press, says on which list and by whom, and is taken back", async ({
    page,
    browser,
    baseURL,
  }) => {
    const { slug, names } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    const [first, second] = names.map((name) => `${name} · United States`);
    const off = page.getByRole("button", { name: `Watch ${first}`, exact: true });
    await expect(off).toBeEnabled();
    await off.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Added to “My watchlist”")).toBeVisible();
    const on = page.getByRole("button", { name: `Watched: ${first}. On “My watchlist”, by Mia Keller`, exact: true });
    await expect(on).toBeVisible();
    await page.getByRole("button", { name: `Watch ${second}`, exact: true }).click();
    await expect(page.getByRole("button", { name: /^Watched:/ })).toHaveCount(2);
    await on.click();
    await page.getByRole("menuitemcheckbox", { name: "My watchlist" }).click();
    await expect(page.getByRole("button", { name: /^Watched:/ })).toHaveCount(1);
    await expect(page.getByText("Taken off “My watchlist”")).toBeVisible();
    await expectReadable(page);
    await page.goto(`/t/${slug}/watchlists`);
    await page.getByRole("link", { name: "My watchlist" }).click();
    const table = page.getByRole("table", { name: "Watchlist" });
    await expect(table).toContainText(names[1] ?? "");

    const row = table.getByRole("button", { name: /^Watched:/ });
    await row.click();
    await page.getByRole("menuitem", { name: "New list" }).click();
    await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Pets");
    await page.getByRole("button", { name: "Create and add" }).click();
    const both = `Watched: ${second}. On “My watchlist”, by Mia Keller · On “Pets”, by Mia Keller`;
    await expect(table.getByRole("button", { name: both, exact: true })).toBeEnabled();
    await row.click();
    await page.getByRole("menuitemcheckbox", { name: "My watchlist" }).click();
    await expect(page.getByRole("heading", { name: "Nothing on this list yet" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(table.getByRole("button", { name: /^Watched:/ })).toBeVisible();

    // Who may only read sees it too, and changes nothing.
    const guest = await browser.newContext({ baseURL: baseURL ?? "", locale: "en-US" });
    await signUp(guest.request, "Chen Wei");
    await join(page.request, slug, guest.request, "viewer");
    const theirs = await guest.newPage();
    await theirs.goto(`/t/${slug}/explore?region=US&window=7`);
    await expect(theirs.getByRole("img", { name: `Watched: ${second}. On` })).toBeVisible();
    await expect(theirs.getByRole("button", { name: /^Watch/ })).toHaveCount(0);
    await expectReadable(theirs);
    await guest.close();
  });

  test("an item is dragged to another place, goes back when that is refused, and the list is saved as a file", async ({
    page,
  }) => {
    const { slug, names, ids } = await teamWithRanking(page);
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Ours" } });
    const { id } = await made.json();
    for (const categoryId of ids.slice(0, 3)) {
      await page.request.post(`/api/v1/watchlists/${id}/items?team=${slug}`, { data: { categoryId, region: "US" } });
    }
    await page.goto(`/t/${slug}/watchlists/${id}`);
    const table = page.getByRole("table", { name: "Watchlist" });
    const nth = (index: number) => table.getByRole("rowheader").nth(index);
    const gripOf = (index: number) =>
      table
        .getByRole("row")
        .nth(index + 1)
        .locator(".grip");
    await expect(gripOf(0)).toHaveAttribute("draggable", "true");
    const drag = async (from: number, to: number) => {
      const box = await nth(to).boundingBox();
      await gripOf(from).dragTo(nth(to), { targetPosition: { x: 20, y: (box?.height ?? 40) - 4 } });
    };
    await drag(0, 2);
    await expect(nth(2)).toContainText(names[0] ?? "");
    await expect(nth(0)).toContainText(names[1] ?? "");
    await page.reload();
    await expect(nth(2)).toContainText(names[0] ?? "");
    await expect(gripOf(0)).toHaveAttribute("draggable", "true");
    // Somebody else takes the item off meanwhile.
    const { items } = await (await page.request.get(`/api/v1/watchlists/${id}?team=${slug}`)).json();
    await page.request.delete(`/api/v1/watchlists/${id}/items/${items[0].id}?team=${slug}`);
    await drag(0, 2);
    await expect(table.getByRole("rowheader")).toHaveCount(2);
    await expect(page.getByText("There is nothing here, or it belongs to another team.")).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save as CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/^nichebook-watchlist-.*Ours\.csv$/);
  });

  test("a star asks what a new list is called, keeps a bad name in the field, and then watches on it", async ({
    page,
  }) => {
    const { slug, names, ids } = await teamWithRanking(page);
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Ours" } });
    const { id } = await made.json();
    await page.request.post(`/api/v1/watchlists/${id}/items?team=${slug}`, {
      data: { categoryId: ids[0], region: "US" },
    });
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    await page.getByRole("button", { name: new RegExp(`^Watched: ${names[0]} `) }).click();
    await expect(page.getByRole("menuitemcheckbox", { name: /Ours.*by Mia Keller/ })).toBeVisible();
    await page.getByRole("menuitem", { name: "New list" }).click();
    const dialog = page.getByRole("dialog", { name: "Watch on a new list" });
    await dialog.getByLabel("Name").fill("   ");
    await dialog.getByRole("button", { name: "Create and add" }).click();
    await expect(dialog.getByText("Give it a name.")).toBeVisible();
    await dialog.getByLabel("Name").fill("Autumn");
    await dialog.getByRole("button", { name: "Create and add" }).click();
    await expect(page.getByText("Added to “Autumn”")).toBeVisible();
    await expect(
      page.getByRole("button", { name: /On “Ours”, by Mia Keller · On “Autumn”, by Mia Keller/ }),
    ).toBeVisible();
  });

  test("a category's own name stands first in the ranking, finds it when pasted, and is given by a table too", async ({
    page,
  }) => {
    const { slug, names, ids } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/settings/names?category=${ids[0]}`);
    await expect(page.getByRole("heading", { name: "No own names yet" })).toBeVisible();
    await page.getByLabel("Own name", { exact: true }).fill("Our favourite");
    await page.getByRole("button", { name: "Save name", exact: true }).click();
    const table = page.getByRole("table", { name: "Category names" });
    await expect(table).toContainText("Our favourite");
    await expect(table).toContainText(names[0] ?? "");
    await page.getByLabel("Id, name and other names").fill(`${ids[1]}\t香水\tscent\nnonsense`);
    await page.getByRole("button", { name: "Save names" }).click();
    await expect(page.getByText("1 saved · 1 not understood")).toBeVisible();
    await expect(table).toContainText("香水");
    await expectReadable(page);
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    const first = page.getByRole("table", { name: "Ranking" }).getByRole("rowheader").first();
    await expect(first).toContainText("Our favourite");
    await expect(first).toContainText(names[0] ?? "");
  });

  test("of two people who edit a list at once the second is told, and loses nothing typed", async ({ page }) => {
    const { slug } = await teamWithRanking(page);
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Ours" } });
    const { id } = await made.json();
    await page.goto(`/t/${slug}/watchlists/${id}`);
    await page.getByRole("button", { name: "Edit list" }).click();
    await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("My name for it");
    await page.request.patch(`/api/v1/watchlists/${id}?team=${slug}`, { data: { name: "Their name for it" } });
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Somebody else changed this meanwhile.")).toBeVisible();
    await expect(page.getByRole("dialog").getByText("Their name for it")).toBeVisible();
    await expect(page.getByRole("dialog").getByLabel("Name", { exact: true })).toHaveValue("My name for it");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "My name for it" })).toBeVisible();
  });
});

test.describe("in Chinese on a phone", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 }, hasTouch: true });

  test("a list is reached from the bar below, filled and read", async ({ page }) => {
    const { slug, names } = await teamWithRanking(page);
    await page.goto(`/t/${slug}`);
    await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "关注" }).click();
    await page.getByLabel("名称").fill("美妆");
    await page.getByRole("button", { name: "创建清单" }).click();
    await page.getByRole("combobox", { name: "类目" }).fill(names[0] ?? "");
    await page.getByRole("button", { name: "添加", exact: true }).click();
    await expect(page.getByText("已添加 1 个")).toBeVisible();
    await expect(page.getByRole("table", { name: "关注清单" })).toContainText(names[0] ?? "");
    await expectReadable(page);
    await page.goto(`/t/${slug}/watchlists`);
    await expectReadable(page);
  });

  test("own names and many items are pasted, two edit at once, and a deleted list is had back", async ({ page }) => {
    const { slug, names, ids } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/settings/names`);
    await page.getByLabel("编号、名称与别名").fill(`${ids[0]}\t香水\tscent\nnonsense`);
    await page.getByRole("button", { name: "保存全部" }).click();
    await expect(page.getByText("已保存 1 个 · 1 行未识别")).toBeVisible();
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "美妆" } });
    const { id } = await made.json();
    await page.goto(`/t/${slug}/watchlists/${id}`);
    await page.getByRole("button", { name: "批量粘贴…" }).click();
    await page.getByLabel("类目编号或名称").fill(["香水", names[1], "没有这个"].join("\n"));
    await page.getByRole("button", { name: "添加", exact: true }).click();
    await expect(page.getByText("已添加 2 个 · 1 个未识别")).toBeVisible();
    await expect(page.getByRole("table", { name: "关注清单" })).toContainText("香水");

    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "编辑清单" }).click();
    await dialog.getByLabel("名称", { exact: true }).fill("我的名称");
    await page.request.patch(`/api/v1/watchlists/${id}?team=${slug}`, { data: { name: "他们的名称" } });
    await dialog.getByRole("button", { name: "保存" }).click();
    await expect(page.getByText("有人刚刚改过这里。")).toBeVisible();
    await expect(dialog.getByText("他们的名称")).toBeVisible();
    await expect(dialog.getByLabel("名称", { exact: true })).toHaveValue("我的名称");
    await dialog.getByRole("button", { name: "保存" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "我的名称" })).toBeVisible();

    await page.getByRole("button", { name: "编辑清单" }).click();
    await dialog.getByRole("button", { name: "删除清单" }).click();
    await expect(page.getByRole("heading", { name: "还没有关注清单" })).toBeVisible();
    await page.getByRole("button", { name: "撤销" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "我的名称" })).toBeVisible();
  });
});
