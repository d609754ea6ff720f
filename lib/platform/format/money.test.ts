import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditPriceOf } from "@/lib/credits/schemas";
import { exactMoney, money, priceOfOne } from "./money";

const usd = (amount: number) => ({ amount, currency: "USD" });
const cny = (amount: number) => ({ amount, currency: "CNY" });
const jpy = (amount: number) => ({ amount, currency: "JPY" });

describe("money", () => {
  test.each([
    [549, usd(0.0123), "6.7527"],
    [3, usd(0.1), "0.3"],
    [1_000_000_000, usd(999_999.999999), "999999999999000"],
    [7, usd(1.005), "7.035"],
    [0, usd(0.0123), "0"],
    [100, usd(0.01), "1"],
    [-2, usd(0.0123), "-0.0246"],
    [1, usd(0.000001), "0.000001"],
  ])("%i at %o is %s to the last decimal", (count, price, expected) => {
    expect(exactMoney(count, price)).toBe(expected);
  });

  test("is the count times the price for every price of six decimals, without a trace of a float", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 999_999_999_999 }),
        (count, priceMillionths) => {
          const text = exactMoney(count, usd(priceMillionths / 1_000_000));
          const [whole = "", fraction = ""] = text.replace("-", "").split(".");
          const size = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
          expect(text.startsWith("-") ? -size : size).toBe(BigInt(count) * BigInt(priceMillionths));
        },
      ),
    );
  });

  test.each([
    [549, cny(0.7), "en", "CN¥384.30"],
    [549, cny(0.7), "zh-CN", "¥384.30"],
    [549, usd(0.0123), "en", "$6.75"],
    [549, usd(0.0123), "zh-CN", "US$6.75"],
    [1_234_567, usd(0.1), "en", "$123,456.70"],
    [3, jpy(2.5), "en", "¥8"],
    [3, jpy(2.5), "zh-CN", "JP¥8"],
    [-2, usd(1), "en", "\u2212$2.00"],
    [0, usd(1), "en", "$0.00"],
  ])("%i at %o reads in %s as %s", (count, price, locale, expected) => {
    expect(money(count, price, locale)).toBe(expected);
  });

  test("rounds what stands in the middle away from zero, where a float would fall short of it", () => {
    expect(money(1, usd(1.005), "en")).toBe("$1.01");
    expect(money(-1, usd(1.005), "en")).toBe("\u2212$1.01");
  });

  test("never calls a small amount nothing", () => {
    expect(money(2, usd(0.0012), "en")).toBe("$0.0024");
    expect(money(1, usd(0.000001), "zh-CN")).toBe("US$0.000001");
    expect(money(1, usd(0.005), "en")).toBe("$0.01");
  });

  test("is not there without a price", () => {
    expect(creditPriceOf({ creditPrice: null, creditCurrency: null })).toBeNull();
    expect(creditPriceOf({ creditPrice: 0.7, creditCurrency: "CNY" })).toEqual(cny(0.7));
    expect(money(549, null, "en")).toBeNull();
  });

  test("names the price of one with all of its decimals", () => {
    expect(priceOfOne(usd(0.0123), "en")).toBe("$0.0123");
    expect(priceOfOne(cny(0.7), "zh-CN")).toBe("¥0.70");
  });
});
