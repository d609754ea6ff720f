import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { codeOf, StartError } from "./start-error";

const FILE = "secrets.json";
const secretsSchema = z.object({
  superuserPassword: z.string().min(32),
  ownerPassword: z.string().min(32),
  appPassword: z.string().min(32),
  appSecret: z.string().min(32),
});

/** What an installation with an embedded database makes once and must keep. */
export type Secrets = z.output<typeof secretsSchema>;

/**
 * The secrets of a data folder, made when it has none. The file is readable by its owner alone. Call it while holding
 * the folder's lock.
 * @throws StartError when the file is unreadable, or missing beside a database that needs it
 */
export function openSecrets(dataDir: string, databaseExists: boolean): Secrets {
  const path = join(dataDir, FILE);
  const found = read(path);
  if (found) return found;
  if (databaseExists) {
    throw new StartError(
      `${path} is missing, and the database beside it opens with nothing else: put it back from a backup, or move ${dataDir} away to begin anew.`,
    );
  }
  const made = { superuserPassword: make(), ownerPassword: make(), appPassword: make(), appSecret: make() };
  write(path, made);
  return made;
}

const make = () => randomBytes(36).toString("base64url");

function read(path: string): Secrets | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
    chmodSync(path, 0o600);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new StartError(`${path} cannot be used (${codeOf(error)}): start as the user that owns it.`);
  }
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new StartError(`${path} is damaged: put it back from a backup.`);
  }
}

// Written whole beside its place and then moved there: a crash leaves either no file or a complete one.
function write(path: string, secrets: Secrets): void {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, "wx", 0o600);
  writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
