import { expect, test } from "vitest";
import { localPath } from "./local-path";

test("a path of this application is kept with its query", () => {
  expect(localPath("/t/luma/explore?region=US")).toBe("/t/luma/explore?region=US");
});

test("whatever could lead to another site becomes the start page", () => {
  for (const given of [undefined, "", "https://evil.test", "//evil.test", "/\\evil.test", "evil", "javascript:1"]) {
    expect(localPath(given)).toBe("/");
  }
});
