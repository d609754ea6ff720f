import type { Browser, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "./fixtures";
import { mailTo } from "./mails";
import { join, newTeam, PASSWORD, signUp } from "./people";

/** What an authenticator app shows, so many steps from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

const section = (page: Page) => page.locator("#second-factor");

/** Makes somebody signed in an analyst of a team whose owner then asks every member for a second factor. */
async function joinStrictTeam(page: Page, browser: Browser, baseURL: string | undefined): Promise<string> {
  const owner = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  const { slug } = await newTeam(owner);
  await join(owner.request, slug, page.request, "analyst");
  const factor = "/api/v1/account/second-factor";
  const { secret } = await (await owner.request.post(factor, { data: { currentPassword: PASSWORD } })).json();
  const confirmed = await owner.request.post(`${factor}/confirm`, { data: { code: codeOf(secret) } });
  expect(confirmed.status(), await confirmed.text()).toBe(200);
  const team = `/api/v1/team?team=${slug}`;
  const { version } = await (await owner.request.get(team)).json();
  const asked = await owner.request.patch(team, { data: { version, secondFactorRequired: true } });
  expect(asked.status(), await asked.text()).toBe(200);
  await owner.context().close();
  return slug;
}

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a person sets a second factor up, signs in with a code, then with a recovery code, and turns it off", async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const { email } = await signUp(page.request);
    await page.goto("/account");
    await section(page).getByLabel("Present password").fill(PASSWORD);
    await section(page).getByRole("button", { name: "Set up" }).click();
    await expect(section(page).getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
    const secret = await section(page).locator("code").innerText();
    await section(page).getByLabel("Code", { exact: true }).fill("000000");
    await section(page).getByRole("button", { name: "Turn on" }).click();
    await expect(section(page).getByText("This code is wrong or was used already.")).toBeVisible();
    await section(page).getByLabel("Code", { exact: true }).fill(codeOf(secret));
    await section(page).getByRole("button", { name: "Turn on" }).click();
    const codes = section(page).getByRole("list", { name: "Your recovery codes" }).getByRole("listitem");
    await expect(codes).toHaveCount(10);
    const [recovery = "", last = ""] = await codes.allInnerTexts();
    await section(page).getByRole("button", { name: "I have kept them" }).click();
    await expect(section(page).getByText("10 recovery codes are left")).toBeVisible();
    expect((await mailTo(email)).subject).toBe("A second factor protects your Nichebook account");

    // The next step's code: the present one was taken, and an older one would be too old when half a minute turns over.
    for (const code of [codeOf(secret, 1), recovery]) {
      await page.request.post("/api/v1/account/sign-out");
      await page.goto("/sign-in");
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await expect(page.getByLabel("Code", { exact: true })).toHaveCount(0);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
      await page.getByLabel("Code", { exact: true }).fill(code);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    }
    await page.goto("/account");
    await expect(section(page).getByText("9 recovery codes are left")).toBeVisible();
    await section(page).getByText("Turn off", { exact: true }).first().click();
    const off = section(page).locator("details").first();
    await off.getByLabel("Present password").fill(PASSWORD);
    await off.getByLabel("Code", { exact: true }).fill(last);
    await off.getByRole("button", { name: "Turn off" }).click();
    await expect(section(page).getByRole("button", { name: "Set up" })).toBeVisible();
    expect((await mailTo(email, 2)).subject).toBe("The second factor of your Nichebook account was turned off");
  });

  test("a member without one who opens a page of a team that asks for it is led to set it up, and gets in then", async ({
    page,
    browser,
    baseURL,
  }) => {
    await signUp(page.request);
    const slug = await joinStrictTeam(page, browser, baseURL);
    await page.goto(`/t/${slug}/explore`);
    await expect(page).toHaveURL(/\/account\?needs=second-factor#second-factor$/);
    await expect(section(page).getByText("A team that you opened asks its members for a second factor.")).toBeVisible();
    await section(page).getByLabel("Present password").fill(PASSWORD);
    await section(page).getByRole("button", { name: "Set up" }).click();
    const secret = await section(page).locator("code").innerText();
    await expect(section(page).getByText("Six digits from your authenticator app.")).toBeVisible();
    await section(page).getByLabel("Code", { exact: true }).fill(codeOf(secret));
    await section(page).getByRole("button", { name: "Turn on" }).click();
    await section(page).getByRole("button", { name: "I have kept them" }).click();
    await expect(section(page).getByText("A team that you opened")).toHaveCount(0);
    await page.goto(`/t/${slug}/explore`);
    await expect(page).toHaveURL(new RegExp(`/t/${slug}/explore$`));
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("the same is set up in Chinese", async ({ page }) => {
    await signUp(page.request, "陈伟");
    await page.goto("/account");
    await section(page).getByLabel("当前密码").fill(PASSWORD);
    await section(page).getByRole("button", { name: "开始设置" }).click();
    const secret = await section(page).locator("code").innerText();
    await section(page).getByLabel("验证码", { exact: true }).fill(codeOf(secret));
    await section(page).getByRole("button", { name: "开启" }).click();
    await expect(section(page).getByRole("list", { name: "您的恢复码" }).getByRole("listitem")).toHaveCount(10);
    await section(page).getByRole("button", { name: "我已保存" }).click();
    await expect(section(page).getByText("还剩 10 个恢复码")).toBeVisible();
  });

  test("a member without one is led to set it up in Chinese", async ({ page, browser, baseURL }) => {
    await signUp(page.request, "陈伟");
    const slug = await joinStrictTeam(page, browser, baseURL);
    await page.goto(`/t/${slug}/explore`);
    await expect(page).toHaveURL(/\/account\?needs=second-factor#second-factor$/);
    await expect(section(page).getByText("您打开的团队要求成员开启两步验证，请先在此设置。")).toBeVisible();
    await section(page).getByLabel("当前密码").fill(PASSWORD);
    await section(page).getByRole("button", { name: "开始设置" }).click();
    const secret = await section(page).locator("code").innerText();
    await expect(section(page).getByText("身份验证器应用中的 6 位数字。")).toBeVisible();
    await section(page).getByLabel("验证码", { exact: true }).fill(codeOf(secret));
    await section(page).getByRole("button", { name: "开启" }).click();
    await section(page).getByRole("button", { name: "我已保存" }).click();
    await page.goto(`/t/${slug}/explore`);
    await expect(page).toHaveURL(new RegExp(`/t/${slug}/explore$`));
  });
});
