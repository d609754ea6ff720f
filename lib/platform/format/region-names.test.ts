import { expect, test } from "vitest";
import { regionNames } from "./region-names";

test("regions have names, and what is no region's code stays as it is", () => {
  const nameOf = regionNames("en", (code) => `our ${code}`);
  const codes = ["US", "TW", "all_regions", "XY", "no-such-region", "", "a b"];
  expect(codes.map(nameOf)).toEqual(["United States", "our TW", "our all_regions", "XY", "no-such-region", "", "a b"]);
});
