import { test as base, expect, type Page, type Response } from "@playwright/test";

export { expect };

/** Chromium's own line for each answer from 400 on, and without a connection; the tests look at what follows themselves. */
const ANSWERS = /Failed to load resource: (the server responded with a status of \d+|net::ERR_INTERNET_DISCONNECTED)/;

/**
 * A page that is loaded is handed over when its script hears presses and keys, as somebody would wait who sees its
 * buttons dimmed. What is no page of the application (a file, plain JSON) never wakes.
 */
function handOverAwake(page: Page): void {
  const awake = async (response: Response | null) => {
    if (response && (await response.headerValue("content-type"))?.startsWith("text/html")) {
      await page.waitForSelector("html[data-awake]", { state: "attached" });
    }
    return response;
  };
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...given) => awake(await goto(...given));
  page.reload = async (...given) => awake(await reload(...given));
}

/** A page whose unexpected console errors, script errors and content-security violations fail the test. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !ANSWERS.test(message.text())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    handOverAwake(page);
    await use(page);
    expect(problems, "unexpected errors on the page").toEqual([]);
  },
});
