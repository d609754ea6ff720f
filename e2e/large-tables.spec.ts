import type { Page } from "@playwright/test";
import { FOUND, fillLongTables } from "@/lib/testing/long-tables";
import { withDatabase } from "./database";
import { expect as plainExpect, test } from "./fixtures";
import { newTeam } from "./people";
import { expectReadable } from "./readable";

const expect = plainExpect.configure({ timeout: 20_000 });
test.describe.configure({ timeout: 180_000 });

const ROWS = 10_000;
/** In all tables of a page together. */
const MOST_NODES = 60;

/** Each page with a long table: where it is, what the table is called, and what finds one row of it. */
const PAGES = [
  { path: "searches", table: "Saved searches" },
  { path: "watchlists", table: "Watchlists" },
  { path: "schedules", table: "Schedules" },
  { path: "alerts", table: "Alert rules" },
  { path: "settings/members", table: "Members", rows: 25 },
  { path: "settings/limits", table: "Members", rows: 30 },
  { path: "settings/tokens", table: "API tokens" },
  { path: "settings/names", table: "Category names", one: `own ${FOUND}` },
  { path: "settings/imports", table: "History from old sheets" },
  { path: "settings/webhooks", table: "Webhooks" },
] as const;

async function fill(page: Page, team: { id: string }) {
  await withDatabase(async (pool) => {
    const { rows } = await pool.query("select id, user_id from membership where team_id = $1", [team.id]);
    await fillLongTables(pool, { teamId: team.id, memberId: rows[0].id, userId: rows[0].user_id }, ROWS);
  });
  await page.reload();
}

const rowNodes = (page: Page) => page.locator("tr").count();

test("tables of 10,000 rows hold sixty at most, are paged by keyboard and looked through", async ({ page }) => {
  const team = await newTeam(page);
  await page.goto(`/t/${team.slug}/searches`);
  await fill(page, team);
  for (const { path, table, ...other } of PAGES) {
    await test.step(path, async () => {
      const response = await page.goto(`/t/${team.slug}/${path}`);
      expect(response?.status()).toBe(200);
      expect(await rowNodes(page)).toBeLessThanOrEqual(MOST_NODES);

      const pages = page.getByRole("navigation", { name: `Pages of “${table}”` });
      await expect(pages.getByRole("link", { name: "Page 1", exact: true })).toHaveAttribute("aria-current", "page");
      await pages.getByRole("link", { name: "Next page" }).focus();
      await page.keyboard.press("Enter");
      await expect(pages.getByRole("link", { name: "Page 2", exact: true })).toHaveAttribute("aria-current", "page");
      const most = "rows" in other ? other.rows : 50;
      await expect(page.getByText(new RegExp(`^${most + 1}–${2 * most} of 10,00\\d$`))).toBeVisible();
      expect(await rowNodes(page)).toBeLessThanOrEqual(MOST_NODES);

      const one = "one" in other ? other.one : FOUND;
      await page.getByRole("searchbox", { name: `Find in “${table}”` }).fill(one);
      await page.keyboard.press("Enter");
      const rows = page.getByRole("table", { name: table, exact: true }).getByRole("row");
      await expect(rows).toHaveCount(2);
      await expect(rows.nth(1)).toContainText(one);

      await page.getByRole("searchbox", { name: `Find in “${table}”` }).fill("nowhere to be found");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Nothing found for “nowhere to be found”" })).toBeVisible();
      await page.getByRole("link", { name: "Show all" }).first().click();
      await expect(page.getByText(new RegExp(`^1–${most} of 10,00\\d$`)).first()).toBeVisible();
    });
  }

  await test.step("invitations and signed-in browsers, which are lists", async () => {
    await page.goto(`/t/${team.slug}/settings/members?open.page=200`);
    await expect(page.getByText("9,951–10,000 of 10,000")).toBeVisible();
    await page.goto("/account?sessions.page=2");
    await expect(page.getByText("51–100 of 10,001")).toBeVisible();
    expect(await page.getByRole("listitem").count()).toBeLessThanOrEqual(MOST_NODES + 10);
  });

  await test.step("a member among 10,000 is chosen by name", async () => {
    await page.goto(`/t/${team.slug}/settings/audit`);
    const field = page.getByRole("combobox", { name: "By", exact: true });
    await field.fill(FOUND);
    await page.getByRole("option", { name: FOUND }).waitFor();
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue(FOUND);
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/member=[0-9a-f-]{36}/);
    await expect(field).toHaveValue(FOUND);
    await page.goto(`/t/${team.slug}/schedules`);
    await page.getByRole("combobox", { name: "What renews" }).fill(FOUND);
    await expect(page.getByRole("option", { name: FOUND })).toHaveCount(1);
  });

  await page.goto(`/t/${team.slug}/settings/members`);
  await expectReadable(page);
});
