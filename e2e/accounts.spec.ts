import { expect, test } from "./fixtures";
import { linkIn, mailTo } from "./mails";
import { newTeam, PASSWORD, signUp, unique } from "./people";

const NEW_PASSWORD = "amber river window";

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("a forgotten password is chosen anew with a mailed link, once; nothing tells whether an account exists", async ({
    page,
    browser,
    baseURL,
  }) => {
    const elsewhere = await browser.newContext({ baseURL: baseURL ?? "" });
    const { email } = await signUp(elsewhere.request);

    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Forgotten your password?" }).click();
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
    await page.getByLabel("Email").fill("not an address");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await expect(page.getByText("This is not an email address.")).toBeVisible();
    await expect(page.getByLabel("Email")).toHaveValue("not an address");
    for (const address of [`${unique("nobody")}@example.com`, email]) {
      await page.goto("/forgot-password");
      await page.getByLabel("Email").fill(address);
      await page.getByRole("button", { name: "Mail me a link" }).click();
      await expect(page.getByRole("status")).toContainText("If there is an account with this address");
    }
    const mail = await mailTo(email);
    expect(mail.subject).toBe("Choose a new password for Nichebook");

    await page.goto(linkIn(mail));
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Save password" }).click();
    await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Save password" }).click();
    await expect(page.getByText("Your new password is saved.")).toBeVisible();
    expect((await elsewhere.request.get("/api/v1/me")).status()).toBe(401);

    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await page.goto(linkIn(mail));
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
    expect((await mailTo(email, 2)).subject).toBe("Your Nichebook password was changed");
    await elsewhere.close();
  });

  test("a person changes address, password, browsers and columns on the account page", async ({
    page,
    browser,
    baseURL,
  }) => {
    const { slug, email } = await newTeam(page);
    const elsewhere = await browser.newContext({ baseURL: baseURL ?? "" });
    const signedIn = await elsewhere.request.post("/api/v1/account/sign-in", { data: { email, password: PASSWORD } });
    expect(signedIn.status()).toBe(200);

    await page.goto("/account");
    const fresh = `${unique("fresh")}@example.com`;
    const addresses = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Email", exact: true }) });
    await addresses.getByLabel("New email").fill(fresh);
    await addresses.getByLabel("Present password").fill("wrong");
    await addresses.getByRole("button", { name: "Mail the link" }).click();
    await expect(addresses.getByText("This is not your present password.")).toBeVisible();
    await expect(addresses.getByLabel("New email")).toHaveValue(fresh);
    await addresses.getByLabel("Present password").fill(PASSWORD);
    await addresses.getByRole("button", { name: "Mail the link" }).click();
    await expect(addresses.getByText(`A link was mailed to ${fresh}`)).toBeVisible();
    await page.goto(linkIn(await mailTo(fresh)));
    await page.getByRole("button", { name: "Confirm email" }).click();
    await expect(page.getByText(`Signed in as ${fresh}`)).toBeVisible();
    const notice = await mailTo(email);
    expect(notice.subject).toBe("Your Nichebook address was changed");

    const browsers = page.getByRole("list", { name: "Signed-in browsers" });
    await expect(browsers.getByRole("listitem")).toHaveCount(2);
    await expect(browsers.getByText("this browser")).toBeVisible();
    await page.getByRole("button", { name: "End all others" }).click();
    await expect(browsers.getByRole("listitem")).toHaveCount(1);
    expect((await elsewhere.request.get("/api/v1/me")).status()).toBe(401);

    const passwords = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Password", exact: true }) });
    await passwords.getByLabel("Present password").fill(PASSWORD);
    await passwords.getByLabel("New password").fill(NEW_PASSWORD);
    await passwords.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Password changed")).toBeVisible();

    await page.getByRole("group", { name: "Columns of the ranking" }).getByLabel("Likes").uncheck();
    await page.getByLabel("Theme").selectOption("dark");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    const bought = await page.request.post(`/api/v1/insights?team=${slug}`, { data: { region: "US", window: "7" } });
    expect(bought.status()).toBe(200);
    await page.goto(`/t/${slug}/explore?region=US&window=7`);
    const ranking = page.getByRole("table", { name: "Ranking" });
    await expect(ranking.getByRole("columnheader", { name: "Shares" })).toBeVisible();
    await expect(ranking.getByRole("columnheader", { name: "Likes" })).toHaveCount(0);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("a forgotten password is chosen anew in Chinese, from the page to the mail and back", async ({ page }) => {
    const email = `${unique("chen")}@example.com`;
    const data = { name: "陈伟", email, password: PASSWORD, language: "zh-CN" };
    expect((await page.request.post("/api/v1/account/sign-up", { data })).status()).toBe(201);
    await page.request.post("/api/v1/account/sign-out");

    await page.goto("/sign-in");
    await page.getByRole("link", { name: "忘记密码？" }).click();
    await expect(page.getByRole("heading", { name: "重置密码" })).toBeVisible();
    await page.getByLabel("邮箱").fill(email);
    await page.getByRole("button", { name: "发送重置链接" }).click();
    await expect(page.getByRole("status")).toContainText("请查收邮件");
    const mail = await mailTo(email);
    expect(mail.subject).toBe("重置您的类目簿密码");
    expect(mail.text).toContain("陈伟");
    await page.goto(linkIn(mail));
    await page.getByLabel("新密码").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "保存密码" }).click();
    await expect(page.getByText("新密码已保存")).toBeVisible();
  });
});
