import { _createCache, _createIntlFormatters, createTranslator } from "use-intl/core";
import formatCompiled from "use-intl/format-message/format-only";
import { describe, expect, test } from "vitest";
import { loadMessages, type Messages } from "@/lib/i18n/messages";
import { compileMessages, readyMessages } from "./ready-messages";

const flatten = (messages: Messages, prefix = ""): [string, unknown][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" || Array.isArray(value)
      ? [[prefix + key, value] as [string, unknown]]
      : flatten(value, `${prefix}${key}.`),
  );

/** What a message asks for, with something to try: a number where one is counted, a tag's text where it marks one. */
function valuesFor(nodes: unknown, count: number): Record<string, unknown> {
  if (!Array.isArray(nodes)) return {};
  return Object.assign(
    {},
    ...nodes.filter(Array.isArray).map((node) => {
      const [name, kind, choices] = node as [string, unknown, unknown];
      if (kind === undefined) return { [name]: "‹x›" };
      if (typeof kind !== "number" || kind === 0)
        return { ...valuesFor(node.slice(1), count), [name]: (chunks: unknown) => `[${[chunks].flat().join("")}]` };
      const inner = Object.values((choices ?? {}) as object).map((choice) => valuesFor(choice, count));
      // A choice among words takes the first; among numbers that number; a day the first of the year.
      const value =
        kind === 1 ? Object.keys(choices as object)[0] : kind >= 5 ? new Date("2026-01-01T12:00:00Z") : count;
      return Object.assign({}, ...inner, { [name]: value });
    }),
  );
}

describe.each(["en", "zh-CN"] as const)("in %s", (locale) => {
  test("every message reads the same compiled as taken apart on the way", () => {
    const messages = loadMessages(locale);
    const compiled = new Map(flatten(compileMessages(messages)));
    const t = createTranslator({
      locale,
      messages,
      timeZone: "UTC",
      onError: (error) => {
        throw error;
      },
    });
    const cache = _createCache();
    const options = { cache, formatters: _createIntlFormatters(cache), locale, timeZone: "UTC" };
    for (const [key] of flatten(messages)) {
      for (const count of [0, 1, 2, 1234.5]) {
        const values = valuesFor(compiled.get(key), count);
        const rich = t.rich as (key: string, values: object) => unknown;
        const read = [formatCompiled(key, compiled.get(key) as never, values as never, options)].flat().join("");
        expect(read, key).toBe([rich(key, values)].flat().join(""));
      }
    }
  });
});

test("programs outside of pages keep the texts", () => {
  const messages = { greeting: "Hello, {name}" };
  expect(readyMessages(messages)).toBe(messages);
});
