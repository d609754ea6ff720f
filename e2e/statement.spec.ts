import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";
import { buy, newTeam } from "./people";

test("the ledger on screen can be saved, and the file says what the ledger says", async ({ page }) => {
  const { slug } = await newTeam(page);
  for (const region of ["US", "GB", "DE"]) await buy(page.request, slug, { region, window: "7" });
  await page.goto(`/t/${slug}/credits`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).first().click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^nichebook-ledger-[a-z0-9-]+\.csv$/);
  const bytes = await readFile(await download.path());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [keys = [], , ...rows] = bytes
    .toString("utf8")
    .slice(1)
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  const ledger = await (await page.request.get(`/api/v1/credits/entries?team=${slug}`)).json();
  const column = (name: string) => rows.map((row) => row[keys.indexOf(name)]);
  expect(column("request_id")).toEqual(ledger.items.map(({ id }: { id: string }) => id));
  expect(column("at")).toEqual(ledger.items.map(({ at }: { at: string }) => at));
  expect(column("region")).toEqual(["DE", "GB", "US"]);
  expect(column("credits")).toEqual(["2", "2", "2"]);
});

test("the file's second row speaks the reader's language", async ({ page }) => {
  const { slug } = await newTeam(page);
  const file = await page.request.get(`/api/v1/credits/entries.csv?team=${slug}`, {
    headers: { "accept-language": "zh-CN" },
  });
  expect((await file.text()).split("\r\n")[1]).toContain("请求编号");
});

test("the statement adds up, prints on white paper without the shell, and passes axe", async ({ page }) => {
  const { slug } = await newTeam(page);
  for (const region of ["US", "GB"]) await buy(page.request, slug, { region, window: "7" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`/t/${slug}/credits`);
  await page.getByRole("link", { name: "Statement" }).first().click();
  await expect(page.getByRole("heading", { name: "Statement", level: 1 })).toBeVisible();
  const totals = page.getByRole("table", { name: "Totals" });
  await expect(totals.getByRole("row", { name: /^Charged in this period/ })).toContainText("4");
  for (const name of ["By member", "By purpose", "By day"]) {
    await expect(page.getByRole("table", { name }).getByRole("row").last()).toHaveText(/^Total240$/);
  }
  await expect(page.getByText(/2 requests, 6 events; ledger verified/)).toBeVisible();
  expect(
    (await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze())
      .violations,
  ).toEqual([]);

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(totals).toBeVisible();
  const ink = await totals.evaluate((table) => getComputedStyle(table).color);
  expect(ink).toBe("rgb(27, 26, 23)");
});
