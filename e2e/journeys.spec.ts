import type { APIRequestContext } from "@playwright/test";
import { test } from "./fixtures";
import { expect, type Hands, handsOf, type Look, rememberStops } from "./hands";
import { WORDS, type Words } from "./journey-words";
import { buy, join, newTeam, PASSWORD, signUp, unique } from "./people";
import { charges, fault } from "./sandbox";

/** Each journey with every hand, language, width and scheme in the long run; otherwise the two that differ most. */
const EVERY: Look[] = (["keyboard", "mouse"] as const).flatMap((input) =>
  (["en-US", "zh-CN"] as const).flatMap((locale) =>
    [360, 1440].flatMap((width) =>
      (["light", "dark"] as const).map((scheme): Look => ({ input, locale, width, scheme })),
    ),
  ),
);
const COVERING: Look[] = [
  { input: "keyboard", locale: "zh-CN", width: 360, scheme: "dark" },
  { input: "mouse", locale: "en-US", width: 1440, scheme: "light" },
];
const QUESTION = { region: "US", window: "7" };

for (const look of process.env.LONG ? EVERY : COVERING) {
  const { input, locale, width, scheme } = look;
  const words = WORDS[locale];
  const options = { locale, viewport: { width, height: width < 700 ? 780 : 900 }, colorScheme: scheme };

  test.describe(`${input}, ${locale}, ${width} px, ${scheme}`, () => {
    test.use(options);
    test.setTimeout(180_000);
    test.beforeEach(({ page }) => rememberStops(page));

    test("a newcomer gets to a first ranking and keeps its question", async ({ page }) => {
      const hands = handsOf(page, look, words, "first-ranking");
      const button = (name: string) => page.getByRole("button", { name, exact: true });
      await page.goto("/");
      await hands.look("landing");
      await hands.press(page.getByRole("link", { name: words.create, exact: true }).first());
      await hands.write(page.getByLabel(words.name, { exact: true }), "Mia Keller");
      await hands.write(page.getByLabel(words.email, { exact: true }), `${unique("mia")}@example.com`);
      await hands.write(page.getByLabel(words.password, { exact: true }), PASSWORD);
      await hands.look("sign-up");
      await hands.press(button(words.create));
      await hands.write(page.getByLabel(words.teamName, { exact: true }), unique("Luma Trading"));
      await hands.look("team");
      await hands.press(button(words.createTeam));
      await hands.press(button(words.sandbox));
      await expect(button(words.fetch)).toBeVisible();
      await hands.look("first-steps");
      await hands.press(button(words.fetch));
      await expect(page.getByRole("table", { name: words.ranking }).getByRole("row")).toHaveCount(21);
      await hands.look("ranking");
      await hands.press(button(words.save).first());
      const dialog = page.getByRole("dialog", { name: words.saveTitle });
      await hands.write(dialog.getByLabel(words.searchField, { exact: true }), words.searchName);
      await hands.look("save");
      await hands.press(dialog.getByRole("button", { name: words.saveSubmit, exact: true }));
      await expect(page.getByRole("heading", { level: 1, name: words.searchName })).toBeVisible();
      await hands.look("saved");
    });

    test("a watchlist is reviewed on a Monday: what moved, renewed for its price, marked as seen", async ({ page }) => {
      const hands = handsOf(page, look, words, "review");
      const team = await teamWithMovement(page.request, page, words);
      await page.goto(`/t/${team.slug}`);
      await hands.look("home");
      const show = page.getByRole("button", { name: words.show, exact: true });
      await hands.choose(page.getByRole("combobox", { name: words.of }), words.list);
      await hands.press(show);
      await expect(page).toHaveURL(/scope=list/);
      await hands.choose(page.getByRole("combobox", { name: words.against }), words.sinceReview);
      await hands.choose(page.getByRole("combobox", { name: words.metric }), words.spend);
      await hands.press(show);
      const moved = page.getByRole("list", { name: words.moved });
      await expect(moved.getByRole("listitem")).toHaveCount(2);
      await hands.look("moved");
      await hands.goTo(words.watchlists);
      await hands.look("lists");
      await hands.press(page.getByRole("link", { name: words.list, exact: true }).first());
      await expect(page.getByRole("heading", { level: 1, name: words.list })).toBeVisible();
      await hands.look("list");
      const before = (await charges(team.id)).credits;
      const refresh = page.getByRole("button", { name: words.refresh });
      const price = Number((await refresh.textContent())?.match(/\d+/)?.[0]);
      await hands.press(refresh);
      await expect(page.getByRole("status").filter({ hasText: words.done })).toBeVisible();
      await hands.look("renewed");
      const spent = (await charges(team.id)).credits - before;
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThanOrEqual(price);
      await hands.goTo(words.home);
      await hands.press(page.getByRole("button", { name: words.mark }));
      await expect(page.getByRole("button", { name: words.unmark })).toBeEnabled();
      await hands.look("reviewed");
    });

    test("a member at the limit asks for more, the owner grants it, and the member goes on", async ({
      page,
      browser,
      baseURL,
    }) => {
      const { id, slug } = await newTeam(page);
      const context = await browser.newContext({ ...options, baseURL: baseURL ?? "" });
      await signUp(context.request, "Chen Wei");
      await join(page.request, slug, context.request, "analyst");
      await limit(page.request, slug, "Chen Wei", 1);
      const theirs = await context.newPage();
      await rememberStops(theirs);
      const member = handsOf(theirs, look, words, "limit-member");
      const owner = handsOf(page, look, words, "limit-owner");
      await theirs.goto(`/t/${slug}/explore?region=GB&window=7`);
      const fetch = theirs.getByRole("button", { name: words.fetch }).first();
      await member.press(fetch);
      await expect(theirs.getByRole("alert").filter({ hasText: words.reached })).toBeVisible();
      await member.look("reached");
      await member.press(theirs.getByRole("button", { name: words.ask }));
      await member.write(theirs.getByLabel(words.askCredits, { exact: true }), "50");
      await member.write(theirs.getByLabel(words.askNote), words.askText);
      await member.look("asking");
      await member.press(theirs.getByRole("button", { name: words.send }));
      await expect(theirs.getByText(words.sent)).toBeVisible();
      await member.look("asked");
      await page.goto(`/t/${slug}`);
      await owner.press(page.getByRole("link", { name: words.bell }).filter({ visible: true }));
      await expect(page.getByRole("heading", { level: 1, name: words.notifications })).toBeVisible();
      await owner.look("told");
      await owner.press(page.getByRole("link", { name: words.asksNotice }));
      await expect(page.getByText(words.askText)).toBeVisible();
      await owner.look("ask");
      await owner.press(page.getByRole("button", { name: words.grant }));
      await expect(page.getByText(words.granted)).toBeVisible();
      await expect(page.getByRole("button", { name: words.grant })).toHaveCount(0);
      await owner.look("granted");
      await member.press(fetch);
      await expect(theirs.getByRole("table", { name: words.ranking }).getByRole("row")).toHaveCount(21);
      await member.look("goes-on");
      expect(await charges(id)).toMatchObject({ requests: 1, credits: 2 });
      await context.close();
    });

    test("who spent what: by member, by search, down to the receipt of one request", async ({
      page,
      browser,
      baseURL,
    }) => {
      const hands = handsOf(page, look, words, "spending");
      const { slug } = await newTeam(page);
      const context = await browser.newContext({ baseURL: baseURL ?? "" });
      await signUp(context.request, "Chen Wei");
      await join(page.request, slug, context.request, "analyst");
      for (const region of ["US", "GB"]) await buy(context.request, slug, { region, window: "7" });
      await runSearch(page.request, slug, words.searchName);
      await context.close();
      await page.goto(`/t/${slug}`);
      await hands.goTo(words.credits);
      const members = page.getByRole("table", { name: words.byMember, exact: true });
      await expect(members.getByRole("row", { name: /Chen Wei/ })).toContainText("4");
      await hands.look("by-member");
      await hands.press(page.getByRole("link", { name: words.bySearchTab, exact: true }));
      const searches = page.getByRole("table", { name: words.bySearch });
      await expect(searches.getByRole("row", { name: words.searchName })).toContainText("4");
      await hands.look("by-search");
      await hands.press(searches.getByRole("link", { name: words.searchName }));
      const ledger = page.getByRole("table", { name: words.ledger });
      await expect(ledger.getByRole("row")).toHaveCount(3);
      await hands.look("ledger");
      await hands.press(ledger.getByRole("link", { name: words.receiptOf }).first());
      await expect(page.getByRole("heading", { name: words.receipt, exact: true })).toBeVisible();
      await hands.look("receipt");
      await hands.press(page.getByRole("link", { name: words.backToLedger }));
      await expect(page.getByRole("heading", { level: 1, name: words.credits, exact: true })).toBeVisible();
      await expect(ledger).toBeInViewport();
      await hands.look("back");
    });

    test("a schedule is set for its price, and what it renews brings an alert", async ({ page }) => {
      const hands = handsOf(page, look, words, "schedule");
      const { id, slug } = await newTeam(page);
      await buy(page.request, slug, QUESTION);
      const { body } = await buy(page.request, slug, { ...QUESTION, page: 2 });
      await post(page.request, slug, "/searches", { name: words.searchName, ...QUESTION, pages: 2 });
      await page.goto(`/t/${slug}`);
      await hands.goTo(words.schedules);
      await hands.choose(page.getByLabel(words.what), words.searchName);
      await hands.press(page.getByRole("button", { name: words.askPrice }));
      await expect(page.getByText(words.told)).toBeVisible();
      await hands.look("price");
      await hands.press(page.getByRole("button", { name: words.confirm }));
      const row = page.getByRole("table", { name: words.schedules }).getByRole("row", { name: words.searchName });
      await expect(row).toBeVisible();
      await hands.look("set");
      await makeRule(hands, words, body.snapshot.rows[0].path[2]);
      // A row of the page before comes first on the second page: the others move down by a place.
      await fault(id, "slow", 1, 1);
      await fault(id, "duplicate-row");
      await hands.goTo(words.schedules);
      await hands.press(row.getByRole("button", { name: words.run }));
      await alerted(page.request, slug);
      expect((await charges(id)).credits).toBe(8);
      await hands.goTo(words.notifications);
      await hands.look("told");
      await hands.press(page.getByRole("link", { name: words.left }));
      await expect(page.getByRole("heading", { level: 1, name: words.alert, exact: true })).toBeVisible();
      await expect(page.getByRole("button", { name: words.watch })).toBeEnabled();
      await hands.look("alert");
    });
  });
}

