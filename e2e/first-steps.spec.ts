import { expect, test } from "./fixtures";
import { PASSWORD, unique } from "./people";

const WORDS = {
  "en-US": {
    create: "Create account",
    fields: ["Name", "Email", "Team name"],
    password: "Password",
    createTeam: "Create team",
    sandbox: "Use the sandbox",
    fetch: "Fetch · 2 credits",
    steps: "First steps",
    save: "Save the question",
    done: "done",
    hide: "Hide these steps",
  },
  "zh-CN": {
    create: "注册",
    fields: ["姓名", "邮箱", "团队名称"],
    password: "密码",
    createTeam: "创建团队",
    sandbox: "使用演示数据",
    fetch: "获取 · 2 积分",
    steps: "开始使用",
    save: "存为常用查询",
    done: "已完成",
    hide: "隐藏这些步骤",
  },
} as const;

for (const locale of ["en-US", "zh-CN"] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    const words = WORDS[locale];

    test("from the first page to a first ranking in at most six presses, and what was done is ticked off at home", async ({
      page,
    }) => {
      test.setTimeout(120_000);
      let presses = 0;
      const press = async (role: "link" | "button", name: string) => {
        await page.getByRole(role, { name, exact: true }).first().click();
        presses += 1;
      };
      const [name, email, team] = words.fields;
      await page.goto("/");
      await press("link", words.create);
      await page.getByLabel(name, { exact: true }).fill("Mia Keller");
      await page.getByLabel(email, { exact: true }).fill(`${unique("mia")}@example.com`);
      await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
      await press("button", words.create);
      await page.getByLabel(team, { exact: true }).fill(unique("Luma Trading"));
      await press("button", words.createTeam);
      await expect(page).toHaveURL(/\/t\//);
      const home = page.url();
      await press("button", words.sandbox);
      await press("button", words.fetch);
      await expect(page.getByRole("table").first().getByRole("row")).toHaveCount(21, { timeout: 30_000 });
      expect(presses).toBeLessThanOrEqual(6);

      await page.goto(home);
      const steps = page.getByRole("region", { name: words.steps });
      const items = steps.getByRole("listitem");
      await expect(items.filter({ hasText: words.done })).toHaveCount(2);
      await expect(items.filter({ hasText: words.save })).not.toContainText(words.done);

      await steps.getByRole("button", { name: words.hide }).click();
      await expect(steps).toHaveCount(0);
      await page.reload();
      await expect(steps).toHaveCount(0);
    });
  });
}
