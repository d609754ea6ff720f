import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insightsProducts } from "@/lib/keyapi/endpoints/insights-products";
import { ENDPOINT, questionKey } from "./question";
import { keywordSchema, PRICE_CREDITS, questionSchema, REGIONS } from "./schemas";

const question = fc.record({
  region: fc.constantFrom(...REGIONS),
  window: fc.constantFrom("1", "7", "30", "2026-10"),
  category: fc.option(fc.constantFrom("601583", "848648"), { nil: undefined }),
  q: fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { nil: undefined }),
  page: fc.integer({ min: 1, max: 50 }),
});

test("the price and name on screen are the endpoint's own", () => {
  expect({ price: PRICE_CREDITS, name: ENDPOINT }).toEqual({
    price: insightsProducts.priceCredits,
    name: insightsProducts.name,
  });
});

describe("a question's key", () => {
  test("is equal for equal questions and different for different ones", () => {
    const parsed = question.map((input) => questionSchema.safeParse(input)).filter(({ success }) => success);
    fc.assert(
      fc.property(parsed, parsed, (a, b) => {
        if (!a.data || !b.data) return;
        const same = JSON.stringify(Object.entries(a.data).sort()) === JSON.stringify(Object.entries(b.data).sort());
        expect(questionKey("live", a.data) === questionKey("live", b.data)).toBe(same);
        expect(questionKey("live", a.data)).not.toBe(questionKey("sandbox", a.data));
      }),
    );
  });

  test("does not depend on how the keyword's spaces and accents were typed", () => {
    const key = (q: string) => questionKey("live", questionSchema.parse({ region: "US", window: "7", q }));
    expect(key("  crème   brûlée ")).toBe(key("cre\u0300me bru\u0302le\u0301e"));
    expect(key("Perfume")).not.toBe(key("perfume"));
    expect(key("   ")).toBe(questionKey("live", questionSchema.parse({ region: "US", window: "7" })));
  });
});

describe("what cannot be asked", () => {
  test.each([
    ["region", { region: "UK" }, "region_unknown"],
    ["region", {}, "region_unknown"],
    ["window", { region: "US", window: "14" }, "window_unknown"],
    ["window", { region: "US", window: "2026-13" }, "window_unknown"],
    ["category", { region: "US", window: "7", category: "perfume" }, "category_unknown"],
    ["q", { region: "US", window: "7", q: "False" }, "keyword_false"],
    ["q", { region: "US", window: "7", q: "a\u0000b" }, "keyword_control"],
    ["page", { region: "US", window: "7", page: "0" }, "page_unknown"],
    ["page", { region: "US", window: "7", page: "1.5" }, "page_unknown"],
    ["page", { region: "US", window: "7", page: "x" }, "page_unknown"],
  ])("a wrong %s is named, with its mend", (path, over, message) => {
    const result = questionSchema.safeParse({ window: "7", ...over });
    expect(
      result.error?.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    ).toContainEqual({ path, message });
  });

  test("no keyword ever reaches the upstream as its word for no search", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.mixedCase(fc.constant("false")), fc.constant(" FALSE ")), (text) => {
        const parsed = keywordSchema.safeParse(text);
        if (parsed.success) expect(parsed.data).not.toMatch(/^\s*false\s*$/i);
      }),
    );
  });
});
