import { expect, test } from "./fixtures";
import { createTeam, newTeam, signUp } from "./people";
import { fault } from "./sandbox";

// Each failure of a purchase, as a person meets it: what happened, whether it cost anything, and the next step.
const FAILURES: [fault: string, times: number, says: RegExp, cost: RegExp][] = [
  ["401", 1, /key/i, /not charged/i],
  ["403", 1, /key/i, /not charged/i],
  ["402", 1, /out of credits/i, /not charged/i],
  ["429", 2, /too (fast|many)|slow|rate/i, /not charged/i],
  ["500", 1, /provider|KeyAPI|upstream/i, /not charged/i],
  ["code-not-0", 1, /provider|KeyAPI|upstream/i, /not charged/i],
  ["nested-50004", 1, /no data/i, /not charged/i],
  ["data-null", 1, /read/i, /charged/i],
  ["html", 1, /read|answer/i, /to confirm/i],
  ["truncated-json", 1, /read|answer/i, /to confirm/i],
  ["cut-before", 1, /answer|cut/i, /to confirm/i],
  ["cut-in-body", 1, /answer|cut/i, /to confirm/i],
];

test.use({ locale: "en-US" });

for (const [name, times, says, cost] of FAILURES) {
  test(`the upstream's ${name} is shown for what it is, and the filters stay as typed`, async ({ page }) => {
    const { id, slug } = await newTeam(page);
    await fault(id, name, times);
    await page.goto(`/t/${slug}/explore?region=GB&window=30&q=perfume`);
    await page.getByRole("button", { name: "Fetch · 2 credits" }).first().click();
    const panel = page.getByRole("alert").filter({ hasText: says });
    await expect(panel).toBeVisible();
    await expect(panel).toContainText(cost);
    await expect(page.getByLabel("Region")).toHaveValue("GB");
    await expect(page.getByLabel("Time window")).toHaveValue("30");
    await expect(page.getByLabel("Keyword")).toHaveValue("perfume");
  });
}

test("a team without a key is led to connecting one", async ({ page }) => {
  await signUp(page.request);
  const { slug } = await createTeam(page.request);
  await page.goto(`/t/${slug}/explore?region=US&window=7`);
  await expect(page.locator(`main a[href='/t/${slug}/settings/key']`).first()).toBeVisible();
});

test("a wrong filter in a link is named and nothing is lost", async ({ page }) => {
  const { slug } = await newTeam(page);
  const response = await page.goto(`/t/${slug}/explore?region=UK&window=14&q=perfume&page=0`);
  expect(response?.status()).toBe(200);
  await expect(page.getByLabel("Keyword")).toHaveValue("perfume");
  await expect(page.getByRole("alert").first()).toBeVisible();
});
