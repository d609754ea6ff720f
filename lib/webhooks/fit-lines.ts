import "server-only";

const bytes = (text: string) => Buffer.byteLength(text);
const BETWEEN = "\n\n";

/** The beginning of a text that has at most so many bytes of UTF-8; no letter is cut in two. */
export function cutToBytes(text: string, most: number): string {
  if (bytes(text) <= most) return text;
  let room = most - bytes("…");
  let kept = "";
  for (const letter of text) {
    room -= bytes(letter);
    if (room < 0) break;
    kept += letter;
  }
  return `${kept}…`;
}

/**
 * Paragraphs that together have at most so many bytes; the last one tells how many were left out.
 * @param more says so of a count
 */
export function fitLines(lines: readonly string[], most: number, more: (left: number) => string): string[] {
  let size = lines.reduce((sum, line) => sum + bytes(line + BETWEEN), 0);
  if (size <= most) return [...lines];
  let kept = lines.length;
  while (kept > 0 && size + bytes(more(lines.length - kept)) > most) {
    kept -= 1;
    size -= bytes((lines[kept] ?? "") + BETWEEN);
  }
  if (kept > 0) return [...lines.slice(0, kept), more(lines.length - kept)];
  const [first = "", ...rest] = lines;
  const note = rest.length > 0 ? [more(rest.length)] : [];
  return [
    cutToBytes(first, most - note.reduce((sum, line) => sum + bytes(line + BETWEEN), 0) - BETWEEN.length),
    ...note,
  ];
}
