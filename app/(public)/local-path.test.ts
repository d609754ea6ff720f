import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "./local-path";

test("a path of this application is kept with its query", () => {
  expect(localPath("/t/luma/explore?region=US")).toBe("/t/luma/explore?region=US");
});

test("whatever could lead to another site becomes the start page", () => {
  const others = ["https://evil.test", "//evil.test", "/\\evil.test", "evil", "javascript:1"];
  const dropped = [
    "/\t/evil.test",
    "/\n/evil.test",
    "/\r\\evil.test",
    "\t//evil.test",
    "/.//evil.test",
    "/a/..//evil.test",
  ];
  for (const given of [undefined, "", ...others, ...dropped]) expect(localPath(given)).toBe("/");
});

test("whatever is given, a browser stays on this site", () => {
  const sign = fc.constantFrom("/", "\\", "\t", "\n", "\r", ".", "@", ":", "evil.test", "a", "?", "#", "%09");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
      expect(new URL(localPath(signs.join("")), "https://own.test").origin).toBe("https://own.test");
    }),
    { numRuns: 2_000 },
  );
});
