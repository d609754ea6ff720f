import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indentJson, itemsOf, memberOf } from "./json-source";

/** Numbers as a provider may write them, also such as no double can carry. */
const numberText = fc.oneof(
  fc.constantFrom("0", "-0", "12345678901234567890", "1.10", "1E400", "0.1000", "-1e-7", "9007199254740993"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);
const space = fc.constantFrom("", " ", "\n", "\t ", "\r\n  ");
const textSource = fc.oneof(
  fc.string({ unit: "binary" }).map((value) => JSON.stringify(value)),
  fc.constantFrom('"\\u0022]}"', '"\\\\"', '"a\\"b,[{"', '"\\ud800"', '"\\/"'),
);

/** Without escapes: V8's JSON.parse (13.6) sometimes takes an escaped name for another one, so it could not judge. */
const keySource = fc.oneof(
  fc.constantFrom('"a"', '"list"', '"]}"', '"a:,["'),
  fc.stringMatching(/^[a-z]*$/).map((key) => `"${key}"`),
);

/** A JSON text with white space anywhere and keys that may repeat; `plain` is it without any space around tokens. */
const { source } = fc.letrec<{ source: { text: string; plain: string } }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(numberText, textSource, fc.constantFrom("true", "false", "null")).map((text) => ({ text, plain: text })),
    fc.tuple(fc.array(tie("source"), { maxLength: 5 }), space, space).map(([items, before, after]) => ({
      text: `[${before}${items.map(({ text }) => text).join(`${after},${before}`)}${after}]`,
      plain: `[${items.map(({ plain }) => plain).join(",")}]`,
    })),
    fc
      .tuple(
        fc.array(fc.tuple(keySource, tie("source")), {
          maxLength: 5,
        }),
        space,
        space,
      )
      .map(([members, before, after]) => ({
        text: `{${before}${members.map(([key, { text }]) => `${key}${after}:${before}${text}`).join(`${after},${before}`)}${after}}`,
        plain: `{${members.map(([key, { plain }]) => `${key}:${plain}`).join(",")}}`,
      })),
  ),
}));
const padded = fc.tuple(space, source, space).map(([before, made, after]) => ({
  text: `${before}${made.text}${after}`,
  plain: made.plain,
}));

describe("the pieces of a JSON text", () => {
  test("the elements of an array are what JSON.parse makes of it, in its order", () => {
    fc.assert(
      fc.property(padded, ({ text }) => {
        const parsed: unknown = JSON.parse(text);
        const items = itemsOf(text);
        expect(items?.map((item) => JSON.parse(item)) ?? null).toEqual(Array.isArray(parsed) ? parsed : null);
      }),
    );
  });

  test("a member is found by its name, however that is written", () => {
    expect(memberOf('{"\\u0061" : 1 , "b\\"":2}', "a")).toBe("1");
    expect(memberOf('{"\\u0061" : 1 , "b\\"":2}', 'b"')).toBe("2");
  });

  test("a member is the one that JSON.parse keeps, also of twins", () => {
    fc.assert(
      fc.property(padded, fc.constantFrom("a", "list", "none"), ({ text }, name) => {
        const parsed: unknown = JSON.parse(text);
        const member = memberOf(text, name);
        const has =
          typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) && Object.hasOwn(parsed, name);
        const expected = has ? (parsed as Record<string, unknown>)[name] : "none";
        expect(member === null ? "none" : JSON.parse(member)).toEqual(expected);
      }),
    );
  });

  test("indenting changes white space alone", () => {
    fc.assert(
      fc.property(padded, ({ text, plain }) => {
        const indented = indentJson(text);
        expect(JSON.parse(indented)).toEqual(JSON.parse(text));
        expect(indentJson(indented)).toBe(indented);
        expect(indentJson(plain)).toBe(indented);
        // What is left without the space that indenting adds is what was written.
        expect(withoutSpace(indented)).toBe(plain);
      }),
    );
  });

  test("a number keeps its digits, also those that no double carries", () => {
    const text = '{"data": {"list": [ {"post": 12345678901234567890 , "cpa": 1.10} ]}}';
    const row = itemsOf(memberOf(memberOf(text, "data") ?? "", "list") ?? "")?.[0] ?? "";
    expect(memberOf(row, "post")).toBe("12345678901234567890");
    expect(indentJson(row)).toBe('{\n  "post": 12345678901234567890,\n  "cpa": 1.10\n}');
  });

  test("bears a depth at which recursion would break", () => {
    const deep = `${"[".repeat(50_000)}1${"]".repeat(50_000)}`;
    expect(itemsOf(deep)?.[0]).toBe(deep.slice(1, -1));
    expect(indentJson(deep).length).toBeLessThan(100 * deep.length);
  });
});

function withoutSpace(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/gs, (piece) => (piece.startsWith('"') ? piece : ""));
}
