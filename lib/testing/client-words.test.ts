import path from "node:path";
import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/messages";
import { framesOf } from "./client-words";
import { readTree } from "./house-rules";

const groups = new Set(Object.keys(loadMessages("en").client ?? {}));
const frames = framesOf(readTree(path.resolve(import.meta.dirname, "../..")), groups);
const layouts = frames.filter(({ path: at }) => /\/layout(\.dev)?\.tsx$/.test(at));
const folder = (at: string) => `${path.posix.dirname(at)}/`;
const isAround = (layout: string, at: string) => at.startsWith(folder(layout));

/** A missing group would be a page that breaks in the browser: the words are not there. */
test("every page gets the words that its components in the browser say", () => {
  expect(frames.length).toBeGreaterThan(50);
  const missing = frames.flatMap(({ path: at, needs }) => {
    const given = layouts.filter((layout) => isAround(layout.path, at)).flatMap(({ gives }) => gives);
    return needs.filter((group) => !given.includes(group)).map((group) => `${at}: ${group}`);
  });
  expect(missing).toEqual([]);
});

test("no layout gives words that nothing below it says, or that an outer one gives", () => {
  const idle = layouts.flatMap(({ path: at, gives }) => {
    const below = frames.filter((frame) => isAround(at, frame.path)).flatMap(({ needs }) => needs);
    const outer = layouts.filter((one) => one.path !== at && isAround(one.path, at)).flatMap((one) => one.gives);
    return gives.filter((group) => !below.includes(group) || outer.includes(group)).map((group) => `${at}: ${group}`);
  });
  expect(idle).toEqual([]);
});

test("words are found through hooks, files loaded later and texts put together", () => {
  const files = {
    "app/layout.tsx": 'clientWords(locale, "a")',
    "app/page.tsx": 'import { Form } from "./form";\nimport { onServer } from "./server";',
    "app/server.tsx": 'useTranslations("client.c");',
    "app/form.tsx": '"use client";\nimport { useIt } from "./use-it";\nconst Later = dynamic(() => import("./later"));',
    "app/use-it.ts": 'import type { T } from "./typed";\nconst t = useTranslations("client");\nt(`a.$' + "{kind}`);",
    "app/later.tsx": "useTranslations(`client.b.$" + "{kind}`);",
    "app/typed.tsx": '"use client";\nuseTranslations("client.d");',
  };
  const found = framesOf(
    Object.entries(files).map(([at, text]) => ({ path: at, text })),
    new Set(["a", "b", "c", "d"]),
  );
  expect(found).toEqual([
    { path: "app/layout.tsx", needs: [], gives: ["a"] },
    { path: "app/page.tsx", needs: ["a", "b"], gives: [] },
  ]);
});
