import { describe, expect, test } from "vitest";
import { creditsHref, parseUsage } from "./address";

const MEMBER = "0198a3f2-0000-7000-8000-000000000001";

describe("the address of the usage page", () => {
  test("gives the selection, the table and the switch, and comes out again as it went in", () => {
    const address = {
      from: "2026-11-01",
      to: "2026-11-07",
      member: MEMBER,
      purpose: "search",
      outcome: "charged",
      by: "region",
      free: "1",
    };
    const { shown, mistakes } = parseUsage(address);
    expect(mistakes).toEqual({});
    expect(shown).toMatchObject({ filter: { from: "2026-11-01", member: MEMBER }, by: "region", free: true });
    expect(Object.fromEntries(new URL(creditsHref("luma", shown), "http://x").searchParams)).toEqual(address);
    expect(creditsHref("luma", parseUsage({}).shown)).toBe("/t/luma/credits?by=member");
  });

  test("names each field that cannot be read, keeps what was typed, and shows the usual in its place", () => {
    const { shown, mistakes, typed } = parseUsage({
      from: "2026-13-45",
      member: "chen",
      purpose: "fun",
      outcome: "charged",
      by: "colour",
    });
    expect(mistakes).toEqual({ from: "date_unknown", member: "member_unknown", purpose: "purpose_unknown" });
    expect(shown).toMatchObject({ filter: { outcome: "charged" }, by: "member", free: false });
    expect(shown.filter).not.toHaveProperty("from");
    expect(typed).toEqual({ from: "2026-13-45", member: "chen", purpose: "fun", outcome: "charged" });
  });

  test("leaves out both days when they are reversed, and says so at the last one", () => {
    const { shown, mistakes, typed } = parseUsage({ from: "2026-11-07", to: "2026-11-01", purpose: "nonsense" });
    expect(mistakes).toEqual({ purpose: "purpose_unknown", to: "dates_reversed" });
    expect(shown.filter).toEqual({});
    expect(typed).toMatchObject({ from: "2026-11-07", to: "2026-11-01" });
  });
});
