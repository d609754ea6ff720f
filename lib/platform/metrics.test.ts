import { expect, test } from "vitest";
import { counter, histogram, processFamilies, toPrometheus } from "./metrics";

const ours = (prefix: string) => toPrometheus(processFamilies().filter(({ name }) => name.startsWith(prefix)));

test("a counter counts by its labels", () => {
  const count = counter("one_total", "Things.");
  count({ kind: "a" });
  count({ kind: "b" });
  // Another copy of the module goes on with the same numbers.
  counter("one_total", "Things.")({ kind: "a" });
  expect(ours("one_")).toBe(
    '# HELP one_total Things.\n# TYPE one_total counter\none_total{kind="a"} 2\none_total{kind="b"} 1\n',
  );
});

test("a histogram's buckets each hold all that is up to their bound", () => {
  const observe = histogram("two_seconds", "Times.", [0.5, 1, 5]);
  for (const value of [0.25, 0.5, 3, 60]) observe({}, value);
  expect(ours("two_").split("\n").slice(2, -1)).toEqual([
    'two_seconds_bucket{le="0.5"} 2',
    'two_seconds_bucket{le="1"} 2',
    'two_seconds_bucket{le="5"} 3',
    'two_seconds_bucket{le="+Inf"} 4',
    "two_seconds_sum 63.75",
    "two_seconds_count 4",
  ]);
});

test("what stands in a label or help cannot end its line or its quotes", () => {
  const text = toPrometheus([
    { name: "three", help: "a\nb\\", type: "gauge", samples: [{ labels: { x: 'a"b\\c\nd' }, value: 1 }] },
  ]);
  expect(text).toBe('# HELP three a\\nb\\\\\n# TYPE three gauge\nthree{x="a\\"b\\\\c\\nd"} 1\n');
});
