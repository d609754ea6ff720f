import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { codeOf, StartError } from "./start-error";

// A backup is one gzip file of text that any PostgreSQL tool reads: a first line that says what it is, a COPY block for
// each table, and a last line with the checksums. Without its last line it is no whole backup.

const FIRST = "-- Nichebook backup ";
const LAST = "-- Nichebook backup ends ";
const BLOCK_END = Buffer.from("\n\\.\n");

const headSchema = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** The migrations that its tables were made by. */
  migrations: z.array(z.string()),
});
const tailSchema = z.object({
  tables: z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() })),
  /** Last values of the sequences that were used. */
  sequences: z.record(z.string(), z.string()),
});

export type BackupHead = z.output<typeof headSchema>;
export type BackupTail = z.output<typeof tailSchema>;

export const firstLine = (head: BackupHead) => `${FIRST}${JSON.stringify(head)}\n`;
export const lastLine = (tail: BackupTail) => `${LAST}${JSON.stringify(tail)}\n`;
export const blockStart = (table: string, columns: string[]) => `COPY ${table} (${columns.join(", ")}) FROM stdin;\n`;
/** Stands at the beginning of a line of its own, where COPY's text format never has it in a row. */
export const BLOCK_ENDS = "\\.\n";

/** Counts the rows of one table and makes its checksum. */
export function tally() {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add(data: Buffer) {
      hash.update(data);
      for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) rows++;
    },
    done: () => ({ rows, sha256: hash.digest("hex") }),
  };
}

export type BackupPart =
  | { head: BackupHead }
  /** Followed by its rows, in pieces of any length. */
  | { table: string; columns: string }
  | { data: Buffer }
  | { tail: BackupTail };

/**
 * The parts of a backup in their order, read once from end to end.
 * @throws StartError when it is not there, not a backup, damaged or cut
 */
export async function* readBackup(path: string): AsyncGenerator<BackupPart> {
  const damaged = (why: string) => new StartError(`${path} ${why}`);
  let [begun, ended] = [false, false];
  try {
    for await (const part of split(unzipped(path))) {
      if ("data" in part) yield part;
      else if (!begun) {
        if (!part.line.startsWith(FIRST)) throw damaged("is no backup of Nichebook.");
        const head = headSchema.safeParse(JSON.parse(part.line.slice(FIRST.length)));
        if (!head.success) throw damaged("was made by a version of Nichebook that this one does not know: update it.");
        begun = true;
        yield { head: head.data };
      } else if (part.line.startsWith(LAST)) {
        ended = true;
        yield { tail: tailSchema.parse(JSON.parse(part.line.slice(LAST.length))) };
      } else {
        const [, table, columns] = /^COPY (\S+) \((.*)\) FROM stdin;$/.exec(part.line) ?? [];
        if (ended || !table || !columns) throw damaged("is damaged.");
        yield { table, columns };
      }
    }
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof StartError) throw error;
    if (code === "ENOENT") throw damaged("is not there.");
    if (/^E[A-Z]+$/.test(code)) throw damaged(`cannot be read (${code}).`);
    if (code === "Z_DATA_ERROR" && !begun) throw damaged("is no backup of Nichebook.");
    throw damaged("is damaged or cut: take another backup.");
  }
  if (!begun) throw damaged("is no backup of Nichebook.");
  if (!ended) throw damaged("is cut: its end is missing.");
}

async function* unzipped(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on("error", (error) => text.destroy(error)).pipe(text);
  try {
    yield* text;
  } finally {
    file.destroy();
  }
}

/** Lines and rows of the unzipped text. */
async function* split(source: AsyncIterable<Buffer>): AsyncGenerator<{ line: string } | { data: Buffer }> {
  let [pending, inBlock, first] = [Buffer.alloc(0) as Buffer, false, false];
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const end = inBlock ? pending.indexOf(BLOCK_END) : pending.indexOf(10);
      if (!inBlock) {
        if (end < 0) break;
        const line = pending.toString("utf8", 0, end);
        inBlock = first = line.startsWith("COPY ");
        // The line's own end may be the beginning of the block's end: an empty table has no row between them.
        pending = pending.subarray(inBlock ? end : end + 1);
        yield { line };
        continue;
      }
      const until = end < 0 ? pending.length - BLOCK_END.length + 1 : end + 1;
      if (until > (first ? 1 : 0)) {
        yield { data: pending.subarray(first ? 1 : 0, until) };
        first = false;
      }
      if (end < 0) {
        if (!first) pending = pending.subarray(Math.max(until, 0));
        break;
      }
      pending = pending.subarray(end + BLOCK_END.length);
      inBlock = false;
    }
  }
  if (pending.length > 0 || inBlock) throw new Error("cut");
}
