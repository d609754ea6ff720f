import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const folder = import.meta.dirname;

/** Attributes that a person reads or hears. */
const SPOKEN = new Set(["alt", "aria-description", "aria-label", "placeholder", "title"]);
/** Names that are the same in every language. */
const NAMES = new Set(["English", "中文", "CTR", "CPA"]);

function literalTexts(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const add = (text: string) => {
    const words = text.trim();
    if (/\p{L}/u.test(words) && !NAMES.has(words)) found.push(`${path.relative(folder, file)}: ${words}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) add(node.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression)) {
      if (!ts.isJsxAttribute(node.parent)) add(node.expression.text);
    }
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) add(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("every word on screen comes from the catalogues", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx"))
    // The samples of the page of the design, which no build holds.
    .filter((name) => !name.startsWith("design/"));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((name) => literalTexts(path.join(folder, name)))).toEqual([]);
});
