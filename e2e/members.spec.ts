import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { linkIn, mailTo } from "./mails";
import { createTeam, newTeam, PASSWORD, signUp, unique } from "./people";

const guestOf = async (browser: Browser, baseURL: string | undefined, locale: string): Promise<Page> =>
  (await browser.newContext({ baseURL: baseURL ?? "", locale })).newPage();

/** The whole address of a link that is shown once. */
const shownLink = async (page: Page, label: string): Promise<string> =>
  new URL(await page.getByLabel(label).inputValue()).pathname;

test.describe("in English", () => {
  test.use({ locale: "en-US" });

  test("an invitation by mail makes an account on the way, joins with one click, and its role and limit hold", async ({
    page,
    browser,
    baseURL,
  }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/members`);
    const email = `${unique("guest")}@example.com`;
    const form = page.getByRole("region", { name: "Invite somebody" });
    await form.getByLabel("Email").fill("not an address");
    await form.getByLabel("Credit limit a month").fill("-3");
    await form.getByRole("button", { name: "Invite", exact: true }).click();
    await expect(form.getByText("A limit cannot be negative.")).toBeVisible();
    await expect(form.getByLabel("Email")).toHaveValue("not an address");
    await form.getByLabel("Email").fill(email);
    await form.getByLabel("Credit limit a month").fill("40");
    await form.getByRole("button", { name: "Invite", exact: true }).click();
    await expect(form.getByText(`A mail to ${email} is on its way.`)).toBeVisible();
    await expect(page.getByRole("region", { name: "Open invitations" })).toContainText(email);

    const mail = await mailTo(email);
    expect(mail.subject).toContain("invites you to");
    const guest = await guestOf(browser, baseURL, "en-US");
    await guest.goto(linkIn(mail));
    await expect(guest.getByText(`This invitation is for ${email} only.`)).toBeVisible();
    await guest.getByRole("link", { name: "Create account" }).click();
    await expect(guest.getByLabel("Email")).toHaveValue(email);
    await guest.getByLabel("Name").fill("Li Na 👩‍💻");
    await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await guest.getByRole("button", { name: "Create account" }).click();
    await guest.getByRole("button", { name: "Join", exact: true }).click();
    await guest.waitForURL(`**/t/${slug}`);
    await guest.goto(`/t/${slug}/settings/limits`);
    await expect(guest.getByRole("textbox", { name: /Limit of Li Na/ })).toHaveValue("40");
    await guest.goto(linkIn(mail));
    await expect(guest.getByRole("heading", { name: /^You are on / })).toBeVisible();

    // A role change and a removal hold from the next page on.
    await page.reload();
    await page.getByLabel(/^Role of Li Na/).selectOption("viewer");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(/is now Viewer$/)).toBeVisible();
    await guest.goto(`/t/${slug}/explore?region=US&window=7`);
    await expect(guest.getByRole("button", { name: "Fetch · 2 credits" })).toBeDisabled();
    await page.getByRole("button", { name: /^More for Li Na/ }).click();
    await page.getByRole("button", { name: "Remove from the team" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText(/is no longer on the team$/)).toBeVisible();
    expect((await guest.goto(`/t/${slug}`))?.status()).toBe(404);
    await guest.context().close();
  });

  test("the last owner stays until ownership is handed over, and may leave then", async ({
    page,
    browser,
    baseURL,
  }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/members`);
    await page.getByRole("button", { name: "More for Mia Keller" }).click();
    await page.getByRole("button", { name: "Leave the team" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByRole("button", { name: "Leave" }).click();
    await expect(question.getByText("A team needs an owner. Make somebody else an owner first.")).toBeVisible();
    await question.getByRole("button", { name: "Cancel" }).click();

    const form = page.getByRole("region", { name: "Invite somebody" });
    await form.getByRole("button", { name: "Invite", exact: true }).click();
    const link = await shownLink(page, "Invitation link");
    const heir = await guestOf(browser, baseURL, "en-US");
    await signUp(heir.request, "Chen Wei");
    await heir.goto(link);
    await heir.getByRole("button", { name: "Join", exact: true }).click();
    await heir.waitForURL(`**/t/${slug}`);

    await page.reload();
    await page.getByRole("button", { name: "More for Chen Wei" }).click();
    await page.getByRole("button", { name: "Make owner in my place" }).click();
    await question.getByRole("button", { name: "Hand over" }).click();
    // The new owner's row moves up, and a menu that is open on the way closes.
    await expect(
      page.getByRole("row", { name: /^Chen Wei/ }).getByRole("cell", { name: "Owner", exact: true }),
    ).toBeVisible();
    await page.getByRole("button", { name: "More for Mia Keller" }).click();
    await page.getByRole("button", { name: "Leave the team" }).click();
    await question.getByRole("button", { name: "Leave" }).click();
    await page.waitForURL("**/teams/new");
    expect((await page.goto(`/t/${slug}`))?.status()).toBe(404);
    await heir.context().close();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN", timezoneId: "Asia/Shanghai" });

  test("a link is made anew, taken back and used once; every state says so", async ({ page, browser, baseURL }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/members`);
    const form = page.getByRole("region", { name: "邀请成员" });
    await form.getByRole("button", { name: "发出邀请" }).click();
    const first = await shownLink(page, "邀请链接");
    const open = page.getByRole("region", { name: "待接受的邀请" });
    await open.getByRole("button", { name: "为 任何持有链接的人 换新链接" }).click();
    const second = new URL(await open.getByLabel("邀请链接").inputValue()).pathname;

    const guest = await guestOf(browser, baseURL, "zh-CN");
    await guest.goto(first);
    await expect(guest.getByRole("heading", { name: "这个链接没有对应的邀请" })).toBeVisible();
    await signUp(guest.request, "王芳");
    await createTeam(guest.request, "别的团队");
    await guest.goto(second);
    await guest.getByRole("button", { name: "加入团队" }).click();
    await guest.waitForURL(`**/t/${slug}`);
    await expect(guest.getByRole("button", { name: /Luma Trading/ }).first()).toBeVisible();

    const other = await guestOf(browser, baseURL, "zh-CN");
    await other.goto(second);
    await expect(other.getByRole("heading", { name: "这份邀请已被使用" })).toBeVisible();
    await page.reload();
    await form.getByRole("button", { name: "发出邀请" }).click();
    const third = await shownLink(page, "邀请链接");
    await open.getByRole("button", { name: "撤回给 任何持有链接的人 的邀请" }).click();
    await expect(page.getByText("给 任何持有链接的人 的邀请已撤回")).toBeVisible();
    await other.goto(third);
    await expect(other.getByRole("heading", { name: "这份邀请已被撤回" })).toBeVisible();
    await other.context().close();
    await guest.context().close();
  });

  test("an invitation to another address says so, and lets one come back with the right account", async ({
    page,
    browser,
    baseURL,
  }) => {
    const { slug } = await newTeam(page);
    await page.goto(`/t/${slug}/settings/members`);
    const email = `${unique("guest")}@example.com`;
    const form = page.getByRole("region", { name: "邀请成员" });
    await form.getByLabel("邮箱").fill(email);
    await form.getByRole("button", { name: "发出邀请" }).click();
    const mail = await mailTo(email);
    expect(mail.subject).toContain("邀请你加入类目簿");
    const guest = await guestOf(browser, baseURL, "zh-CN");
    await signUp(guest.request, "王芳");
    await guest.goto(linkIn(mail));
    await expect(guest.getByText(`这份邀请仅限 ${email} 使用`)).toBeVisible();
    await guest.getByRole("button", { name: "退出并换一个账号" }).click();
    await expect(guest.getByRole("link", { name: "注册" })).toBeVisible();
    await guest.context().close();
  });
});
