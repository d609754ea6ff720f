import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const LOOKS = [
  { locale: "en-US", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { locale: "zh-CN", colorScheme: "dark", viewport: { width: 360, height: 780 } },
] as const;

/** Goes through all pages: signed out, with an empty team, and with a bought ranking. */
async function walk(page: Page, look: (address: string) => Promise<void>): Promise<void> {
  for (const address of ["/", "/sign-in", "/sign-up", "/help", "/help/api"]) await look(address);
  const { slug } = await newTeam(page);
  for (const address of ["/teams/new", `/t/${slug}`, `/t/${slug}/explore?region=US&window=7`]) await look(address);
  const { status, body } = await buy(page.request, slug, { region: "US", window: "7" });
  expect(status).toBe(200);
  for (const path of [
    "",
    `/categories/${body.snapshot.rows[0].categoryId}?region=US&window=7`,
    "/explore?region=US&window=7",
    `/compare?categories=${body.snapshot.rows[0].categoryId}&regions=US,GB&window=7`,
    "/schedules",
    "/credits",
    "/credits/unsettled",
    "/credits/balance",
    "/credits/savings",
    "/settings/key",
    "/settings/general",
    "/settings/members",
    "/settings/limits",
    "/settings/tokens",
    "/settings/webhooks",
    "/settings/audit",
    "/notifications",
    "/alerts",
    "/alerts/provider",
    "/alerts/review",
  ]) {
    await look(`/t/${slug}${path}`);
  }
  await look("/account");
}

for (const look of LOOKS) {
  test.describe(`${look.locale}, ${look.colorScheme}, ${look.viewport.width} px`, () => {
    test.use(look);

    test("every page is accessible by axe's rules for WCAG 2.2 A and AA", async ({ page }) => {
      test.setTimeout(180_000);
      await walk(page, async (address) => {
        await page.goto(address);
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
        );
        expect(found, address).toEqual([]);
      });
    });
  });
}

for (const locale of ["en-US", "zh-CN"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("no page scrolls sideways, from a small phone to a wide screen", async ({ page }) => {
      test.setTimeout(180_000);
      await walk(page, async (address) => {
        await page.goto(address);
        for (const width of [360, 768, 1440, 3840]) {
          await page.setViewportSize({ width, height: 900 });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, `${address} at ${width} px`).toBeLessThanOrEqual(0);
        }
      });
    });
  });
}
