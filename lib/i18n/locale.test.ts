import { describe, expect, test } from "vitest";
import { negotiateLocale } from "./locale";

describe("the language of a caller", () => {
  test("is the account's, before the cookie's, before the browser's, before English", () => {
    expect(negotiateLocale({ account: "zh-CN", cookie: "en", acceptLanguage: "en" })).toBe("zh-CN");
    expect(negotiateLocale({ account: null, cookie: "zh-CN", acceptLanguage: "en" })).toBe("zh-CN");
    expect(negotiateLocale({ acceptLanguage: "zh" })).toBe("zh-CN");
    expect(negotiateLocale({})).toBe("en");
  });

  test("is, of a report, the one that its address names", () => {
    expect(negotiateLocale({ named: "en", account: "zh-CN" })).toBe("en");
    expect(negotiateLocale({ named: "tlh", account: "zh-CN" })).toBe("zh-CN");
  });

  test("ignores what it does not know", () => {
    expect(negotiateLocale({ account: "tlh", cookie: "'; drop", acceptLanguage: "de, fr;q=0.9" })).toBe("en");
  });

  test.each([
    ["de-DE,zh-TW;q=0.8,en;q=0.9", "en"],
    ["zh-Hant-HK, en;q=0.5", "zh-CN"],
    ["en;q=0, zh;q=0.1", "zh-CN"],
    ["*", "en"],
    ["zho, english", "en"],
    [";;q=,,=q", "en"],
  ])("reads %s as the browser's wishes in their order", (acceptLanguage, locale) => {
    expect(negotiateLocale({ acceptLanguage })).toBe(locale);
  });
});