async function makeRule(hands: Hands, words: Words, category: string): Promise<void> {
  const { page } = hands;
  await hands.goTo(words.alerts);
  await hands.choose(page.getByLabel(words.ruleScope, { exact: true }), words.oneCategory);
  await hands.choose(page.getByLabel(words.category, { exact: true }), new RegExp(category));
  await hands.choose(page.getByLabel(words.condition), words.leavesTop);
  await hands.write(page.getByLabel(words.places), "21");
  await hands.write(page.getByLabel(words.ruleName), words.ruleText);
  await hands.look("rule");
  await hands.press(page.getByRole("button", { name: words.saveRule }));
  await expect(page.getByRole("heading", { level: 1, name: words.rule, exact: true })).toBeVisible();
  await hands.look("rule-saved");
}

async function post(request: APIRequestContext, slug: string, path: string, data: object) {
  const response = await request.post(`/api/v1${path}?team=${slug}`, { data });
  expect(response.ok(), await response.text()).toBe(true);
  return response.json();
}

const get = async (request: APIRequestContext, slug: string, path: string) =>
  (await request.get(`/api/v1${path}?team=${slug}`)).json();

/** A team with a list of three, whose spending moved since it was reviewed; the third is not stored. */
async function teamWithMovement(request: APIRequestContext, page: Hands["page"], words: Words) {
  const { id, slug } = await newTeam(page);
  const { body } = await buy(request, slug, QUESTION);
  const list = await post(request, slug, "/watchlists", { name: words.list });
  const [first, second, third] = body.snapshot.rows;
  for (const [row, region] of [
    [first, "US"],
    [second, "US"],
    [third, "GB"],
  ] as const) {
    await post(request, slug, `/watchlists/${list.id}/items`, { categoryId: row.categoryId, region });
  }
  await post(request, slug, "/movements/reviews", { scope: `list.${list.id}` });
  await fault(id, "other-unit");
  await buy(request, slug, { ...QUESTION, maxAgeMinutes: 0 });
  // Figures in another unit are held back until an admin says that they are right.
  await expect.poll(async () => (await get(request, slug, "/provider-breaks")).items?.length).toBe(1);
  const [change] = (await get(request, slug, "/provider-breaks")).items;
  const judged = await request.put(`/api/v1/provider-breaks/${change.id}/verdict?team=${slug}`, {
    data: { verdict: "real" },
  });
  expect(judged.status()).toBe(200);
  return { id, slug };
}

async function limit(request: APIRequestContext, slug: string, name: string, credits: number) {
  const { members } = await get(request, slug, "/credits/limits");
  const member = members.find((one: { name: string }) => one.name === name);
  const saved = await request.put(`/api/v1/credits/limits?team=${slug}`, {
    data: { members: [{ id: member.id, credits }] },
  });
  expect(saved.status(), await saved.text()).toBe(200);
}

async function runSearch(request: APIRequestContext, slug: string, name: string): Promise<void> {
  const search = await post(request, slug, "/searches", { name, region: "DE", window: "7", pages: 2 });
  const { runId } = await post(request, slug, `/searches/${search.id}/run`, {});
  await expect.poll(async () => (await get(request, slug, `/runs/${runId}`)).state).toBe("done");
}

/** The worker tries rules on what was fetched. */
const alerted = (request: APIRequestContext, slug: string) =>
  expect.poll(async () => (await get(request, slug, "/alerts")).items.length, { timeout: 60_000 }).toBeGreaterThan(0);
