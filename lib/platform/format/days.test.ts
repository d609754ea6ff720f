import { expect, test } from "vitest";
import { daysBetween } from "./days";

test("days follow each other over the ends of months and years", () => {
  expect(daysBetween("2027-12-30", "2028-01-02")).toEqual(["2027-12-30", "2027-12-31", "2028-01-01", "2028-01-02"]);
  expect(daysBetween("2028-02-28", "2028-03-01")).toHaveLength(3);
  expect(daysBetween("2027-12-30", "2027-12-29")).toEqual([]);
});
