import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { charges } from "./sandbox";

// Whole walks through several pages, on a machine that may be busy.
test.describe.configure({ timeout: 180_000 });

/** A team with a ranking of the US, and its first two categories. */
async function teamWithRanking(page: Page) {
  const { id, slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const [first, second] = body.snapshot.rows as { categoryId: string; path: string[] }[];
  if (!first || !second) throw new Error("The ranking has fewer than two rows");
  return { id, slug, first, second, names: [first.path[2] ?? "", second.path[2] ?? ""] as const };
}

/** What a press of this button saves. */
async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFile(await download.path());
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a chart is saved as a picture of its own, drawn by the server, or as PNG of twice its size", async ({
    page,
  }) => {
    const { id, slug, first, names } = await teamWithRanking(page);
    const before = await charges(id);
    await page.goto(`/t/${slug}/categories/${first.categoryId}?region=US&window=7&metric=cpa`);
    const menu = page.getByRole("button", { name: "Picture: Course" });
    await menu.click();
    const svg = await saved(page, () => page.getByRole("link", { name: "Save as SVG" }).click());
    for (const words of [`CPA · ${names[0].replace("&", "&amp;")}`, "United States · Last 7 days", "Source: KeyAPI"]) {
      expect(svg.toString()).toContain(words);
    }
    await menu.click();
    const png = await saved(page, () => page.getByRole("button", { name: "Save as PNG" }).click());
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1920);
    expect(await charges(id)).toEqual(before);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", colorScheme: "dark" });

  test("the picture of a comparison speaks the reader's language", async ({ page }) => {
    const { slug, first, second, names } = await teamWithRanking(page);
    await page.goto(`/t/${slug}/compare?categories=${first.categoryId},${second.categoryId}&regions=US&window=7`);
    await page.getByRole("button", { name: "图片：历史趋势" }).click();
    const svg = await saved(page, () => page.getByRole("link", { name: "另存为 SVG" }).click());
    for (const words of ["热度", "美国 · 近7天", names[0].replace("&", "&amp;"), "来源：KeyAPI"]) {
      expect(svg.toString()).toContain(words);
    }
  });
});
