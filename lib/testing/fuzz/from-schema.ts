import fc from "fast-check";

/** What the generator reads of a JSON Schema (draft 2020-12). */
export type JsonSchema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
};

/** What callers send who mean no good, or whose program is broken. */
const HOSTILE_TEXTS = [
  "",
  " ",
  "\0",
  "\ud800",
  "\u202e\u0000",
  "' or 1=1 --",
  '"; drop table team; --',
  "#{7*7}{{7*7}}%s%n",
  "../../../../etc/passwd",
  "<script>alert(1)</script>",
  '=HYPERLINK("http://a")',
  "a\r\nBcc: x@example.com",
  "__proto__",
  "constructor",
  "NaN",
  "-0",
  "1e400",
  "9999999999999999999999",
  "2026-13-45",
  "0000-00-00T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "list.",
  "category.,,,",
  "х".repeat(3_000),
  "%",
  "%00",
  "\\",
  "$1",
  "null",
  "\u{1f469}\u200d\u{1f4bb}",
];
const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: "binary", maxLength: 40 }));
const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, 1e-308),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [[[[[[]]]]]], [null], { $ne: null }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 60 }) },
);

/** Words that other fields and rows know: without them few asks would get past the first check. */
export type Vocabulary = { readonly ids: readonly string[]; readonly texts: readonly string[] };

/**
 * Values of a schema: mostly ones that it accepts, at times with something hostile in their place.
 * @param words what fields of free text and ids are filled with
 */
export function fromSchema(schema: JsonSchema, words: Vocabulary): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 14, arbitrary: accepted(schema, words) }, { weight: 1, arbitrary: hostile });
}

function accepted(schema: JsonSchema, words: Vocabulary): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fromSchema(choice, words)));
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => accepted(part, words));
    return fc.tuple(...parts).map((made) => Object.assign({}, ...made.filter((part) => typeof part === "object")));
  }
  const [type, ...others] = [schema.type ?? []].flat();
  if (others.length > 0)
    return fc.oneof(...[schema.type ?? []].flat().map((one) => accepted({ ...schema, type: one }, words)));
  switch (type) {
    case "object":
      return objects(schema, words);
    case "array":
      return arrays(schema, words);
    case "string":
      return texts(schema, words);
    case "integer":
      return fc.integer({ min: lowest(schema, 0), max: highest(schema, 100) });
    case "number":
      return fc.double({ min: lowest(schema, 0), max: highest(schema, 1e6), noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return hostile;
  }
}

const limitOf = (value: number | undefined) => (value === undefined ? undefined : Math.max(-1e6, Math.min(value, 1e6)));
const lowest = ({ minimum, exclusiveMinimum, maximum }: JsonSchema, usual: number) =>
  Math.min(limitOf(minimum ?? exclusiveMinimum) ?? usual, limitOf(maximum) ?? Number.POSITIVE_INFINITY);
const highest = (schema: JsonSchema, usual: number) =>
  Math.max(limitOf(schema.maximum ?? schema.exclusiveMaximum) ?? usual, lowest(schema, 0));

function texts({ format, minLength = 0, maxLength = 60 }: JsonSchema, { ids, texts: known }: Vocabulary) {
  const dates = fc.date({ min: new Date("2024-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
  if (format === "uuid") return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === "date-time") return dates.map((date) => date.toISOString());
  if (format === "date") return dates.map((date) => date.toISOString().slice(0, 10));
  if (format === "email") return fc.nat({ max: 9_999 }).map((number) => `fuzz-${number}@example.com`);
  const anyText = fc.string({
    unit: "grapheme",
    minLength: Math.min(minLength, 60),
    maxLength: Math.min(maxLength, 60),
  });
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyText });
}

function arrays({ items = {}, prefixItems, minItems = 0, maxItems = 4 }: JsonSchema, words: Vocabulary) {
  if (prefixItems) return fc.tuple(...prefixItems.map((item) => fromSchema(item, words)));
  const maxLength = Math.max(minItems, Math.min(maxItems, 4));
  return fc.array(fromSchema(items, words), { minLength: minItems, maxLength });
}

function objects({ properties = {}, required = [], additionalProperties }: JsonSchema, words: Vocabulary) {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => {
      const value = fromSchema(field, words);
      return [name, required.includes(name) ? value : fc.option(value, { nil: undefined, freq: 2 })];
    }),
  );
  const more = typeof additionalProperties === "object" ? fromSchema(additionalProperties, words) : hostile;
  const named = fc.dictionary(fc.constantFrom("__proto__", "teamId", "team_id", "x"), more, { minKeys: 1, maxKeys: 1 });
  const none = fc.constant({});
  const extra = fc.oneof({ weight: additionalProperties ? 1 : 30, arbitrary: none }, { weight: 1, arbitrary: named });
  // A missing field is no field: JSON leaves undefined out.
  return fc.tuple(fc.record(fields), extra).map(([made, surplus]) => ({ ...made, ...surplus }));
}
