import "server-only";

export type PastedName = { line: number; id: string; name: string | null; aliases: string[] };
export type PastedNames = {
  names: PastedName[];
  notUnderstood: { line: number; text: string; reason: "id" | "empty" | "too_long" }[];
};

const tidy = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");
const MAX_NAME = 80;
const MAX_ALIASES = 20;

/** A pasted table: id, own name and aliases in columns, the aliases separated by commas or in columns of their own. */
export function understandNames(text: string): PastedNames {
  const result: PastedNames = { names: [], notUnderstood: [] };
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = index + 1;
    if (raw.trim() === "") return;
    const [id = "", name = "", ...rest] = raw.split("\t").map(tidy);
    const aliases = [...new Set(rest.flatMap((cell) => cell.split(/[,，、;；]/).map(tidy)).filter(Boolean))];
    const miss = (reason: "id" | "empty" | "too_long") => result.notUnderstood.push({ line, text: tidy(raw), reason });
    if (!/^\d{1,20}$/.test(id)) miss("id");
    else if (name === "" && aliases.length === 0) miss("empty");
    else if ([name, ...aliases].some((one) => one.length > MAX_NAME) || aliases.length > MAX_ALIASES) miss("too_long");
    else result.names.push({ line, id, name: name || null, aliases });
  });
  return result;
}
