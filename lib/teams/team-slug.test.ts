import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slugCandidates } from "./team-slug";

const first = (name: string) => slugCandidates(name, () => 0)[0];

describe("a team's name in addresses", () => {
  test.each([
    ["Luma Trading", "luma-trading"],
    ["  Größe & Söhne, Ltd.  ", "gro-e-sohne-ltd"],
    ["Café 21", "cafe-21"],
    ["美妆 Beauty 组", "beauty"],
  ])("of %s is %s", (name, slug) => {
    expect(first(name)).toBe(slug);
  });

  test("without Latin letters is team and four letters, not a transliteration", () => {
    expect(first("宁波百货")).toBe("team-2222");
    expect(first("!!!")).toBe("team-2222");
    expect(first("2026")).toBe("team-2222");
  });

  test("never reads like a page or a command", () => {
    expect(first("New")).toBe("new-2");
    expect(first("Settings")).toBe("settings-2");
  });

  test("has others in hand when it is taken, and letters of chance when many are", () => {
    expect(slugCandidates("Luma", () => 0.5).slice(0, 3)).toEqual(["luma", "luma-2", "luma-3"]);
    expect(
      slugCandidates("Luma", Math.random)
        .slice(-4)
        .every((slug) => /^luma-[2-9a-z]{4}$/.test(slug)),
    ).toBe(true);
  });

  test("holds only a-z, 0-9 and single inner dashes for any name", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 80 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (name, chance) => {
          for (const slug of slugCandidates(name, () => chance)) {
            expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
            expect(slug.length).toBeLessThanOrEqual(50);
          }
        },
      ),
    );
  });
});
