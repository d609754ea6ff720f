import { describe, expect, test } from "vitest";
import { fill } from "./fill";

describe("a message filled in many times over", () => {
  test("has each value in its place, and leaves other braces alone", () => {
    expect(fill("{value} on {day} {other}", { value: "2.78K", day: "20 Nov" })).toBe("2.78K on 20 Nov {other}");
  });

  test("shows a value as it is, whatever stands in it", () => {
    expect(fill("Edit: {name} {day}", { name: "{day} $& $1", day: "20 Nov" })).toBe("Edit: {day} $& $1 20 Nov");
  });
});
