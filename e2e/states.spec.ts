import type { Browser, Locator, Page } from "@playwright/test";
import { addressOf, foldersOf } from "./addresses";
import { expect, test } from "./fixtures";
import { furnish, LONG, USUAL } from "./furnished-team";
import { PHONE, problemsAtTheEnds, problemsHere, problemsOf, watchShifts } from "./page-problems";
import { buy, createTeam, join, newTeam, signUp } from "./people";
import { fault } from "./sandbox";

// Every page there is, a new one by itself, in the states that it can be in. Each walk signs in once and tells all that
// it found at its end.
test.describe.configure({ timeout: 600_000 });

const PAGES = foldersOf("page.tsx");
const TEAM_PAGES = PAGES.filter((folder) => folder.startsWith("t/"));
const PUBLIC_PAGES = PAGES.filter((folder) => folder.startsWith("(public)"));
const OWN_PAGES = ["/account", "/teams/new", "/"];
/** Such a page shows something that has to be there. */
const needsThing = (folder: string) => /\[(id|week)\]/.test(folder);
/** Where what was bought is looked at or bought. */
const isOfData = (folder: string) =>
  ["", "/explore", "/categories/[id]", "/categories/[id]/brief", "/compare", "/searches/[id]", "/watchlists/[id]"]
    .concat("/schedules", "/credits", "/notifications", "/settings/key", "/settings/limits")
    .includes(folder.replace("t/[team]", ""));

/** Of its form, and of nothing that there is: addresses of things whose id is not told take it too. */
const NO_ID = "00000000-0000-4000-8000-000000000000";
const QUESTION = { region: "US", window: "7" };
const queryOf = (folder: string, { categories = "" }: Record<string, string>) =>
  folder.includes("compare") ? `?categories=${categories}&regions=US,GB&window=7` : `?${new URLSearchParams(QUESTION)}`;

/** What looks, sorts, prints and explains, and what is one's own: how one is told, one's tokens and membership. */
const VIEWER_MAY = new RegExp(
  [
    "^(Show|Show the plan|Compare chosen|source & cost|Print|Print or save as PDF|(Save|Copy) as PNG|Left|Saved)$",
    "^(Picture|Sort): |^Forecast to |^(Repeated a fresh copy|Opened by nobody|Changed nothing)",
    "^(Hide these steps|Mark as reviewed|Save|Send it to me too|Create token|Leave the team|More for Li Na)$",
  ].join("|"),
);

const addressesOf = (folders: string[], slug: string, ids: Record<string, string> = {}) =>
  folders.map((folder) => `${addressOf(folder, slug, { categories: "601583", ...ids })}${queryOf(folder, ids)}`);

async function each(addresses: string[], look: (address: string) => Promise<string[]>): Promise<string[]> {
  const found: string[] = [];
  for (const address of addresses) found.push(...(await look(address)));
  return found;
}
const problemsOfAll = (page: Page, addresses: string[]) => each(addresses, (address) => problemsOf(page, address));

async function guestOf(browser: Browser, baseURL: string | undefined): Promise<Page> {
  return (await browser.newContext({ baseURL: baseURL ?? "", locale: "en-US" })).newPage();
}

for (const locale of ["en-US", "zh-CN"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("pages of everybody read well, signed out, also where a link is no good", async ({ page }) => {
      const ids = { invite: "none", "reset-password": "none", "confirm-email": "none" };
      const found = await problemsOfAll(page, addressesOf(PUBLIC_PAGES, "", ids));
      found.push(...(await problemsOf(page, "/nowhere", 404)));
      expect(found).toEqual([]);
    });

    test("pages read well, and nothing of them moves, where something of every kind is there", async ({ page }) => {
      const team = await newTeam(page);
      const ids = await furnish(page.request, team, USUAL);
      await watchShifts(page);
      const addresses = [...addressesOf(TEAM_PAGES, team.slug, ids), ...OWN_PAGES];
      const found = await problemsOfAll(page, addresses);
      // Neither language moves more than the other there.
      if (locale === "zh-CN") found.push(...(await each(addresses, (address) => problemsAtTheEnds(page, address))));
      expect(found).toEqual([]);
    });
  });
}

test.describe("in Chinese, whose words break elsewhere", () => {
  test.use({ locale: "zh-CN" });

  test("pages read well where all names are as long as they may be, without a space and in several scripts", async ({
    page,
  }) => {
    await signUp(page.request, LONG.thing);
    const team = await createTeam(page.request, LONG.thing.slice(-70));
    expect((await page.request.post(`/api/v1/key/sandbox?team=${team.slug}`)).status()).toBe(200);
    const ids = await furnish(page.request, team, LONG);
    const found = await problemsOfAll(page, [...addressesOf(TEAM_PAGES, team.slug, ids), ...OWN_PAGES]);
    found.push(...(await problemsOfWhatOpens(page, `/t/${team.slug}`)));
    expect(found).toEqual([]);
  });
});

