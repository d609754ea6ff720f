import "server-only";

/** A category as it may be named: its id, the provider's name, the team's own name and aliases. */
export type NameableCategory = { id: string; level: number; names: readonly string[] };

type Piece = { line: number; text: string };
export type Understood = {
  found: { line: number; id: string }[];
  notUnderstood: (Piece & { reason: "unknown" | "level" })[];
  ambiguous: (Piece & { candidateIds: string[] })[];
};

const tidy = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");
/** A spreadsheet puts quotes around a cell with a comma in it. */
const unquote = (text: string) =>
  tidy(/^".*"$/s.test(text.trim()) ? text.trim().slice(1, -1).replaceAll('""', '"') : text);

/**
 * Which third-level categories a pasted text names: one a line, or several separated by tabs, semicolons or commas. A
 * name is looked up as written, then without regard to case; one with a comma in it is tried whole first. Of a line with
 * tabs, as a spreadsheet gives it, cells that name nothing are left alone once another cell was understood.
 */
export function understandPaste(text: string, categories: readonly NameableCategory[]): Understood {
  const book = makeBook(categories);
  const result: Understood = { found: [], notUnderstood: [], ambiguous: [] };
  const seen = new Set<string>();

  function take(line: number, piece: string): boolean {
    const ids = book.find(piece);
    if (ids.length > 1) result.ambiguous.push({ line, text: piece, candidateIds: ids });
    const [id] = ids;
    if (id !== undefined && ids.length === 1 && !seen.has(id)) {
      seen.add(id);
      result.found.push({ line, id });
    }
    return ids.length > 0;
  }
  const miss = (line: number, piece: string) =>
    result.notUnderstood.push({ line, text: piece, reason: book.isOtherLevel(piece) ? "level" : "unknown" });

  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = index + 1;
    if (unquote(raw) === "" || take(line, unquote(raw))) return;
    const cells = raw.split("\t").map(unquote).filter(Boolean);
    const left = cells.filter((cell) => !(cells.length > 1 && take(line, cell)));
    if (cells.length > 1 && left.length < cells.length) return;
    for (const cell of left) {
      const parts = splitBy(cell, /[;；]/).flatMap((part) => (take(line, part) ? [] : splitBy(part, /[,，、]/)));
      for (const part of parts) if (!take(line, part)) miss(line, part);
    }
  });
  return result;
}

const splitBy = (text: string, separator: RegExp) => text.split(separator).map(unquote).filter(Boolean);

/** Which third-level categories a name or an id means: as written, else without regard to case. */
export function makeBook(categories: readonly NameableCategory[]) {
  const exact = new Map<string, Set<string>>();
  const folded = new Map<string, Set<string>>();
  const others = new Set<string>();
  const note = (map: Map<string, Set<string>>, key: string, id: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(id));
  for (const { id, level, names } of categories) {
    for (const name of [id, ...names].map(tidy)) {
      if (level !== 3) others.add(name.toLowerCase());
      else {
        note(exact, name, id);
        note(folded, name.toLowerCase(), id);
      }
    }
  }
  return {
    find: (text: string) => [...(exact.get(text) ?? folded.get(text.toLowerCase()) ?? [])],
    isOtherLevel: (text: string) => others.has(text.toLowerCase()),
  };
}
