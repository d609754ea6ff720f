import { describe, expect, test } from "vitest";
import { categoryViewHref, parseCategoryAddress } from "./address";

const team = { defaultRegion: "US", defaultWindow: "7" };
const parse = (address: Record<string, string>) => parseCategoryAddress(address, team, "2026-11-23");

describe("a category's address", () => {
  test("without anything is the team's region and window over 90 days", () => {
    expect(parse({})).toEqual({
      chosen: {
        region: "US",
        window: "7",
        shown: "posts",
        span: "90d",
        from: "2026-08-26",
        to: "2026-11-23",
        allAnswers: false,
      },
      typed: {},
      mistakes: {},
    });
  });

  test("of a calendar month is the joined months over a year", () => {
    const { chosen } = parse({ region: "GB", window: "2026-10", span: "30d" });
    expect(chosen).toMatchObject({ region: "GB", window: "month", span: "1y", from: "2025-11-24" });
  });

  test("names what is not valid, keeps the days typed, and shows the usual", () => {
    expect(parse({ region: "XX", window: "8" }).mistakes).toEqual({
      region: "region_unknown",
      window: "window_unknown",
    });
    for (const [given, mistakes] of [
      [{ from: "2026-02-30" }, { from: "date_unknown" }],
      [{ from: "2026-11-20", to: "2026-11-01" }, { to: "dates_reversed" }],
      [{ from: "2020-01-01" }, { from: "history_too_long" }],
      [{ to: "yesterday" }, { to: "date_unknown" }],
    ] as const) {
      const { chosen, typed, mistakes: found } = parse(given);
      expect([found, chosen.span, chosen.to]).toEqual([mistakes, "90d", "2026-11-23"]);
      expect(typed).toEqual(given);
    }
  });

  test("leads back to itself", () => {
    for (const address of [
      {},
      { metric: "cpa", span: "all" },
      { window: "month", metric: "rank" },
      { from: "2026-10-01", to: "2026-10-31", answers: "all" },
    ]) {
      const { chosen } = parse(address as Record<string, string>);
      const href = categoryViewHref("luma", "1", chosen, { allAnswers: chosen.allAnswers });
      expect(parse(Object.fromEntries(new URL(href, "http://x").searchParams)).chosen).toEqual(chosen);
    }
  });
});
