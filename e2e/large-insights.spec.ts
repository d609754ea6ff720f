import type { Locator, Page } from "@playwright/test";
import { FULL_CATEGORY, FULL_PARENT, fillInsights, MANY } from "@/lib/testing/large-insights";
import { withDatabase } from "./database";
import { expect as plainExpect, test } from "./fixtures";
import { newTeam } from "./people";

/** Pages over ten thousand rows, on a machine that may be busy. */
const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 240_000 });
test.use({ locale: "en-US" });

const MOST_ROWS = 60;

async function open(page: Page, path: string) {
  expect((await page.goto(path))?.status()).toBe(200);
}

/** No table has more row nodes than anybody looks through at once. */
async function expectFewRows(page: Page) {
  const rows = await page
    .locator("table")
    .evaluateAll((tables) => tables.map((one) => one.querySelectorAll("tr").length));
  expect(Math.max(0, ...rows)).toBeLessThanOrEqual(MOST_ROWS);
  return rows.reduce((sum, count) => sum + count, 0);
}

/** From what stands before the pages of a table: Tab until the way to the next page has the focus, then Enter. */
async function turnByKeys(page: Page, table: string, before: Locator) {
  const pages = page.getByRole("navigation", { name: `Pages of “${table}”` });
  await expect(pages.getByRole("link", { name: "Page 1", exact: true })).toHaveAttribute("aria-current", "page");
  await before.focus();
  const next = pages.getByRole("link", { name: "Next page" });
  for (let pressed = 0; pressed < 20; pressed++) {
    if (await next.evaluate((link) => link === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(next).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(pages.getByRole("link", { name: "Page 2", exact: true })).toHaveAttribute("aria-current", "page");
}

async function find(page: Page, table: string, text: string) {
  const field = page.getByRole("searchbox", { name: `Find in “${table}”` });
  await field.fill(text);
  await field.press("Enter");
  await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(text).replaceAll("%20", "\\+")}`));
}

async function fullTeam(page: Page) {
  const team = await newTeam(page);
  await withDatabase((pool) => fillInsights(pool, team.id));
  return team;
}

test("a category with ten thousand of everything shows a page of each, which is turned by keys and searched", async ({
  page,
}) => {
  const { slug } = await fullTeam(page);
  const category = `/t/${slug}/categories/${FULL_CATEGORY}?region=US&window=7`;
  await open(page, category);
  expect(await expectFewRows(page)).toBeLessThanOrEqual(MOST_ROWS);
  const siblings = page.getByRole("table", { name: "Under the same parent" });
  await turnByKeys(page, "Under the same parent", siblings.getByRole("link").last());
  await expect(siblings.getByRole("link", { name: "Kind 31", exact: true })).toBeVisible();
  await find(page, "Under the same parent", `Kind ${MANY}`);
  await expect(siblings.getByRole("row")).toHaveCount(2);
  await expect(siblings).toContainText(`Kind ${MANY}`);
  await find(page, "Under the same parent", "no such kind");
  await expect(page.getByText("Nothing found for “no such kind”")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).last().click();
  await expect(siblings.getByRole("row")).toHaveCount(31);

  const notes = page.getByRole("region", { name: "Notes and decisions" });
  await expect(notes.locator("li strong")).toHaveCount(20);
  await find(page, "Notes and decisions", "reason 9876");
  await expect(notes.locator("li strong")).toHaveCount(1);
  const own = page.getByRole("region", { name: "Our own numbers" });
  await find(page, "Our own numbers", "Germany");
  await expect(own.locator("li strong").first()).toContainText("Germany");

  await open(page, `${category}&answers=all&span=all`);
  await expectFewRows(page);
  await turnByKeys(page, "Answers", page.getByRole("table", { name: "Answers" }).getByRole("link").last());
  await page.getByText("1,090 imported points, no receipt").click();
  await turnByKeys(page, "Imported points", page.getByRole("region", { name: /Imported points.*scroll/i }));
  await expect(page.getByRole("table", { name: "Imported points" }).getByRole("row")).toHaveCount(16);

  await open(page, `/t/${slug}/categories/${FULL_PARENT}`);
  await find(page, "Categories below", `Kind ${MANY}`);
  await expect(page.getByRole("link", { name: `Kind ${MANY}` })).toBeVisible();

  await open(page, `/t/${slug}/compare?categories=${FULL_CATEGORY}&regions=US&window=7&span=all&rows=all`);
  await expectFewRows(page);
  await turnByKeys(page, "Compared values", page.getByRole("table").getByRole("link").last());

  await open(page, `/t/${slug}/alerts/provider`);
  const changes = page.getByRole("list", { name: "Provider changes" });
  await expect(changes.getByRole("listitem")).toHaveCount(50);
  await turnByKeys(page, "Provider changes", changes.getByRole("button").last());
  await find(page, "Provider changes", `Kind ${MANY}`);
  await expect(changes.getByRole("listitem")).toHaveCount(1);

  await open(page, `/t/${slug}/credits`);
  await expectFewRows(page);
  const byMember = page.getByRole("table", { name: "By member" });
  await turnByKeys(page, "By member", byMember.getByRole("link").last());
  await find(page, "By member", `Person ${MANY}`);
  await expect(byMember.getByRole("row")).toHaveCount(2);
  const field = page.getByRole("searchbox", { name: "Find in “By member”" });
  for (const [path, before] of [
    ["statement", field],
    ["savings", byMember.getByRole("link").last()],
  ] as const) {
    await open(page, `/t/${slug}/credits/${path}`);
    await expectFewRows(page);
    await turnByKeys(page, "By member", before);
    await find(page, "By member", `Person ${MANY}`);
    await expect(byMember).toContainText(`Person ${MANY}`);
  }
  await open(page, `/t/${slug}/credits/unsettled`);
  const waiting = page.getByRole("list", { name: "Requests to confirm" });
  await expect(waiting.getByRole("listitem")).toHaveCount(50);
  await turnByKeys(page, "To confirm", page.getByRole("button", { name: "They were not charged" }));
  await expect(page.getByText(`51–100 of ${MANY.toLocaleString("en")}`)).toBeVisible();
});
