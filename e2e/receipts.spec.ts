import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { expectReadable } from "./readable";

test("from a figure of the ranking, by keyboard and by click, to its receipt and the row as received", async ({
  page,
}) => {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const { rows, receipt } = body.snapshot;
  const address = `/t/${slug}/explore?region=US&window=7`;
  await page.goto(address);
  const third = page.getByRole("table", { name: "Ranking" }).getByRole("row").nth(3);
  const link = third.getByRole("link", { name: "Source & cost" });
  // Four stops a row: the receipt, the category, the box for comparing and the star.
  const second = page.getByRole("table", { name: "Ranking" }).getByRole("row").nth(2);
  await expect(second.getByRole("button")).toBeEnabled();
  await second.getByRole("link", { name: "Source & cost" }).focus();
  for (let stop = 0; stop < 4; stop++) await page.keyboard.press("Tab");
  await expect(link).toBeFocused();
  await expect(link).toHaveCSS("opacity", "1");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/receipts/${receipt.id}\\?row=3$`));

  await page.goto(address);
  await third.hover();
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/receipts/${receipt.id}\\?row=3$`));
  const row = page.getByRole("region", { name: /^Row 3/ });
  const likes = row.getByRole("row", { name: /^Likes/ }).getByRole("cell");
  await expect(likes.first()).toHaveText(rows[2].likes.toLocaleString("en"));
  await expect(likes.last().getByRole("code").first()).toHaveText(String(rows[2].likes));
  await expect(row.getByRole("region", { name: /^Row as received/ })).toContainText(`"like": ${rows[2].likes}`);

  const facts = page.getByRole("region", { name: "Receipt" });
  await expect(facts).toContainText("Mia Keller");
  await expect(facts).toContainText("/v1/tiktok/insights/products?search_keyword=FALSE&page=1&limit=20");
  await expect(facts).toContainText(receipt.upstreamRequestId);
  await expect(facts).toContainText("charged, 2 credits");

  await expectReadable(page);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe(`raw-answer-${receipt.id}.json`);
});

test("a row that the answer lacks is named, and a receipt that is not ours is not there", async ({ page }) => {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const { id } = body.snapshot.receipt;
  await page.goto(`/t/${slug}/receipts/${id}?row=99`);
  await expect(page.getByText("This answer has no row 99")).toBeVisible();
  const other = await page.context().browser()?.newContext();
  const stranger = await other?.newPage();
  if (!stranger) throw new Error("no second browser context");
  const theirs = await newTeam(stranger);
  for (const path of [`/t/${theirs.slug}/receipts/${id}`, `/t/${theirs.slug}/receipts/nonsense`]) {
    expect((await stranger.goto(path))?.status()).toBe(404);
  }
  await other?.close();
});

test("the days for raw answers say what they would free before anybody saves them", async ({ page }) => {
  const { slug } = await newTeam(page);
  await buy(page.request, slug, { region: "US", window: "7" });
  await page.goto(`/t/${slug}/settings/limits`);
  await page.getByLabel("Keep raw answers (days)").fill("30");
  await expect(page.getByText("nothing would be forgotten now")).toBeVisible();
  await expect(page.getByText(/1 raw answer, \d+(\.\d)? KB, would be kept/)).toBeVisible();
  await expectReadable(page);
});

test.describe("in Chinese on a phone", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 }, hasTouch: true });

  test("every row shows its way to the receipt without hovering", async ({ page }) => {
    const { slug } = await newTeam(page);
    await buy(page.request, slug, { region: "US", window: "7" });
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    const links = page.getByRole("table").getByRole("link", { name: /^来源与扣费/ });
    await expect(links).toHaveCount(20);
    await links.nth(2).click();
    await expect(page.getByRole("heading", { level: 1, name: "来源与扣费" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: /^第 3 条/ })).toBeVisible();
    await expectReadable(page);
  });
});
