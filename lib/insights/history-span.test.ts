import { describe, expect, test } from "vitest";
import { historyInputSchema } from "./history-schemas";
import { historySpan, monthsOf } from "./history-span";

const TODAY = "2026-11-23";
const input = (over: Record<string, string>) => historyInputSchema.parse({ region: "US", window: "7", ...over });
const spanOf = (over: Record<string, string>) => historySpan(input(over), TODAY);
const mistakeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as { details: { errors: { path: string; message: string }[] } }).details.errors[0];
  }
  return null;
};

describe("the span of a history", () => {
  test("is the last 365 days when nothing is said, and ends today when only a beginning is", () => {
    expect(spanOf({})).toEqual({ from: "2025-11-24", to: TODAY });
    expect(spanOf({ from: "2026-11-01" })).toEqual({ from: "2026-11-01", to: TODAY });
    expect(spanOf({ to: "2026-03-31" })).toEqual({ from: "2025-04-01", to: "2026-03-31" });
  });

  test("takes months, whole", () => {
    expect(spanOf({ from: "2026-02", to: "2026-02" })).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(spanOf({ from: "2027-01" })).toEqual({ from: "2027-01-01", to: "2027-01-01" });
  });

  test("refuses what is reversed or longer than can be read at once, at its field", () => {
    expect(mistakeOf(() => spanOf({ from: "2026-11-02", to: "2026-11-01" }))).toEqual({
      path: "to",
      message: "dates_reversed",
    });
    expect(spanOf({ from: "2023-11-21" }).from).toBe("2023-11-21");
    expect(mistakeOf(() => spanOf({ from: "2023-11-19" }))).toEqual({ path: "from", message: "history_too_long" });
  });

  test("names what it does not understand", () => {
    const { error } = historyInputSchema.safeParse({ region: "UK", window: "8", from: "2026-13", to: "soon" });
    expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ["region", "region_unknown"],
      ["window", "history_window_unknown"],
      ["from", "history_day_unknown"],
      ["to", "history_day_unknown"],
    ]);
  });

  test("touches its months, over the turn of a year", () => {
    expect(monthsOf({ from: "2025-11-30", to: "2026-02-01" })).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  });
});
