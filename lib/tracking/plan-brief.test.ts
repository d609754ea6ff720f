import { describe, expect, test } from "vitest";
import { briefQuestions, briefTargets } from "./plan-brief";
import type { PlanItem } from "./plan-refresh";

const MONTHS = ["2026-10", "2026-09", "2026-08", "2026-07"];
const placesOf = (window: string, regions: Parameters<typeof briefTargets>[2]) =>
  briefTargets("91", { region: "US", window }, regions, MONTHS).map(({ region, window }) => `${region} ${window}`);

describe("a brief", () => {
  test("tells of its region first, of every other known one, and of the last three closed months", () => {
    expect(placesOf("7", ["GB", "US"])).toEqual(["US 7", "GB 7", "US 2026-10", "US 2026-09", "US 2026-08"]);
    expect(placesOf("7", [])).toEqual(["US 7", "US 2026-10", "US 2026-09", "US 2026-08"]);
  });

  test("of calendar months looks through the newest closed one, once", () => {
    expect(placesOf("month", ["GB"])).toEqual(["US 2026-10", "GB 2026-10", "US 2026-09", "US 2026-08"]);
  });

  test("asks only for what is due", () => {
    const item = (state: PlanItem["state"], region: "US" | "GB"): PlanItem => {
      return { region, window: "7", category: "91", ranks: [], state };
    };
    const items = [item("fresh", "US"), item("due", "GB"), item("absent", "US")];
    expect(briefQuestions(items)).toEqual([{ region: "GB", window: "7", category: "91", q: undefined, page: 1 }]);
  });
});
