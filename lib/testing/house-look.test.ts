import path from "node:path";
import { describe, expect, test } from "vitest";
import { type HouseFile, type HouseRule, readTree } from "./house-rules";

/** Colours of the system have names; these are the places that may know what they are. */
const TOKENS = "app/_ui/tokens.ts";
const SPENDING = "app/_ui/controls.css";
/** Buttons that cost credits, and pictures of one. A new one is told here, with its price on it. */
const SPENDS = new Set([
  "app/(public)/landing-preview.tsx",
  "app/_ui/confirm-spend-dialog.tsx",
  "app/_ui/run-button.tsx",
  "app/_ui/spend-button.tsx",
  "app/t/[team]/schedules/make-it-last.tsx",
  "app/t/[team]/schedules/plan-form.tsx",
  "app/t/[team]/schedules/schedule-form.tsx",
  "app/t/[team]/settings/key/key-form.tsx",
  "app/t/[team]/settings/key/test-key.tsx",
]);

const drawn = (files: HouseFile[]) =>
  files.filter(({ path: at }) => /^app\/.+\.(tsx?|css)$/.test(at) && !/\.test\.ts/.test(at));
const lines = (files: HouseFile[], isWrong: (line: string, file: HouseFile) => boolean, complaint: string) =>
  files.flatMap((file) =>
    file.text.split("\n").flatMap((line, nth) => (isWrong(line, file) ? [`${file.path}:${nth + 1} ${complaint}`] : [])),
  );

const coloursHaveNames: HouseRule = (files) =>
  lines(
    drawn(files).filter((file) => file.path !== TOKENS),
    (line) => /#[0-9a-f]{6}\b|(["\s:[])#[0-9a-f]{3}\b(?=["\s;\]])|\b(rgba?|hsla?|oklch)\(/i.test(line),
    "has a colour of its own: give it a name in app/_ui/tokens.ts",
  );

const colourOfSpendingIsForSpending: HouseRule = (files) =>
  lines(
    drawn(files).filter((file) => file.path !== TOKENS),
    (line, { path: at }) => {
      const tinted = /var\(--spend|\b(bg|text|border|fill|stroke|ring|outline|decoration|accent|from|to)-spend\b/.test(
        line,
      );
      return (tinted && at !== SPENDING) || (/\bbtn-spend\b/.test(line) && at !== SPENDING && !SPENDS.has(at));
    },
    "wears the colour of spending",
  );

const stylesAreComputed: HouseRule = (files) =>
  lines(
    drawn(files),
    (line) => /style=\{\{/.test(line) && !/\b(width|left|top|height|gridColumnStart)\b/.test(line),
    "styles in place: only what is computed stands there",
  );

const rules: { guarantee: string; rule: HouseRule; refused: HouseFile[]; passed: HouseFile[] }[] = [
  {
    guarantee: "a colour has a name",
    rule: coloursHaveNames,
    refused: [
      { path: "app/a.tsx", text: 'className="bg-[#d4605a]"' },
      { path: "app/a.css", text: "color: #fff;" },
      { path: "app/b.css", text: "color: rgb(0 0 0 / .5);" },
    ],
    passed: [
      { path: TOKENS, text: 'bg: "#fafaf9"' },
      { path: "app/a.tsx", text: '<a href="#content">' },
      { path: "app/a.css", text: "color: var(--text);" },
    ],
  },
  {
    guarantee: "the colour of spending is on what spends and on nothing else",
    rule: colourOfSpendingIsForSpending,
    refused: [
      { path: "app/a.css", text: "color: var(--spend);" },
      { path: "app/a.tsx", text: 'className="text-spend"' },
      { path: "app/b.tsx", text: 'className="btn btn-spend"' },
    ],
    passed: [
      { path: SPENDING, text: ".btn-spend { color: var(--spend); }" },
      { path: "app/_ui/spend-button.tsx", text: 'className="btn btn-spend"' },
      { path: "app/a.tsx", text: 'import { useSpend } from "./use-spend";' },
    ],
  },
  {
    guarantee: "a style in place is computed",
    rule: stylesAreComputed,
    refused: [{ path: "app/a.tsx", text: '<p style={{ color: "red" }}>' }],
    passed: [{ path: "app/a.tsx", text: "<p style={{ width: share(spent) }}>" }],
  },
];

const tree = readTree(path.resolve(import.meta.dirname, "../..")).filter(
  ({ path: at }) => !at.startsWith("lib/testing/house"),
);

describe.each(rules)("$guarantee", ({ rule, refused, passed }) => {
  test.each(refused)("refused: $path", (file) => {
    expect(rule([file])).toHaveLength(1);
  });

  test("what keeps to it passes", () => {
    expect(rule(passed)).toEqual([]);
    expect(rule(tree)).toEqual([]);
  });
});

/** Parts that are drawn by others that stand there, or that only a page of a team gives meaning to. */
const DRAWN_WITHIN =
  /^app\/_ui\/(moving|report)\/|\/(backfill-controls|chart-pointer|client-messages|confirm-spend-dialog|crumbs|field-foot|figure-heads|going|keep-focus|later|leave-filters|ledger-rows|metric-hint|more-messages|offline-notice|opened|options|ranking-head|ranking-rows|soft-links?|star-lists|star-menu|star-or-sign|toaster)\.tsx$/;

test("every part of app/_ui stands on the page of the design", () => {
  const shown = tree.filter(({ path: at }) => at.startsWith("app/design/")).map(({ text }) => text);
  const parts = tree.map(({ path: at }) => at).filter((at) => /^app\/_ui\/.+\.tsx$/.test(at) && !DRAWN_WITHIN.test(at));
  expect(parts.length).toBeGreaterThan(40);
  const missing = parts.filter((at) => !shown.some((text) => text.includes(`"@/${at.replace(/\.tsx$/, "")}"`)));
  expect(missing, "draw it in app/design, or name it in DRAWN_WITHIN").toEqual([]);
});
