import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { understandPaste } from "./understand-paste";

const CATEGORIES = [
  { id: "601583", level: 3, names: ["Perfume", "香水"] },
  { id: "601585", level: 3, names: ["Face Serums"] },
  { id: "700100", level: 3, names: ["Rings, Bracelets & Sets"] },
  { id: "800001", level: 3, names: ["Other"] },
  { id: "800002", level: 3, names: ["Other"] },
  { id: "800003", level: 3, names: ["OTHER"] },
  { id: "601450", level: 1, names: ["Beauty & Personal Care"] },
];
const read = (text: string) => understandPaste(text, CATEGORIES);
const ids = (text: string) => read(text).found.map(({ id }) => id);

describe("a pasted text", () => {
  test.each([
    ["one a line", "601583\n601585\r\n700100"],
    ["separated by commas", "601583, 601585,Rings, Bracelets & Sets"],
    ["separated by semicolons, with a comma in a name", "Perfume;Face Serums; Rings, Bracelets & Sets"],
    ["in Chinese punctuation", "香水；Face Serums\n\n700100"],
    ["as quoted cells", '"Perfume"\n"Face Serums"\n"Rings, Bracelets & Sets"'],
    ["separated by tabs", "601583\t601585\tRings, Bracelets & Sets"],
  ])("%s names its categories", (how, text) => {
    const expected = how === "separated by commas" ? ["601583", "601585"] : ["601583", "601585", "700100"];
    expect(ids(text)).toEqual(expected);
  });

  test("is looked up as written before without regard to case", () => {
    expect(ids("OTHER")).toEqual(["800003"]);
    expect(ids("pErFuMe")).toEqual(["601583"]);
    expect(ids("  face   serums ")).toEqual(["601585"]);
  });

  test("that several categories fit is asked back with all of them, never guessed", () => {
    expect(read("Perfume\nOther").ambiguous).toEqual([{ line: 2, text: "Other", candidateIds: ["800001", "800002"] }]);
    expect(read("other").ambiguous[0]?.candidateIds).toEqual(["800001", "800002", "800003"]);
  });

  test("that nothing fits is reported with its line, and why", () => {
    expect(read("Perfume\n\nPerfum\nbeauty & personal care").notUnderstood).toEqual([
      { line: 3, text: "Perfum", reason: "unknown" },
      { line: 4, text: "beauty & personal care", reason: "level" },
    ]);
  });

  test("with the other columns of a table is read by the cell that names a category", () => {
    const { found, notUnderstood } = read("1\tPerfume\t11.5K\t0.27%\n2\tUnheard of\t9K");
    expect(found).toEqual([{ line: 1, id: "601583" }]);
    expect(notUnderstood.map(({ line, text }) => [line, text])).toEqual([
      [2, "2"],
      [2, "Unheard of"],
      [2, "9K"],
    ]);
  });

  test("names a category once, however often it stands there", () => {
    expect(ids("601583\nPerfume\n香水;perfume")).toEqual(["601583"]);
  });

  test("of any kind loses no line without a word about it", () => {
    const piece = fc.oneof(fc.constantFrom("601583", "Other", "Face Serums", "x,y", "a\tb", '"', ";"), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (lines) => {
        const { found, notUnderstood, ambiguous } = read(lines.join("\n"));
        const told = new Set([...found, ...notUnderstood, ...ambiguous].map(({ line }) => line));
        const again = new Set(["601583", "Face Serums"]);
        lines
          .join("\n")
          .split(/\r\n|\r|\n/)
          .forEach((text, index) => {
            const said =
              /[^\s,;，；、"]/.test(text) &&
              ![...again].some((known) => text.toLowerCase().includes(known.toLowerCase()));
            if (said) expect([index + 1, told.has(index + 1)]).toEqual([index + 1, true]);
          });
      }),
    );
  });
});
