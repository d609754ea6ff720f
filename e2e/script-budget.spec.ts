import { gzipSync } from "node:zlib";
import type { Page, Request } from "@playwright/test";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";

const BUDGET_BYTES = 60_000;

/** Bytes of the scripts that a page loads before anybody touches it, packed as a server sends them. */
async function scriptBytes(page: Page, path: string): Promise<number> {
  const addresses = new Set<string>();
  const keep = (request: Request) => {
    if (request.resourceType() === "script") addresses.add(request.url());
  };
  page.on("request", keep);
  await page.goto(path, { waitUntil: "networkidle" });
  page.off("request", keep);
  const bodies = await Promise.all([...addresses].map(async (url) => (await page.request.get(url)).body()));
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

test("the explore page and a category's load at most 60 kB of scripts more than an empty page", async ({ page }) => {
  const { slug } = await newTeam(page);
  const { body } = await buy(page.request, slug, { region: "US", window: "7" });
  const categoryId: string = body.snapshot.rows[0].categoryId;
  await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Ours" } });
  const empty = await scriptBytes(page, `/t/${slug}/notifications`);
  // A page that loads nothing would be measured wrongly, not well.
  expect(empty).toBeGreaterThan(100_000);
  for (const path of ["explore?region=US&window=7", `categories/${categoryId}?region=US&window=7`]) {
    const more = (await scriptBytes(page, `/t/${slug}/${path}`)) - empty;
    expect(more, path).toBeLessThanOrEqual(BUDGET_BYTES);
  }
});
