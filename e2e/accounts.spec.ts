import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { linkIn, mailTo } from "./mails";
import { join, newTeam, PASSWORD, signUp, unique } from "./people";

const NEW_PASSWORD = "amber river window";

const en = {
  email: "Email",
  newEmail: "New email",
  present: "Present password",
  mailLink: "Mail the link",
  passwordWrong: "This is not your present password.",
  linkMailed: (address: string) => `A link was mailed to ${address}`,
  confirmSubject: "Confirm your email for Nichebook",
  confirm: "Confirm email",
  signedInAs: (address: string) => `Signed in as ${address}`,
  askedSubject: "A new address was asked for on your Nichebook account",
  changedSubject: "Your Nichebook address was changed",
  browsers: "Signed-in browsers",
  thisBrowser: "this browser",
  endOthers: "End all others",
  password: "Password",
  newPassword: "New password",
  changePassword: "Change password",
  passwordChanged: "Password changed",
  download: "Download as JSON",
  data: "Your data",
  onlyOwner: "You are the only owner of these teams.",
  deletion: "Delete account",
  typeAddress: (address: string) => `Type your address: ${address}`,
  deleteForGood: "Delete my account for good",
  confirmationWrong: "Type your own email address to confirm.",
  signIn: "Sign in",
  signInFailed: "Email and password do not belong together.",
  log: "Audit log",
  pseudonym: /Former member [0-9A-F]{6}/,
};
const zh: typeof en = {
  email: "邮箱",
  newEmail: "新邮箱",
  present: "当前密码",
  mailLink: "发送确认链接",
  passwordWrong: "当前密码不正确。",
  linkMailed: (address) => `确认链接已发送至 ${address}`,
  confirmSubject: "请确认您的类目簿邮箱",
  confirm: "确认邮箱",
  signedInAs: (address) => `当前登录：${address}`,
  askedSubject: "有人申请更换您的类目簿登录邮箱",
  changedSubject: "您的类目簿登录邮箱已变更",
  browsers: "已登录的浏览器",
  thisBrowser: "当前浏览器",
  endOthers: "退出其他所有浏览器",
  password: "密码",
  newPassword: "新密码",
  changePassword: "修改密码",
  passwordChanged: "密码已修改",
  download: "下载 JSON 文件",
  data: "您的数据",
  onlyOwner: "您是以下团队唯一的所有者。",
  deletion: "注销账号",
  typeAddress: (address) => `请输入您的邮箱：${address}`,
  deleteForGood: "永久注销账号",
  confirmationWrong: "请输入您自己的邮箱以确认。",
  signIn: "登录",
  signInFailed: "邮箱与密码不匹配，请检查后重试。",
  log: "操作日志",
  pseudonym: /已注销成员 [0-9A-F]{6}/,
};

const part = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

async function changeAddressBrowsersPassword(
  page: Page,
  browser: Browser,
  baseURL: string | undefined,
  email: string,
  words: typeof en,
) {
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? "" });
  const signedIn = await elsewhere.request.post("/api/v1/account/sign-in", { data: { email, password: PASSWORD } });
  expect(signedIn.status()).toBe(200);

  await page.goto("/account");
  const fresh = `${unique("fresh")}@example.com`;
  const addresses = part(page, words.email);
  await addresses.getByLabel(words.newEmail).fill(fresh);
  await addresses.getByLabel(words.present).fill("wrong");
  await addresses.getByRole("button", { name: words.mailLink }).click();
  await expect(addresses.getByText(words.passwordWrong)).toBeVisible();
  await expect(addresses.getByLabel(words.newEmail)).toHaveValue(fresh);
  await addresses.getByLabel(words.present).fill(PASSWORD);
  await addresses.getByRole("button", { name: words.mailLink }).click();
  await expect(addresses.getByText(words.linkMailed(fresh))).toBeVisible();
  const mail = await mailTo(fresh);
  expect(mail.subject).toBe(words.confirmSubject);
  await page.goto(linkIn(mail));
  await page.getByRole("button", { name: words.confirm }).click();
  await expect(page.getByText(words.signedInAs(fresh))).toBeVisible();
  expect((await mailTo(email)).subject).toBe(words.askedSubject);
  expect((await mailTo(email, 2)).subject).toBe(words.changedSubject);

  const browsers = page.getByRole("list", { name: words.browsers });
  await expect(browsers.getByRole("listitem")).toHaveCount(2);
  await expect(browsers.getByText(words.thisBrowser)).toBeVisible();
  await page.getByRole("button", { name: words.endOthers }).click();
  await expect(browsers.getByRole("listitem")).toHaveCount(1);
  expect((await elsewhere.request.get("/api/v1/me")).status()).toBe(401);
  await elsewhere.close();

  const passwords = part(page, words.password);
  await passwords.getByLabel(words.present).fill(PASSWORD);
  await passwords.getByLabel(words.newPassword).fill(NEW_PASSWORD);
  await passwords.getByRole("button", { name: words.changePassword }).click();
  await expect(page.getByText(words.passwordChanged)).toBeVisible();
}

