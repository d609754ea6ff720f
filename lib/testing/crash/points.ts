import ts from "typescript";

/** A place where the buyer gives up the processor: a fault can strike right before it, and right after. */
export type Point = {
  /** File, the function around it, and its number therein: stays the same while that function does. */
  id: string;
  file: string;
  line: number;
  /** The awaited expression as it is written, for people. */
  text: string;
};

/** Every `await` of a source text, in order, `for await` included. */
export function findPoints(file: string, text: string): Point[] {
  return findAwaits(file, text).map(({ point }) => point);
}

/**
 * The same program with a fault point before and after every `await`. `__before` and `__after` are the buyer
 * process's own (see `hit.ts`); the line numbers stay.
 */
export function instrument(file: string, text: string): string {
  const edits = findAwaits(file, text).flatMap(({ point, node }) => {
    const id = JSON.stringify(point.id);
    if (ts.isForOfStatement(node))
      return [{ from: node.getStart(), to: node.getStart(), text: `await __before(${id}); ` }];
    return [
      { from: node.getStart(), to: node.expression.getStart(), text: `(await __before(${id}), await __after(${id}, ` },
      { from: node.end, to: node.end, text: "))" },
    ];
  });
  let result = text;
  for (const { from, to, text: put } of edits.sort((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + put + result.slice(to);
  }
  return result;
}

type Found = { point: Point; node: ts.AwaitExpression | ts.ForOfStatement };

function findAwaits(file: string, text: string): Found[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const counts = new Map<string, number>();
  const found: Found[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) {
      const name = nameAround(node);
      const number = (counts.get(name) ?? 0) + 1;
      counts.set(name, number);
      found.push({
        node: node as Found["node"],
        point: {
          id: `${file}#${name}-${number}`,
          file,
          line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
          text: node.getText().split("\n")[0] ?? "",
        },
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The nearest function that has a name, or the file itself. */
function nameAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) && at.name) return at.name.getText();
    if (ts.isVariableDeclaration(at) && at.initializer && ts.isArrowFunction(at.initializer)) return at.name.getText();
  }
  return "file";
}

/** The ledger's steps: each SQL function that a text calls as one statement. */
export function findStatements(text: string): string[] {
  const source = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) {
      const name = /^select \* from (\w+)\(/.exec(node.text)?.[1];
      if (name) names.add(name);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...names];
}
