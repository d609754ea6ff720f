import { expect, test } from "./fixtures";
import { buy, join, newTeam, signUp } from "./people";
import { charges } from "./sandbox";

const kept = (url: string) => url.includes("/api/v1/filters");

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a ranking is found again as it was left, a link shows what it says, and resetting is one press", async ({
    page,
    browser,
  }) => {
    const { id: teamId, slug } = await newTeam(page);
    const before = await charges(teamId);
    const explore = `/t/${slug}/explore`;
    await page.goto(explore);
    await expect(page).toHaveURL(explore);
    await expect(page.getByRole("link", { name: "Reset filters" })).toHaveCount(0);
    await page.getByLabel("Region").selectOption("GB");
    await page.getByLabel("Time window").selectOption("30");
    const told = page.waitForResponse((response) => kept(response.url()));
    await page.getByRole("button", { name: "Show" }).click();
    expect((await told).status()).toBe(204);

    await page.goto(`/t/${slug}/searches`);
    await page.getByRole("navigation").getByRole("link", { name: "Category ranking" }).first().click();
    await expect(page).toHaveURL(`${explore}?region=GB&window=30`);
    await expect(page.getByLabel("Region")).toHaveValue("GB");

    // Another browser of the same person, and another person.
    await page.goto(explore);
    await expect(page).toHaveURL(`${explore}?region=GB&window=30`);
    const guest = await browser.newContext({ locale: "en-US" });
    await signUp(guest.request, "Wei Lin");
    await join(page.request, slug, guest.request, "analyst");
    const theirs = await guest.newPage();
    await theirs.goto(explore);
    await expect(theirs).toHaveURL(explore);
    await expect(theirs.getByLabel("Region")).toHaveValue("US");
    await guest.close();

    // A link is nobody's choice: it shows what it says and is not kept.
    await page.goto(`${explore}?region=VN&window=7`);
    await expect(page.getByLabel("Region")).toHaveValue("VN");
    await page.goto(explore);
    await expect(page.getByLabel("Region")).toHaveValue("GB");

    const forgotten = page.waitForResponse((response) => kept(response.url()));
    await page.getByRole("link", { name: "Reset filters" }).click();
    await expect(page.getByLabel("Region")).toHaveValue("US");
    await forgotten;
    await page.goto(explore);
    await expect(page).toHaveURL(explore);
    await expect(page.getByLabel("Time window")).toHaveValue("7");
    expect(await charges(teamId)).toEqual(before);
  });

  test("so are the ledger, without its days, and what moved, unless its list is gone", async ({ page }) => {
    const { slug } = await newTeam(page);
    await buy(page.request, slug, { region: "US", window: "7" });
    const made = await page.request.post(`/api/v1/watchlists?team=${slug}`, { data: { name: "Scents" } });
    const { id } = await made.json();

    await page.goto(`/t/${slug}/credits`);
    await page.getByLabel("Outcome").selectOption("charged");
    const told = page.waitForResponse((response) => kept(response.url()));
    await page.getByRole("button", { name: "Show" }).click();
    await told;
    await page.goto(`/t/${slug}/credits`);
    await expect(page).toHaveURL(`/t/${slug}/credits?outcome=charged`);
    const cleared = page.waitForResponse((response) => kept(response.url()));
    await page.getByRole("link", { name: "Clear filters" }).click();
    await cleared;
    await expect(page.getByLabel("Outcome")).toHaveValue("");
    await page.goto(`/t/${slug}/credits`);
    await expect(page).toHaveURL(`/t/${slug}/credits`);

    await page.goto(`/t/${slug}`);
    const filters = page.getByRole("search", { name: "What is shown of what moved" });
    await filters.getByRole("combobox").first().selectOption({ label: "Scents" });
    const chosen = page.waitForResponse((response) => kept(response.url()));
    await filters.getByRole("button", { name: "Show" }).click();
    await chosen;
    await page.goto(`/t/${slug}`);
    await expect(page).toHaveURL(new RegExp(`scope=list.${id}`));
    await expect(filters.getByRole("link", { name: "Reset filters" })).toBeVisible();
    await page.request.delete(`/api/v1/watchlists/${id}?team=${slug}`);
    await page.goto(`/t/${slug}`);
    await expect(page).toHaveURL(`/t/${slug}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", viewport: { width: 360, height: 780 } });

  test("the same on a phone", async ({ page }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/explore`);
    await page.getByLabel("国家/地区").selectOption("JP");
    const told = page.waitForResponse((response) => kept(response.url()));
    await page.getByRole("button", { name: "查看" }).click();
    await told;
    await page.goto(`/t/${slug}/explore`);
    await expect(page.getByLabel("国家/地区")).toHaveValue("JP");
    await page.getByRole("link", { name: "恢复默认筛选" }).click();
    await expect(page.getByLabel("国家/地区")).toHaveValue("US");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
