import { describe, expect, test } from "vitest";
import { loadMessages, type Messages } from "@/lib/i18n/messages";
import { holds } from "./matching";
import { PAGES, type PageName } from "./pages";
import { WORDS } from "./words";

/** Where the navigation, or the page itself, says what it is called. */
const NAMES: Record<PageName, string> = {
  home: "shell.home",
  explore: "shell.explore",
  searches: "shell.searches",
  watchlists: "shell.watchlists",
  compare: "compare.title",
  schedules: "shell.schedules",
  alerts: "shell.alerts",
  review: "reviews.title",
  provider: "providerChanges.title",
  notifications: "notifications.title",
  credits: "shell.credits",
  unsettled: "unsettled.title",
  balance: "balance.title",
  savings: "savings.title",
  statement: "statement.title",
  general: "settings.general",
  members: "settings.members",
  key: "settings.key",
  limits: "settings.limits",
  names: "settings.names",
  imports: "settings.imports",
  tokens: "settings.tokens",
  webhooks: "settings.webhooks",
  audit: "settings.audit",
};

const at = (messages: Messages, path: string) =>
  path.split(".").reduce<Messages | string | undefined>((in_, key) => (in_ as Messages)[key], messages);

describe.each(["en", "zh-CN"] as const)("in %s", (locale) => {
  test("a page is called as its navigation calls it", () => {
    const said = PAGES.map(([page]) => [page, WORDS[locale].moving.pages[page]]);
    expect(said).toEqual(PAGES.map(([page]) => [page, at(loadMessages(locale), NAMES[page])]));
  });
});

test("a name is found by a part of it, whatever its case and width", () => {
  expect(holds("Weekly review", "LY RE")).toBe(true);
  expect(holds("KeyAPI 余额", "ｋｅｙ")).toBe(true);
  expect(holds("Compare", "")).toBe(true);
  expect(holds("Compare", "pear")).toBe(false);
});