/** Takes the data along, is held back as the only owner, leaves once there is another, and is a pseudonym there. */
async function takeDataAndLeave(page: Page, heir: Page, words: typeof en) {
  test.setTimeout(180_000);
  const { slug, email } = await newTeam(page);
  const made = await page.request.post(`/api/v1/tokens?team=${slug}`, { data: { name: "script", scope: "read" } });
  expect(made.status(), await made.text()).toBe(201);
  const { token } = await made.json();

  await page.goto("/account");
  const data = part(page, words.data);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    data.getByRole("link", { name: words.download }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("nichebook-account.json");
  const text = await readFile(await file.path(), "utf8");
  const held = JSON.parse(text);
  expect(held.account).toMatchObject({ name: "Mia Keller", email });
  expect(held.teams).toMatchObject([{ team: { slug, role: "owner" }, tokens: [{ name: "script" }] }]);
  for (const secret of ["passwordHash", "argon2", '"hash"', "secret", "sealed", token])
    expect(text).not.toContain(secret);

  await expect(data.getByText(words.onlyOwner)).toBeVisible();
  const inTheWay = data.getByRole("link", { name: /^Luma Trading/ });
  await expect(inTheWay).toHaveAttribute("href", `/t/${slug}/settings/members`);
  await expect(data.getByText(words.deletion, { exact: true })).toHaveCount(0);

  await signUp(heir.request, "Li Na");
  await join(page.request, slug, heir.request, "owner");
  await page.reload();
  await expect(data.getByText(words.onlyOwner)).toHaveCount(0);
  await data.getByText(words.deletion, { exact: true }).click();
  const confirmation = data.getByLabel(words.typeAddress(email));
  const password = data.getByLabel(words.present);
  await confirmation.fill("somebody@example.com");
  await password.fill("wrong");
  await data.getByRole("button", { name: words.deleteForGood }).click();
  await expect(confirmation).toHaveAccessibleDescription(words.confirmationWrong);
  await expect(confirmation).toHaveValue("somebody@example.com");
  await expect(password).toHaveValue("wrong");
  await confirmation.fill(email);
  await data.getByRole("button", { name: words.deleteForGood }).click();
  await expect(password).toHaveAccessibleDescription(words.passwordWrong);
  await expect(confirmation).toHaveValue(email);
  await expect(password).toHaveValue("wrong");
  await password.fill(PASSWORD);
  await data.getByRole("button", { name: words.deleteForGood }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/account"));

  await page.goto("/sign-in");
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: words.signIn, exact: true }).click();
  await expect(page.getByText(words.signInFailed)).toBeVisible();
  await heir.goto(`/t/${slug}/settings/audit`);
  const log = heir.getByRole("table", { name: words.log });
  await expect(log.getByRole("row").filter({ hasText: words.pseudonym }).first()).toBeVisible();
  await expect(log).not.toContainText("Mia Keller");
  await expect(log).not.toContainText(email);
  await heir.context().close();
}

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
    await changeAddressBrowsersPassword(page, browser, baseURL, email, en);

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

  test("a person takes their data along and deletes the account once each team has another owner", async ({
    page,
    browser,
    baseURL,
  }) => {
    const heir = await (await browser.newContext({ baseURL: baseURL ?? "", locale: "en-US" })).newPage();
    await takeDataAndLeave(page, heir, en);
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
  test("address, browsers and password change in Chinese, mails included", async ({ page, browser, baseURL }) => {
    const { email } = await signUp(page.request, "陈伟");
    await changeAddressBrowsersPassword(page, browser, baseURL, email, zh);
  });

  test("data is taken along and the account deleted in Chinese", async ({ page, browser, baseURL }) => {
    const heir = await (await browser.newContext({ baseURL: baseURL ?? "", locale: "zh-CN" })).newPage();
    await takeDataAndLeave(page, heir, zh);
  });
});
