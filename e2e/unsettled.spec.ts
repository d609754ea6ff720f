import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { fault } from "./sandbox";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Buys a page whose answer breaks off: the sandbox charges it, Nichebook cannot know. */
async function lose(page: Page, team: { id: string; slug: string }, region: string) {
  await fault(team.id, "truncated-json");
  const { status, body } = await buy(page.request, team.slug, { region, window: "7" });
  expect({ status, outcome: body.outcome }).toEqual({ status: 502, outcome: "unsettled" });
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual(
    [],
  );
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a lost answer is settled by hand with a reason, and corrected by a new entry", async ({ page }) => {
    const team = await newTeam(page);
    await lose(page, team, "GB");
    await lose(page, team, "US");
    await page.goto(`/t/${team.slug}/credits`);
    await page.getByRole("link", { name: "To confirm (2)" }).click();
    const list = page.getByRole("list", { name: "Requests to confirm" });
    await expect(list.getByRole("listitem")).toHaveCount(2);
    await expect(list).toContainText("the answer was no JSON");
    await expect(list).toContainText("HTTP 200");
    await expect(list).toContainText("stays until somebody settles it");
    await expectAccessible(page);

    await page.getByRole("checkbox", { name: /United Kingdom/ }).check();
    await page.getByRole("button", { name: "They were charged" }).click();
    await expect(page.getByText("Write why, for those who read the ledger later.")).toBeVisible();
    await expect(page.getByRole("checkbox", { name: /United Kingdom/ })).toBeChecked();
    await page.getByLabel("Reason", { exact: true }).first().fill("on the dashboard, 14:40");
    await page.getByRole("button", { name: "They were charged" }).click();
    await expect(list.getByRole("listitem")).toHaveCount(1);

    const settled = page.getByRole("list", { name: "Settled by hand or by the team’s rule" });
    await expect(settled).toContainText("charged, settled by Mia Keller");
    await expect(settled).toContainText("on the dashboard, 14:40");
    await settled.getByText("Correct").click();
    await settled.getByLabel("Reason").fill("it was refunded");
    await settled.getByRole("button", { name: "It was not charged after all" }).click();
    await expect(settled).toContainText("not charged, settled by Mia Keller");

    await page.getByRole("checkbox", { name: "All (1)" }).check();
    await page.getByLabel("Reason", { exact: true }).first().fill("not on the dashboard");
    await page.getByRole("button", { name: "They were not charged" }).click();
    await expect(page.getByText("Nothing to confirm")).toBeVisible();
    await expect(page.getByRole("link", { name: "To confirm (0)" })).toBeVisible();
  });

  test("a stated balance shows its drift, what explains it, and settles it only when pressed", async ({ page }) => {
    const team = await newTeam(page);
    await page.goto(`/t/${team.slug}/credits/balance`);
    const field = page.getByLabel("KeyAPI balance");
    for (const wrong of ["12a4", "1.5", "-3", "99999999999"]) {
      await field.fill(wrong);
      await page.getByRole("button", { name: "State balance" }).click();
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByText(/Use a whole number from 0/)).toBeVisible();
      await expect(field).toHaveValue(wrong);
    }
    await field.fill("1,000,000");
    await page.getByRole("button", { name: "State balance" }).click();
    const history = page.getByRole("table", { name: "Statements and top-ups" });
    await expect(history).toContainText("The first statement for this key");

    await lose(page, team, "GB");
    await page.reload();
    await expect(page.getByText("999,998–1,000,000")).toBeVisible();
    await field.fill("999998");
    await page.getByRole("button", { name: "State balance" }).click();
    await expect(history).toContainText("1 of the 1 request to confirm would explain exactly this");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Settle 1 request as charged" }).click();
    await expect(history).toContainText("Every credit is accounted for.");
    await expect(page.getByText(/The statement of .+ fits/)).toBeVisible();

    await page.getByLabel("Credits added").fill("500");
    await page.getByRole("button", { name: "Enter top-up" }).click();
    await expect(history).toContainText("+500");
    await expect(page.getByText("1,000,498", { exact: true })).toBeVisible();
    await field.fill("1000488");
    await page.getByRole("button", { name: "State balance" }).click();
    await expect(history).toContainText("10 must have been spent with the same key outside Nichebook.");
  });
});

test.describe("in Chinese, dark, on a phone", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark", viewport: { width: 360, height: 780 } });

  test("the pages read and are accessible", async ({ page }) => {
    const team = await newTeam(page);
    await lose(page, team, "GB");
    await page.goto(`/t/${team.slug}/credits/unsettled`);
    await expect(page.getByRole("list", { name: "待确认的请求" })).toContainText("返回内容不是 JSON");
    await expectAccessible(page);
    await page.getByRole("link", { name: "余额" }).click();
    await page.getByLabel("KeyAPI 余额").fill("1000000");
    await page.getByRole("button", { name: "填写余额" }).click();
    await expect(page.getByRole("table", { name: "余额与充值记录" })).toContainText("第一次填写余额");
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
