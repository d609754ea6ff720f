import { describe, expect, test } from "vitest";
import { calendarMonth, closedMonths, day, fullMoment, moment, monthName, periodName, time } from "./date";

const now = "2026-11-23T22:00:00.000Z";

describe("dates on screen", () => {
  test("a day is cut in the given time zone", () => {
    expect(day("2026-11-23T20:40:46.000Z", now, "en", "UTC")).toBe("23 Nov");
    expect(day("2026-11-23T20:40:46.000Z", now, "en", "Asia/Shanghai")).toBe("24 Nov");
    expect(day("2026-11-23T20:40:46.000Z", now, "zh-CN", "Asia/Shanghai")).toBe("11月24日");
  });

  test("another year is named", () => {
    expect(day("2025-11-23T20:40:46.000Z", now, "en", "UTC")).toBe("23 Nov 2025");
    expect(day("2025-11-23T20:40:46.000Z", now, "zh-CN", "UTC")).toBe("2025年11月23日");
  });

  test("midnight is 00:00 and never 24:00", () => {
    expect(time("2026-11-23T00:00:00.000Z", "en", "UTC")).toBe("00:00");
    expect(time("2026-11-23T00:00:00.000Z", "zh-CN", "UTC")).toBe("00:00");
  });

  test("a moment is day and time", () => {
    expect(moment("2026-11-23T06:40:00.000Z", now, "en", "Asia/Shanghai")).toBe("23 Nov 14:40");
    expect(moment("2026-11-23T06:40:00.000Z", now, "zh-CN", "Asia/Shanghai")).toBe("11月23日 14:40");
  });

  test("the full moment names its offset", () => {
    expect(fullMoment("2026-11-23T06:40:05.000Z", "en", "Asia/Shanghai")).toBe("23 Nov 2026, 14:40:05 GMT+8");
  });

  test("months read naturally in both languages", () => {
    expect(monthName(now, "en", "UTC")).toBe("November");
    expect(monthName(now, "zh-CN", "UTC")).toBe("11月");
    expect(periodName("2026-11-01", "2026-11-30", now, "en")).toBe("November");
    expect(periodName("2026-11-15", "2026-12-14", now, "en")).toBe("15 Nov – 14 Dec");
    expect(periodName("2026-11-01", "2026-11-14", now, "zh-CN")).toBe("11月1日 – 11月14日");
    expect(calendarMonth("2026-10", "en")).toBe("October 2026");
    expect(calendarMonth("2026-10", "zh-CN")).toBe("2026年10月");
  });

  test("closed months go back over the turn of the year, in the time zone", () => {
    expect(closedMonths("2026-02-10T00:00:00Z", 4, "UTC")).toEqual(["2026-01", "2025-12", "2025-11", "2025-10"]);
    expect(closedMonths("2026-10-31T23:00:00Z", 1, "UTC")).toEqual(["2026-09"]);
    expect(closedMonths("2026-10-31T23:00:00Z", 1, "Asia/Shanghai")).toEqual(["2026-10"]);
  });
});
