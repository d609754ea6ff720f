import { describe, expect, test } from "vitest";
import { amount, compactNumber, exactNumber, percent, signedPercent, signedPoints } from "./number";

describe("numbers on screen", () => {
  test("a count is short in the reader's own units", () => {
    expect(compactNumber(11_500, "en")).toBe("11.5K");
    expect(compactNumber(89_000_000, "en")).toBe("89M");
    expect(compactNumber(872, "en")).toBe("872");
    expect(compactNumber(11_500, "zh-CN")).toBe("1.15万");
    expect(compactNumber(20_000_000, "zh-CN")).toBe("2000万");
    expect(compactNumber(8_420, "zh-CN")).toBe("8420");
    expect(compactNumber(123_456_789, "zh-CN")).toBe("1.23亿");
  });

  test("the exact value loses nothing", () => {
    expect(exactNumber(1_234_567, "en")).toBe("1,234,567");
    expect(exactNumber(4.925, "en")).toBe("4.925");
    expect(exactNumber(-0.01, "en")).toBe("\u22120.01");
  });

  test("missing is a dash and never 0", () => {
    for (const text of [compactNumber(null, "en"), exactNumber(null, "zh-CN"), percent(null), amount(null, "en")]) {
      expect(text).toBe("—");
    }
    expect(signedPercent(null)).toBeNull();
  });

  test("0 is 0 and not missing", () => {
    expect(compactNumber(0, "en")).toBe("0");
    expect(percent(0)).toBe("0.00%");
    expect(amount(0, "en")).toBe("0.00");
    expect(signedPercent(0)).toEqual({ direction: "flat", text: "0%" });
  });

  test("a rate keeps two decimals", () => {
    expect(percent(1.83)).toBe("1.83%");
    expect(percent(12)).toBe("12.00%");
  });

  test("an amount shows cents while they matter", () => {
    expect(amount(4.92, "en")).toBe("4.92");
    expect(amount(821.4, "en")).toBe("821");
    expect(amount(48_200, "en")).toBe("48.2K");
    expect(amount(48_200, "zh-CN")).toBe("4.82万");
  });

  test("a change has its sign, a real minus, and never rounds to nothing", () => {
    expect(signedPercent(27.34)).toEqual({ direction: "up", text: "+27.3%" });
    expect(signedPercent(-10.16)).toEqual({ direction: "down", text: "\u221210.2%" });
    expect(signedPercent(-14)).toEqual({ direction: "down", text: "\u221214.0%" });
    expect(signedPercent(0.27)).toEqual({ direction: "up", text: "+0.27%" });
    expect(signedPercent(-0.0004)).toEqual({ direction: "down", text: "\u22120.0004%" });
    expect(signedPercent(12_345.6)).toEqual({ direction: "up", text: "+12,346%" });
  });
});

test("a difference of rates has its sign, and none when there is no difference", () => {
  expect([0.123, -1.5, 0].map((value) => signedPoints(value).text)).toEqual(["+0.12", "\u22121.50", "0"]);
});
