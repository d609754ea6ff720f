import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { charges } from "./sandbox";

const ROOT = join(import.meta.dirname, "..");
const filesNamed = (name: string) =>
  readdirSync(join(ROOT, "app"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => relative(join(ROOT, "app"), entry.parentPath));

/** The address of a route's folder: groups have none, and a parameter takes a value that exists. */
function addressOf(folder: string, slug: string): string {
  const parts = folder.split("/").filter((part) => part && !/^\(.*\)$/.test(part));
  return `/${parts.map((part) => (part === "[team]" ? slug : part.startsWith("[") ? "601583" : part)).join("/")}`;
}

test("a crawl of every GET address as a signed-in member leaves the ledger and the sandbox's counter untouched", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { id, slug } = await newTeam(page);
  expect((await buy(page.request, slug, { region: "US", window: "7" })).status).toBe(200);
  const ledger = async () => (await page.request.get(`/api/v1/credits/entries?team=${slug}`)).json();
  const before = { charges: await charges(id), ledger: await ledger() };

  const pages = filesNamed("page.tsx").map((folder) => addressOf(folder, slug));
  const routes = filesNamed("route.ts").map((folder) => addressOf(folder, slug));
  expect(pages.length).toBeGreaterThan(8);
  expect(routes.length).toBeGreaterThan(12);
  const query = `team=${slug}&region=GB&window=30&category=601583&q=perfume&page=2&maxAgeMinutes=0`;
  for (const path of [...pages, ...routes]) {
    for (const address of [path, `${path}?${query}`]) {
      const response = await page.request.get(address, { maxRedirects: 0 });
      expect(response.status(), address).toBeLessThan(500);
    }
  }

  // And as a browser does it: every link on every page that is reached, with whatever is prefetched on the way.
  const seen = new Set<string>();
  const open = [`/t/${slug}`, `/t/${slug}/explore?region=US&window=7`];
  while (open.length > 0 && seen.size < 30) {
    const address = open.shift();
    if (!address || seen.has(address)) continue;
    seen.add(address);
    await page.goto(address);
    const links = await page
      .locator("a[href^='/']:not([download])")
      .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href") ?? ""));
    open.push(...links.filter((link) => !seen.has(link)));
  }
  expect(seen.size).toBeGreaterThan(10);
  expect({ charges: await charges(id), ledger: await ledger() }).toEqual(before);
});
