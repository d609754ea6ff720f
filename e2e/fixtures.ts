import { test as base, expect } from "@playwright/test";

export { expect };

/** Chromium's own line for each answer from 400 on, and without a connection; the tests look at what follows themselves. */
const ANSWERS = /Failed to load resource: (the server responded with a status of \d+|net::ERR_INTERNET_DISCONNECTED)/;

/** A page whose unexpected console errors, script errors and content-security violations fail the test. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !ANSWERS.test(message.text())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await use(page);
    expect(problems, "unexpected errors on the page").toEqual([]);
  },
});
