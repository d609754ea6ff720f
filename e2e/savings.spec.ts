import AxeBuilder from "@axe-core/playwright";
import { expect as plainExpect, test } from "./fixtures";
import { buy, newTeam } from "./people";
import { charges } from "./sandbox";

const expect = plainExpect.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 180_000 });

const WORDS = {
  "en-US": {
    title: "Save credits",
    lost: "6 of it for nothing",
    more: "Where, and what to do",
    bySchedule: "By schedule",
    byMember: "By member",
    pause: "Pause",
    paused: "“Top of the US” is paused",
    unknown: "No credits counted in that period.",
  },
  "zh-CN": {
    title: "节省积分",
    lost: "其中 6 白花",
    more: "花在哪、怎么省",
    bySchedule: "按定时更新",
    byMember: "按成员",
    pause: "暂停",
    paused: "“Top of the US”已暂停",
    unknown: "该账期没有积分记录。",
  },
} as const;

for (const [locale, viewport] of [
  ["en-US", { width: 1440, height: 900 }],
  ["zh-CN", { width: 360, height: 780 }],
] as const) {
  const words = WORDS[locale];
  test.describe(locale, () => {
    test.use({ locale, viewport });

    test("what was bought for nothing is told, and the schedule that did it is paused with one press", async ({
      page,
    }) => {
      const { id, slug } = await newTeam(page);
      const question = { region: "US", window: "7" };
      await buy(page.request, slug, question);
      await buy(page.request, slug, { ...question, maxAgeMinutes: 0 });
      const post = async (path: string, data: object) => {
        const response = await page.request.post(`/api/v1${path}?team=${slug}`, { data });
        expect(response.ok(), await response.text()).toBe(true);
        return response.json();
      };
      const search = await post("/searches", { name: "Top of the US", ...question, pages: 1 });
      const schedule = await post("/schedules", { searchId: search.id, cadence: "daily", hour: 9 });
      await post(`/schedules/${schedule.id}/run`, {});
      await expect.poll(async () => (await charges(id)).credits).toBe(6);

      await page.goto(`/t/${slug}/credits`);
      const box = page.getByRole("region", { name: words.title });
      await expect(box).toContainText(words.lost);
      await box.getByRole("link", { name: words.more }).click();
      await expect(page).toHaveURL(/\/credits\/savings$/);
      await expect(page.getByRole("table", { name: words.byMember })).toContainText("Mia Keller");
      const table = page.getByRole("table", { name: words.bySchedule });
      await expect(table.getByRole("rowheader", { name: "Top of the US" })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id: rule }) => rule)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );

      const pause = table.getByRole("button", { name: words.pause });
      await expect(pause).toBeEnabled();
      await pause.click();
      await expect(page.getByText(words.paused)).toBeVisible();
      await expect(pause).toHaveCount(0);
      expect((await charges(id)).credits).toBe(6);

      await page.goto(`/t/${slug}/credits/savings?period=2020-01-02`);
      await expect(page.getByText(words.unknown)).toBeVisible();
    });
  });
}
