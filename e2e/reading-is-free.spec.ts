import { addressOf, foldersOf } from "./addresses";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { charges } from "./sandbox";

test("a crawl of every GET address as a signed-in member leaves the ledger and the sandbox's counter untouched", async ({
  page,
}) => {
  test.setTimeout(360_000);
  const { id, slug } = await newTeam(page);
  const bought = await buy(page.request, slug, { region: "US", window: "7" });
  expect(bought.status).toBe(200);
  const [first, second] = (bought.body.snapshot.rows as { categoryId: string }[]).map(({ categoryId }) => categoryId);
  const ids: Record<string, string> = {
    categories: first ?? "",
    receipts: bought.body.snapshot.receipt.id,
    searches: await made("searches", { name: "Top", region: "US", window: "7", pages: 1 }),
    watchlists: await made("watchlists", { name: "Spring launch" }),
  };
  await made(`watchlists/${ids.watchlists}/items`, { categoryId: first, region: "US" });
  const ledger = async () => (await page.request.get(`/api/v1/credits/entries?team=${slug}`)).json();
  const before = { charges: await charges(id), ledger: await ledger() };

  const pages = foldersOf("page.tsx").map((folder) => addressOf(folder, slug, ids));
  const routes = foldersOf("route.ts").map((folder) => addressOf(folder, slug, ids));
  expect(pages.length).toBeGreaterThan(8);
  expect(routes.length).toBeGreaterThan(12);
  const query = `team=${slug}&region=GB&window=30&category=601583&q=perfume&page=2&maxAgeMinutes=0`;
  const several = `team=${slug}&region=US&window=7&metric=cpa&categories=${first},${second}&regions=US`;
  for (const path of [...pages, ...routes]) {
    const addresses = [path, `${path}?${query}`, `${path}?${several}&view=where`];
    const answers = await Promise.all(addresses.map((address) => page.request.get(address, { maxRedirects: 0 })));
    for (const answer of answers) expect(answer.status(), answer.url()).toBeLessThan(500);
  }
  // Nothing of what is looked at with a team's own ids is missing, or the crawl would prove nothing of it.
  for (const view of [
    "",
    "/report",
    ...["", "/brief", "/report"].map((of) => `/categories/${first}${of}`),
    ...["", "/report"].flatMap((of) => [`/searches/${ids.searches}${of}`, `/watchlists/${ids.watchlists}${of}`]),
    `/receipts/${ids.receipts}`,
    ...["", "/report"].map((of) => `/compare${of}`),
    "/settings/imports",
  ]) {
    expect(pages).toContain(`/t/${slug}${view}`);
    expect((await page.request.get(`/t/${slug}${view}?${several}`)).status(), view).toBe(200);
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

  async function made(what: string, data: object): Promise<string> {
    const response = await page.request.post(`/api/v1/${what}?team=${slug}`, { data });
    expect(response.status(), await response.text()).toBe(201);
    return (await response.json()).id;
  }
});
