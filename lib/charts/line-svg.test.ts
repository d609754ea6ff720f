import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LineSvgInput, lineSvg } from "./line-svg";
import { prepareLineChart } from "./prepare-line-chart";

const colors = { paper: "#fff", text: "#000", faint: "#444", grid: "#ddd", gap: "#eee", slots: ["#111", "#222"] };
const draw = (over: Partial<LineSvgInput> = {}, values: (number | null)[][] = [[1, 2, null, 4]]) =>
  lineSvg({
    chart: prepareLineChart({
      series: values.map((points, slot) => ({
        key: String(slot),
        slot,
        points: points.map((value, x) => ({ x, value })),
      })),
      from: 0,
      to: 10,
      maxGap: 1,
    }),
    title: "CPA",
    question: "United States",
    names: values.map((_, index) => ({ letter: "ABCDE"[index] ?? "", name: `Line ${index}` })),
    notes: ["Fetched on 23 Nov"],
    figureOf: String,
    markOf: String,
    colors,
    ...over,
  });

/** Every tag closed in its order, and no character that XML forbids. */
function expectWellFormed(svg: string) {
  const open: string[] = [];
  for (const [, closing, name = "", empty] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
  }
  expect(open).toEqual([]);
  expect(svg.replace(/<\/?[a-z]+(?:\s[^<>]*?)?\/?>/g, "")).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
}

describe("a chart as a picture of its own", () => {
  test("has its title, its legend with strokes of their own, and where its figures come from", () => {
    const svg = draw({}, [
      [1, 2],
      [3, 1],
    ]);
    for (const words of ["CPA", "United States", "Line 0", "Line 1", "Fetched on 23 Nov"]) expect(svg).toContain(words);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
    expect(svg).not.toMatch(/<style|class=|var\(|href/);
  });

  test("draws no line across a gap, and a single value as a dot", () => {
    expect(draw().match(/<path d="M[\d.]+ [\d.]+L/g)).toHaveLength(1);
    expect(draw({}, [[5]]).match(/<circle/g)?.length).toBeGreaterThanOrEqual(1);
    expect(draw({ chart: null })).toContain("Fetched on 23 Nov");
  });

  test("is well-formed whatever names and notes hold, and loses none of their words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme", maxLength: 300 }), (name, note) => {
        expectWellFormed(draw({ title: name, question: name, names: [], notes: [note] }));
      }),
    );
    const long = "获取时间与数据来源".repeat(40);
    const text = [...draw({ notes: [long] }).matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
      .map(([, words]) => words)
      .join("");
    expect(text).toContain(long);
  });
});
