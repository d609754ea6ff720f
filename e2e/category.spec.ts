import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";
import { charges } from "./sandbox";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** A team with the first 60 rows of a ranking, and one of its categories that has siblings there. */
async function teamWithRanking(page: Page) {
  const { id, slug } = await newTeam(page);
  type Row = { path: string[]; categoryId: string };
  const rows: Row[] = [];
  for (const at of [1, 2, 3]) {
    rows.push(...(await buy(page.request, slug, { region: "US", window: "7", page: at })).body.snapshot.rows);
  }
  const isSibling = (a: Row, b: Row) => a.path[1] === b.path[1] && a.categoryId !== b.categoryId;
  const row = rows.slice(0, 20).find((one) => rows.some((other) => isSibling(one, other)));
  const sibling = row && rows.find((other) => isSibling(row, other));
  if (!row || !sibling) throw new Error("No two categories of the ranking are under the same parent");
  return { id, slug, row, name: row.path[2] ?? "", sibling: sibling.path[2] ?? "" };
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a name in the ranking leads to its category, whose figures, chart, answers and siblings cost nothing to look at", async ({
    page,
  }) => {
    const { id, slug, name, sibling } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    await page.getByRole("table", { name: "Ranking" }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page).toHaveURL(/categories\/\d+\?region=US&window=7/);

    const figures = page.getByRole("navigation", { name: "Figures" });
    await expect(figures.getByRole("link")).toHaveCount(11);
    await expect(figures.getByRole("link", { name: /^CPA/ })).toContainText(/lower than \d+% of \d+ stored categor/);
    await figures.getByRole("link", { name: /^CPA/ }).click();
    await expect(page).toHaveURL(/metric=cpa/);
    const course = page.getByRole("region", { name: "Course" });
    await expect(course.getByRole("heading", { name: "CPA" })).toBeVisible();
    await expect(course).toContainText("history starts on");
    const pointer = course.getByRole("slider", { name: `CPA of ${name} over time` });
    await pointer.focus();
    await page.keyboard.press("Home");
    await expect(pointer.locator(".lines-tip")).toHaveText(/ · \d/);
    await page.keyboard.press("Escape");
    await expect(pointer.locator(".lines-tip")).toHaveCount(0);

    await page.getByText("1 answer behind the chart").click();
    await expect(page.getByRole("table", { name: "Answers" }).getByRole("rowheader")).toHaveCount(1);
    await expectReadable(page);
    await page.getByRole("table", { name: "Under the same parent" }).getByRole("link", { name: sibling }).click();
    await expect(page.getByRole("heading", { level: 1, name: sibling })).toBeVisible();
    expect(await charges(id)).toEqual(before);
  });

  test("where nothing is stored it says so and names the price of this category alone; pressing it fills the page", async ({
    page,
  }) => {
    const { id, slug, name, row } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/categories/${row.categoryId}?region=US&window=7`);
    await page.getByRole("combobox", { name: "Region" }).selectOption("GB");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByRole("heading", { name: "Nothing stored here yet" })).toBeVisible();
    await expectReadable(page);
    expect(await charges(id)).toEqual(before);
    await page.getByRole("button", { name: "Fetch · 2 credits" }).click();
    await expect(page.getByRole("navigation", { name: "Figures" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Refresh · 2 credits" })).toBeVisible();
    expect((await charges(id)).credits).toBe(before.credits + 2);
    await page.getByRole("link", { name: "source & cost" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(name).first()).toBeVisible();
  });

  test("days that make no sense are named beside their field and stay in it; an unknown category is not there", async ({
    page,
  }) => {
    const { slug, row } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/categories/${row.categoryId}?region=US&window=7&from=2026-11-20&to=2026-11-01`);
    await expect(page.getByText("The last day lies before the first. Swap them.")).toBeVisible();
    await expect(page.getByLabel("From")).toHaveValue("2026-11-20");
    expect((await page.goto(`/t/${slug}/categories/424242`))?.status()).toBe(404);
    expect((await page.goto(`/t/${slug}/categories/x`))?.status()).toBe(404);
  });

  test("a decision is noted with its reason, mended, and deleted with a way back", async ({ page }) => {
    const { slug, row } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/categories/${row.categoryId}?region=US&window=7`);
    const notes = page.getByRole("region", { name: "Notes and decisions" });
    await notes.getByRole("button", { name: "Write a note" }).click();
    await notes.getByRole("button", { name: "Save" }).click();
    await expect(notes.getByText("Say why.")).toBeVisible();
    await notes.getByLabel("Because …").fill("CPA is low three weeks running");
    await notes.getByLabel("Look again on").fill("2020-01-01");
    await notes.getByRole("button", { name: "Save" }).click();
    await expect(notes.getByText("Look again on a day after the decision.")).toBeVisible();
    await expect(notes.getByLabel("Because …")).toHaveValue("CPA is low three weeks running");
    await notes.getByLabel("Look again on").fill("");
    await notes.getByRole("button", { name: "Save" }).click();
    await expect(notes.getByText("Decided to enter")).toBeVisible();
    await expect(notes).toContainText("What happened since is not known yet");
    await expectReadable(page);
    await notes.getByRole("button", { name: "Edit" }).click();
    await notes.getByLabel("Because …").fill("CPA is low four weeks running");
    await notes.getByRole("button", { name: "Save" }).click();
    await expect(notes.getByText("CPA is low four weeks running")).toBeVisible();
    await notes.getByRole("button", { name: "Edit" }).click();
    await notes.getByRole("button", { name: "Delete" }).click();
    await expect(notes).toContainText("Nothing is noted yet");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(notes.getByText("CPA is low four weeks running")).toBeVisible();
  });

  test("own numbers are entered by month, drawn beside calendar months, mended, and deleted with a way back", async ({
    page,
  }) => {
    const { id, slug, row, name } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/categories/${row.categoryId}?region=US&window=month&metric=ctrPct`);
    const own = page.getByRole("region", { name: "Our own numbers" });
    await own.getByRole("button", { name: "Enter a month" }).click();
    await own.getByLabel("Month").fill("2026-13");
    await own.getByLabel("CTR, %").fill("101");
    await own.getByRole("button", { name: "Save" }).click();
    await expect(own.getByText("Write the month as 2026-10.")).toBeVisible();
    await expect(own.getByText("A rate is at most 100%.")).toBeVisible();
    await expect(own.getByLabel("CTR, %")).toHaveValue("101");
    await own.getByLabel("Month").fill("2026-09");
    await own.getByLabel("CTR, %").fill("1.83%");
    await own.getByLabel("Ad spend").fill("1,250");
    await own.getByRole("button", { name: "Save" }).click();
    await expect(own.getByText("CPA and ad spend need their currency, such as USD.")).toBeVisible();
    await own.getByLabel("Currency").fill("usd");
    await own.getByRole("button", { name: "Save" }).click();
    await expect(own.getByText("1.25K USD")).toBeVisible();
    const course = page.getByRole("region", { name: "Course" });
    await course.getByRole("slider", { name: `CTR of ${name} over time` }).focus();
    await page.keyboard.press("Home");
    await expect(course.locator(".lines-tip")).toContainText("Our own 1.83%");
    await page.keyboard.press("Escape");
    await expectReadable(page);
    await own.getByRole("button", { name: "Edit" }).click();
    await own.getByLabel("CTR, %").fill("2.5");
    await own.getByRole("button", { name: "Save" }).click();
    await expect(own.getByText("2.50%")).toBeVisible();
    await own.getByRole("button", { name: "Edit" }).click();
    await own.getByRole("button", { name: "Delete" }).click();
    await expect(own).toContainText("Nothing is entered yet");
    await page
      .getByRole("listitem")
      .filter({ hasText: "Numbers deleted" })
      .getByRole("button", { name: "Undo" })
      .click();
    await expect(own.getByText("2.50%")).toBeVisible();
    expect(await charges(id)).toEqual(before);
  });

  test("the chart is there without a script", async ({ page, browser, baseURL }) => {
    const { slug, row } = await teamWithRanking(page);
    const quiet = await browser.newContext({
      baseURL: baseURL ?? "",
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    const plain = await quiet.newPage();
    await plain.goto(`/t/${slug}/categories/${row.categoryId}?region=US&window=7&metric=rank`);
    await expect(plain.locator(".lines-dot")).toHaveCount(2);
    await plain.getByText("1 answer behind the chart").click();
    await expect(plain.getByRole("table", { name: "Answers" })).toBeVisible();
    await quiet.close();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark" });

  test("the same page and the explanation of its figures speak the reader's language", async ({ page }) => {
    const { slug, row } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/categories/${row.categoryId}?region=US&window=7&metric=cpa`);
    await expect(page.getByRole("region", { name: "历史趋势" })).toContainText("每次转化成本（CPA）");
    await expect(page.getByRole("navigation", { name: "指标" })).toContainText(/低于.+下 \d+% 的已存类目（共 \d+ 个）/);
    await expect(page.getByRole("button", { name: "更新 · 2 积分" })).toBeVisible();
    await expect(page.getByRole("region", { name: "笔记与决定" })).toContainText("还没有记录");
    await expectReadable(page);
    await page.getByRole("link", { name: "指标说明" }).last().click();
    await expect(page.getByRole("table", { name: "指标" })).toContainText("币种未说明");
  });
});
