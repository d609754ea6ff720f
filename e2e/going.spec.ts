import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";

test("a press on a link shows at once that a page is on its way, shifts nothing, and the sign goes with its arrival", async ({
  page,
}) => {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const categoryId = body.snapshot.rows[0].categoryId;
  // A page that takes its time: until this test lets it go on.
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.goto(`/t/${slug}/explore?region=US&window=7`);
  await expect(page.getByRole("button", { name: /^(Find|查找)…/ }).filter({ visible: true })).toBeEnabled();
  await page.route(/_rsc=/, async (route) => {
    await arrival;
    await route.continue();
  });
  const sign = page.locator(".going");
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  await page.locator(`main a[href*="/categories/${categoryId}"]`).first().click();
  await expect(sign).toBeVisible();
  expect(await height()).toBe(before);
  arrive();
  await page.waitForURL(`**/categories/${categoryId}**`);
  await expect(sign).toHaveCount(0);

  await page.getByRole("navigation").getByRole("link").filter({ visible: true }).first().click();
  await page.waitForURL(`**/t/${slug}`);
  await expect(sign).toHaveCount(0);
  await page.goBack();
  await expect(sign).toHaveCount(0);
});
