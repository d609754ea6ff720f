import path from "node:path";
import type { HouseFile } from "./house-rules";

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"((?:@\/|\.)[^"]+)"/gm;
const TYPES_ONLY = /^(?:import|export)\s+type\s[^;]*?from\s+"[^"]+";/gms;
const FRAME = /^app\/(.*\/)?(layout|page|error|global-error|not-found)(\.dev)?\.tsx$/;

/** What a layout gives to the components of the browser below it: `clientWords("a", "b")` or `wordsLayout("a")`. */
const GIVEN = /\b(?:clientWords|wordsLayout)\(([^)]*)\)/g;
const quoted = (text: string) => [...text.matchAll(/"(\w+)"/g)].flatMap(([, word]) => word ?? []);

/** The groups of `client` messages that a file of the browser says. Too many rather than too few. */
function saidIn(text: string, groups: ReadonlySet<string>): string[] {
  const whole = /useTranslations\("client"\)/.test(text)
    ? [...text.matchAll(/["`](\w+)\./g)].flatMap(([, group]) => group ?? [])
    : [];
  const named = [...text.matchAll(/["`]client\.(\w+)/g)].flatMap(([, group]) => group ?? []);
  return [...whole, ...named].filter((group) => groups.has(group));
}

type Frame = { path: string; needs: string[]; gives: string[] };

/** Each frame of a page, with the groups that what it loads says in the browser, and those that it gives itself. */
export function framesOf(files: readonly HouseFile[], groups: ReadonlySet<string>): Frame[] {
  const app = new Map(files.filter(({ path: at }) => at.startsWith("app/")).map((file) => [file.path, file.text]));
  const resolved = (from: string, to: string) => {
    const at = to.startsWith("@/") ? to.slice(2) : path.posix.join(path.posix.dirname(from), to);
    return [`${at}.tsx`, `${at}.ts`].find((one) => app.has(one));
  };
  const needsOf = (frame: string) => {
    const seen = new Set<string>();
    const said = new Set<string>();
    const visit = (at: string, isBelow: boolean) => {
      const text = app.get(at) ?? "";
      const isClient = isBelow || /^\s*"use client"/.test(text);
      const key = `${at}${isClient}`;
      if (seen.has(key)) return;
      seen.add(key);
      if (isClient) for (const group of saidIn(text, groups)) said.add(group);
      for (const [, to = ""] of text.replace(TYPES_ONLY, "").matchAll(IMPORT)) {
        const next = resolved(at, to);
        if (next) visit(next, isClient);
      }
    };
    visit(frame, false);
    return [...said].sort();
  };
  return [...app.keys()]
    .filter((at) => FRAME.test(at))
    .map((at) => ({
      path: at,
      needs: needsOf(at),
      gives: [...(app.get(at) ?? "").matchAll(GIVEN)].flatMap(([, list = ""]) => quoted(list)),
    }));
}