test.describe("whatever the language", () => {
  test.use({ locale: "en-US" });

  test("pages read well where nothing is there yet", async ({ page }) => {
    await signUp(page.request);
    const { slug } = await createTeam(page.request);
    const folders = TEAM_PAGES.filter((folder) => !needsThing(folder));
    const found = await problemsOfAll(page, addressesOf(folders, slug));
    const [gone = "", ...others] = addressesOf(TEAM_PAGES.filter(needsThing), slug, { categories: NO_ID });
    found.push(...(await problemsOf(page, gone, 404)));
    for (const address of others) {
      const status = (await page.request.get(address)).status();
      if (status !== 404) found.push(`${address}: answers ${status}`);
    }
    expect(found).toEqual([]);
  });

  test("who only reads is shown every page, and can press nothing there that they may not do", async ({
    page,
    browser,
    baseURL,
  }) => {
    const team = await newTeam(page);
    const ids = await furnish(page.request, team, USUAL);
    const guest = await guestOf(browser, baseURL);
    await signUp(guest.request, "Li Na");
    await join(page.request, team.slug, guest.request, "viewer");
    const found = await each(addressesOf(TEAM_PAGES, team.slug, ids), async (address) => {
      const problems = await problemsOf(guest, address);
      const names = await guest
        .locator("main button:enabled")
        .evaluateAll((all) => all.map((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").trim()));
      const tooMuch = names.filter((name) => !VIEWER_MAY.test(name));
      return [...problems, ...tooMuch.map((name) => `${address}: a viewer may press “${name}”`)];
    });
    expect(found).toEqual([]);
  });

  test("old data, a full limit, no credits and a rejected key are said, and pages read well with them", async ({
    page,
  }) => {
    const team = await newTeam(page);
    const { slug } = team;
    const ids = await furnish(page.request, team, USUAL);
    const addresses = addressesOf(TEAM_PAGES.filter(isOfData), slug, ids);
    const explore = `/t/${slug}/explore?region=DE&window=30`;
    const found: string[] = [];
    const press = async (what: string, says: RegExp) => {
      await page.goto(explore);
      await page.getByRole("button", { name: "Fetch · 2 credits" }).first().click();
      await expect(page.getByRole("alert").filter({ hasText: says })).toBeVisible();
      found.push(...(await problemsHere(page, what)));
    };
    const { version } = await (await page.request.get(`/api/v1/team?team=${slug}`)).json();
    const stale = await page.request.patch(`/api/v1/team?team=${slug}`, { data: { freshnessMinutes: 0, version } });
    expect(stale.status(), await stale.text()).toBe(200);
    found.push(...(await problemsOfAll(page, addresses)));

    await limitTo(page, slug, 1);
    found.push(...(await problemsOfAll(page, addresses)));
    await press("a full limit", /limit is reached/);
    await limitTo(page, slug, null);

    for (const [name, says] of [
      ["500", /KeyAPI|provider/i],
      ["truncated-json", /to confirm/i],
      ["402", /out of credits/i],
      ["401", /key/i],
    ] as const) {
      await fault(team.id, name);
      await press(`an answer ${name}`, says);
    }
    found.push(...(await problemsOfAll(page, addresses)));
    expect(found).toEqual([]);
  });

  test("who is not signed in is sent to the sign-in, and who is of another team finds no such page", async ({
    page,
    browser,
    baseURL,
  }) => {
    const team = await newTeam(page);
    await buy(page.request, team.slug, QUESTION);
    const [outsider, stranger] = [await guestOf(browser, baseURL), await guestOf(browser, baseURL)];
    await newTeam(outsider);
    const found = await each(addressesOf(TEAM_PAGES, team.slug), async (address) => {
      const [theirs, nobodys] = await Promise.all(
        [outsider, stranger].map(({ request }) => request.get(address, { maxRedirects: 0 })),
      );
      const isRefused = theirs?.status() === 404 && nobodys?.status() === 307;
      const leads = new URL(nobodys?.headers().location ?? "/", baseURL).pathname;
      return isRefused && leads === "/sign-in"
        ? []
        : [`${address}: ${theirs?.status()}, ${nobodys?.status()} ${leads}`];
    });
    found.push(...(await problemsOf(outsider, `/t/${team.slug}`, 404)));
    found.push(...(await problemsOf(stranger, `/t/${team.slug}/explore`)));
    expect(found).toEqual([]);
  });
});

/** Menus, panels, dialogs and short answers, which hold the same names as the pages. */
async function problemsOfWhatOpens(page: Page, home: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (what: string, opened: Locator) => {
    await expect(opened.first()).toBeVisible();
    found.push(...(await problemsHere(page, what, [PHONE.width])));
  };
  const openPage = async (path: string) => {
    await page.setViewportSize(PHONE);
    await page.goto(`${home}${path}`);
    await expect(page.getByRole("button", { name: /^查找/ }).filter({ visible: true })).toBeEnabled();
  };
  await openPage("/explore?region=US&window=7");
  await page.locator("main .star[aria-haspopup]").first().click();
  await look("the lists of a star", page.getByRole("menu"));
  await openPage("/explore?region=US&window=7");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(LONG.thing.slice(0, 12));
  await look("what is found by its name", page.getByRole("option").filter({ hasText: LONG.thing }));
  await openPage("/settings/tokens");
  await page.locator("main .btn-bad:enabled").first().click();
  await look("a question before something ends", page.getByRole("alertdialog"));
  await openPage("/settings/imports");
  await page.locator("main .btn-bad:enabled").first().click();
  await look("an answer with a way back", page.locator("[data-sonner-toast]"));
  return found;
}

async function limitTo(page: Page, slug: string, team: number | null): Promise<void> {
  const answer = await page.request.put(`/api/v1/credits/limits?team=${slug}`, { data: { team } });
  expect(answer.status(), await answer.text()).toBe(200);
}
