import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** A file of JSON lines to which each line is written before the call returns. */
export interface Journal {
  append(line: object): void;
  close(): void;
}

/**
 * Opens a journal and hands every earlier line to `restore`, oldest first. A line that a crash cut short is skipped and
 * stays in the file. Without a file nothing is kept. @throws when the file cannot be read or written.
 */
export function openJournal(file: string | undefined, restore: (line: object) => void): Journal {
  if (file === undefined) return { append: () => {}, close: () => {} };
  mkdirSync(dirname(file), { recursive: true });
  const earlier = existsSync(file) ? readFileSync(file, "utf8") : "";
  for (const text of earlier.split("\n")) {
    const line = parse(text);
    if (line !== null && typeof line === "object") restore(line);
  }
  const fd = openSync(file, "a");
  // After a crash the next line must not continue the torn one.
  if (earlier !== "" && !earlier.endsWith("\n")) writeWhole(fd, "\n");
  return {
    append: (line) => writeWhole(fd, `${JSON.stringify(line)}\n`),
    close: () => closeSync(fd),
  };
}

function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
