import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

type State = { state: "ok" | "warn" | "failed"; detail: string };

/** Below this PostgreSQL may end at any moment: one of its own log segments has 16 MB, and it writes several ahead. */
export const LEAST_BYTES = 256 * 1024 ** 2;
const AMPLE_BYTES = 2 * 1024 ** 3;

/** What is left where a folder is, or will be, for programs without privileges. */
export function roomAt(folder: string): { freeBytes: number; freeFiles: number | null } {
  const there = existsSync(folder) ? folder : dirname(folder);
  if (there !== folder) return roomAt(there);
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  // Some file systems make places for files as they are needed, and count none.
  return { freeBytes: bavail * bsize, freeFiles: files > 0 ? ffree : null };
}

/** @param databaseBytes what a backup or a restored copy would take at most; 0 when it is not known */
export function diskState(folder: string, room: ReturnType<typeof roomAt>, databaseBytes: number): State {
  const free = `${size(room.freeBytes)} free where ${folder} is`;
  const mend = "make room, or move DATA_DIR to a larger disk";
  if (room.freeFiles !== null && room.freeFiles < 1000) {
    return { state: "failed", detail: `no room for more files (inodes) where ${folder} is: ${mend}` };
  }
  if (room.freeBytes < LEAST_BYTES) return { state: "failed", detail: `only ${free}: ${mend}` };
  const wanted = Math.max(AMPLE_BYTES, databaseBytes);
  return room.freeBytes < wanted
    ? { state: "warn", detail: `${free}, less than the ${size(wanted)} that a backup and growth want: ${mend}` }
    : { state: "ok", detail: free };
}

const size = (bytes: number) =>
  bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
