import { describe, expect, test } from "vitest";
import { compareHref, parseCompareAddress } from "./address";

const team = { defaultRegion: "US", defaultWindow: "7" };
const parse = (query: string) => {
  const given = new URLSearchParams(query);
  const address = Object.fromEntries([...new Set(given.keys())].map((key) => [key, given.getAll(key)]));
  return parseCompareAddress(address, team, "2026-11-26");
};

describe("the address of a comparison", () => {
  test("says the same again after it was read", () => {
    for (const query of [
      "categories=1%2C2&regions=US&window=7",
      "categories=1&regions=US%2CGB&window=month&metric=cpa&scale=index&span=all",
      "categories=1%2C2&regions=US&window=30&metric=rank&view=where&of=2&from=2026-11-01&to=2026-11-20",
    ]) {
      const { chosen, mistakes } = parse(query);
      expect(mistakes).toEqual({});
      expect(compareHref("a", chosen)).toBe(`/t/a/compare?${query}`);
    }
  });

  test("takes rows that were picked in a table, and fields that come several times", () => {
    expect(parse("pick=1/US&pick=2/US&window=30").chosen).toMatchObject({ categories: ["1", "2"], regions: ["US"] });
    expect(parse("pick=1/US&pick=1/GB").chosen).toMatchObject({ categories: ["1"], regions: ["US", "GB"] });
    expect(parse("categories=1,2&categories=3&categories=").chosen.categories).toEqual(["1", "2", "3"]);
  });

  test("names what does not exist, is too much, or is both at once, and keeps it", () => {
    expect(parse("categories=1,x&regions=US,XX")).toMatchObject({
      chosen: { categories: ["1"], regions: ["US"] },
      typed: { categories: ["x"], regions: ["XX"] },
      mistakes: { categories: "category_unknown", regions: "region_unknown" },
    });
    expect(parse("categories=1,2,3,4,5,6")).toMatchObject({
      chosen: { categories: ["1", "2", "3", "4", "5"] },
      typed: { categories: ["6"] },
      mistakes: { categories: "compare_too_many" },
    });
    expect(parse("categories=1,2&regions=US,GB")).toMatchObject({
      chosen: { categories: ["1", "2"], regions: ["US"] },
      typed: { regions: ["GB"] },
      mistakes: { regions: "compare_both" },
    });
    expect(parse("window=9&metric=sales&from=2026-11-20&to=2026-11-01")).toMatchObject({
      chosen: { window: "7", metric: "posts", span: "90d" },
      typed: { from: "2026-11-20", to: "2026-11-01" },
      mistakes: { window: "window_unknown", metric: "compare_metric_unknown", to: "dates_reversed" },
    });
  });

  test("has no index of a rank, and no category where none was chosen", () => {
    expect(parse("categories=1,2&metric=rank&scale=index").chosen.scale).toBe("absolute");
    expect(parse("").chosen).toMatchObject({ categories: [], regions: ["US"], window: "7" });
  });
});
