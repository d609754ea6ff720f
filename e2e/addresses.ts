import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

/** Folders below `app/` that hold a file of this name. */
export const foldersOf = (name: "page.tsx" | "route.ts") =>
  readdirSync(join(ROOT, "app"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => relative(join(ROOT, "app"), entry.parentPath));

/** The address of a route's folder: groups have none, and a parameter takes the value that exists of its kind. */
export function addressOf(folder: string, slug: string, ids: Record<string, string>): string {
  const parts = folder.split("/").filter((part) => part && !/^\(.*\)$/.test(part));
  const named = parts.map((part, index) => {
    if (part === "[team]") return slug;
    return part.startsWith("[") ? (ids[parts[index - 1] ?? ""] ?? ids.categories) : part;
  });
  return `/${named.join("/")}`;
}
