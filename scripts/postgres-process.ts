import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { join } from "node:path";
import type { Place } from "./postgres-place";
import { codeOf, StartError } from "./start-error";

const MAJOR = "18";
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

// Nothing of the caller's environment: PGDATA, PGPORT or a locale would change what the server does.
const cleanEnv = (more: Record<string, string> = {}) =>
  ({ PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", ...more }) as unknown as NodeJS.ProcessEnv;

/** What `postmaster.pid` says. */
export type PidFile = { pid: number; port: number; ready: boolean };

/** Makes the database's folder. A crash on the way leaves nothing that a later start could take for a database. */
export function initDatabase(place: Place, superuserPassword: string): void {
  if (existsSync(place.databaseDir)) {
    checkVersion(place);
    return;
  }
  for (const name of readdirSync(place.dataDir)) {
    if (name.startsWith("postgres.new")) rmSync(join(place.dataDir, name), { recursive: true, force: true });
  }
  const draft = join(place.dataDir, "postgres.new");
  const passwordFile = join(place.dataDir, "postgres.new.password");
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (place.runAs) {
    for (const path of [draft, passwordFile]) chownSync(path, place.runAs.uid, place.runAs.gid);
  }
  const made = spawnSync(
    join(place.binDir, "initdb"),
    [
      `--pgdata=${draft}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ],
    { env: cleanEnv(), cwd: draft, encoding: "utf8", ...(place.runAs ?? {}) },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    const reason = reasonIn(made.stderr) ?? made.error?.message ?? "initdb failed";
    const mend = /effective user ID/.test(reason)
      ? " (give this user an entry in /etc/passwd, or set DATABASE_URL)"
      : "";
    throw new StartError(`The database could not be made in ${place.dataDir}: ${reason}${mend}.`);
  }
  renameSync(draft, place.databaseDir);
}

function checkVersion(place: Place): void {
  const file = join(place.databaseDir, "PG_VERSION");
  let version: string;
  try {
    version = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new StartError(
      `${place.databaseDir} is there but is no database that we can read (${codeOf(error)}): move it away to begin anew, or set DATA_DIR to another folder.`,
    );
  }
  if (version !== MAJOR) {
    throw new StartError(
      `${place.databaseDir} was made by PostgreSQL ${version}, and this is ${MAJOR}: restore a backup into a new DATA_DIR.`,
    );
  }
}

/** @returns what the running server wrote about itself, or null when none left a word. */
export function readPidFile(place: Place): PidFile | null {
  try {
    const lines = readFileSync(join(place.databaseDir, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port, ready: lines[7]?.trim() === "ready" } : null;
  } catch {
    return null;
  }
}

/** A port of this machine that nothing uses; the wished one when that is so. */
export async function freePort(wish = 0): Promise<number> {
  const server = net.createServer();
  const port = await new Promise<number>((resolve) => {
    server.once("error", () => resolve(0));
    server.listen(wish, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  if (port) await new Promise((resolve) => server.close(resolve));
  return port || freePort();
}

/**
 * Starts the server on its own: not in our process group, so that Ctrl-C reaches us first, and with a file for its
 * words, so that it outlives us unharmed.
 */
export function spawnServer(place: Place, port: number): { child: ChildProcess; logStart: number } {
  const log = openLog(place);
  const logStart = statSync(place.logFile).size;
  const options: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
  };
  const child = spawn(
    join(place.binDir, "postgres"),
    ["-D", place.databaseDir, ...Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      detached: true,
      stdio: ["ignore", log, log],
      cwd: place.databaseDir,
      env: cleanEnv(deadHolderOf(place)),
      ...(place.runAs ?? {}),
    },
  );
  child.unref();
  closeSync(log);
  return { child, logStart };
}

function openLog(place: Place): number {
  try {
    if (existsSync(place.logFile) && statSync(place.logFile).size > LOG_LIMIT_BYTES) {
      renameSync(place.logFile, `${place.logFile}.1`);
    }
    return openSync(place.logFile, "a", 0o600);
  } catch (error) {
    throw new StartError(`${place.logFile} cannot be written (${codeOf(error)}): start as the user that owns it.`);
  }
}

/** @returns the sentence in which the server said why it ended, since `from` in its log. */
export function reasonInLog(place: Place, from: number): string | null {
  const file = openSync(place.logFile, "r");
  const bytes = Buffer.alloc(Math.min(64 * 1024, Math.max(0, statSync(place.logFile).size - from)));
  readSync(file, bytes, 0, bytes.length, from);
  closeSync(file);
  return reasonIn(bytes.toString("utf8"));
}

function reasonIn(text: string | null): string | null {
  const lines = (text ?? "").split("\n").filter((line) => /\b(FATAL|PANIC|error|initdb):/.test(line));
  return lines.at(-1)?.replace(/^.*\b(FATAL|PANIC|error|initdb):\s*/, "") ?? null;
}

/**
 * PostgreSQL takes any living process with the number in a left-over `postmaster.pid` for a server, be it a zombie
 * or, after a restart of the machine, something else entirely. When Linux tells us that it is no living PostgreSQL,
 * we name it as our "grandparent", which the server knows not to be a rival. The file, with the mark of the shared
 * memory that guards against surviving children, stays as it is.
 */
function deadHolderOf(place: Place): Record<string, string> {
  const holder = readPidFile(place)?.pid;
  if (!holder || process.platform !== "linux") return {};
  try {
    const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(readFileSync(`/proc/${holder}/stat`, "utf8")) ?? [];
    const living = name === "postgres" && state !== "Z" && state !== "X";
    return name === undefined || living ? {} : { PG_GRANDPARENT_PID: String(holder) };
  } catch {
    return {};
  }
}
