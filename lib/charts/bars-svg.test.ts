import { describe, expect, test } from "vitest";
import { barsSvg } from "./bars-svg";
import { prepareStackedBars } from "./prepare-stacked-bars";

const colors = { paper: "#fff", text: "#000", faint: "#444", grid: "#ddd", gap: "#eee", slots: ["#111", "#222"] };
const draw = (values: { day: string; series: string; value: number }[], to = "2026-11-03") =>
  barsSvg({
    chart: prepareStackedBars({
      values,
      from: "2026-11-01",
      to,
      today: "2026-11-03",
      fixed: [],
      order: ["mia", "wei"],
    }),
    title: "Credits by day",
    question: "1–3 Nov",
    notes: ["Luma & Co"],
    nameOf: (key) => `<${key}>`,
    figureOf: String,
    markOf: ({ from }) => from,
    colors,
  });

describe("bars as a picture of their own", () => {
  test("each part has its colour and its share of the height, and the legend names it, escaped", () => {
    const svg = draw([
      { day: "2026-11-01", series: "mia", value: 2 },
      { day: "2026-11-01", series: "wei", value: 6 },
      { day: "2026-11-02", series: "mia", value: 4 },
    ]);
    for (const words of ["Credits by day", "1–3 Nov", "Luma &amp; Co", "&lt;mia&gt;", "&lt;wei&gt;", "2026-11-02"]) {
      expect(svg).toContain(words);
    }
    const heights = [...svg.matchAll(/height="([\d.]+)" fill="(#\d+)" stroke/g)].map(([, height, fill]) => [
      fill,
      Number(height),
    ]);
    const [unit] = heights.map(([, height]) => Number(height) / 2);
    expect(heights).toEqual([
      ["#111", 2 * Number(unit)],
      ["#222", 6 * Number(unit)],
      ["#111", 4 * Number(unit)],
    ]);
    expect(svg).not.toMatch(/<style|class=|var\(|href/);
  });

  test("of many bars only as many are named as there is room for, and without values there is an empty plot", () => {
    const dates = draw([{ day: "2026-11-01", series: "mia", value: 1 }], "2026-12-15").match(/>2026-1\d-\d\d</g) ?? [];
    expect(dates.length).toBeGreaterThan(5);
    expect(dates.length).toBeLessThanOrEqual(11);
    expect(draw([])).toContain("Luma &amp; Co");
  });
});
