import "server-only";

/*
 * Pieces of a JSON text as they were written: no number is rounded, no escape is resolved. Everything here expects a
 * text that `JSON.parse` accepts, and never walks by recursion, so that no depth of nesting can break it.
 */

const isSpace = (char: string | undefined) => char === " " || char === "\n" || char === "\r" || char === "\t";

function skipSpace(text: string, at: number): number {
  let index = at;
  while (isSpace(text[index])) index += 1;
  return index;
}

function endOfString(text: string, at: number): number {
  let index = at + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

/** The end of a number or word that begins at `at`. */
function endOfWord(text: string, at: number): number {
  let index = at;
  while (index < text.length && !isSpace(text[index]) && !",:]}".includes(text[index] as string)) index += 1;
  return Math.max(index, at + 1);
}

function endOfValue(text: string, at: number): number {
  let depth = 0;
  let index = at;
  do {
    const char = text[index];
    if (char === '"') index = endOfString(text, index);
    else if (char === "{" || char === "[") {
      depth += 1;
      index += 1;
    } else if (char === "}" || char === "]") {
      depth -= 1;
      index += 1;
    } else if (depth === 0) index = endOfWord(text, index);
    else index += 1;
  } while (depth > 0 && index < text.length);
  return index;
}

/** The elements of an array, each as it was written; null for anything that is no array. */
export function itemsOf(text: string): string[] | null {
  const start = skipSpace(text, 0);
  if (text[start] !== "[") return null;
  const items: string[] = [];
  let at = skipSpace(text, start + 1);
  while (at < text.length && text[at] !== "]") {
    const end = endOfValue(text, at);
    items.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return items;
}

/** The value of an object's member as it was written: of twins the last, as `JSON.parse` has it. Null without one. */
export function memberOf(text: string, name: string): string | null {
  const start = skipSpace(text, 0);
  if (text[start] !== "{") return null;
  let found: string | null = null;
  let at = skipSpace(text, start + 1);
  while (at < text.length && text[at] === '"') {
    const endOfKey = endOfString(text, at);
    const key: unknown = JSON.parse(text.slice(at, endOfKey));
    const from = skipSpace(text, skipSpace(text, endOfKey) + 1);
    const end = endOfValue(text, from);
    if (key === name) found = text.slice(from, end);
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return found;
}

/** Deeper levels keep this indent, so that a malicious depth does not grow the text without end. */
const DEEPEST_INDENT = 40;

/** The same JSON with a line for each member and element, its texts and numbers as they were written. */
export function indentJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let at = skipSpace(text, 0);
  const line = () => parts.push(`\n${"  ".repeat(Math.min(depth, DEEPEST_INDENT))}`);
  while (at < text.length) {
    const char = text[at] as string;
    let end = at + 1;
    if (char === "{" || char === "[") {
      const next = skipSpace(text, end);
      if (text[next] === "}" || text[next] === "]") {
        parts.push(char, text[next] as string);
        end = next + 1;
      } else {
        parts.push(char);
        depth += 1;
        line();
      }
    } else if (char === "}" || char === "]") {
      depth -= 1;
      line();
      parts.push(char);
    } else if (char === ",") {
      parts.push(char);
      line();
    } else if (char === ":") {
      parts.push(": ");
    } else {
      end = char === '"' ? endOfString(text, at) : endOfWord(text, at);
      parts.push(text.slice(at, end));
    }
    at = skipSpace(text, end);
  }
  return parts.join("");
}
