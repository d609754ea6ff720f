import type { ChildProcess } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import pg from "pg";
import { waitForLock } from "./lock.mjs";
import type { Place } from "./postgres-place";
import { freePort, initDatabase, type PidFile, readPidFile, reasonInLog, spawnServer } from "./postgres-process";
import { openSecrets, type Secrets } from "./secrets";
import { codeOf, StartError } from "./start-error";

export const DATABASE = "nichebook";
export const OWNER_ROLE = "nichebook_owner";
export const APP_ROLE = "nichebook_app";

/** Held shared by each process that uses the server: the last one to leave stops it. */
const USERS_LOCK = "1313817667, 1";
const RIVAL_TIMEOUT_MS = 15_000;
const RECOVERY_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 60_000;

type Role = "superuser" | "owner" | "app";

export type EmbeddedPostgres = {
  secrets: Secrets;
  /** Address of a database as one of its roles; changes when the server had to move to another port. */
  url(role: Role, database?: string): string;
  /** True when the server was already running. */
  adopted: boolean;
  pid(): number;
  /** Leaves the server, and stops it (fast shutdown) when no other process uses it. */
  leave(): Promise<void>;
};

export type EmbeddedOptions = {
  place: Place;
  /** Told when the server had ended by itself and is back; the address may be another one. */
  onReturn?: () => void;
  /** One plain line for the operator. */
  say?: (line: string) => void;
};

/**
 * The embedded server of a data folder, started or, when one is running there, adopted; kept running until `leave`.
 * @throws StartError when it cannot run here
 */
export async function openEmbeddedPostgres({ place, onReturn, say }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const secrets = await locked(place, async () => {
    const made = openSecrets(place.dataDir, existsSync(place.databaseDir));
    initDatabase(place, made.superuserPassword);
    return made;
  });
  let leaving = false;
  let server = await locked(place, () => enter(place, secrets, 0, say));
  const adopted = server.adopted;
  watch();

  // Our own session ends with the server, whoever started it and however it ended.
  function watch() {
    server.session.once("end", () => {
      if (!leaving) void comeBack();
    });
  }

  async function comeBack() {
    say?.("PostgreSQL ended by itself: starting it again.");
    for (;;) {
      try {
        server = await locked(place, () => enter(place, secrets, server.port, say));
        break;
      } catch (error) {
        say?.(`PostgreSQL does not start: ${error instanceof Error ? error.message : String(error)} Trying again.`);
        await pause(2_000);
      }
      if (leaving) return;
    }
    watch();
    if (leaving) return;
    say?.("PostgreSQL is back.");
    onReturn?.();
  }

  return {
    secrets,
    adopted,
    url: (role, database = DATABASE) => urlOf(role, secrets, server.port, database),
    pid: () => server.pid,
    async leave() {
      leaving = true;
      await locked(place, () => stopIfLast(place, server));
    },
  };
}

type Entered = { session: pg.Client; pid: number; port: number; adopted: boolean };

async function enter(
  place: Place,
  secrets: Secrets,
  wishedPort: number,
  say?: (line: string) => void,
): Promise<Entered> {
  const rivalDeadline = Date.now() + RIVAL_TIMEOUT_MS;
  for (;;) {
    const running = readPidFile(place);
    const session = running && (await logIn(place, secrets, running));
    if (running && session) return { session, pid: running.pid, port: running.port, adopted: true };

    const port = await freePort(wishedPort);
    const { child, logStart } = spawnServer(place, port);
    if (await becomesReady(place, child, say)) {
      const own = await logIn(place, secrets, { pid: child.pid ?? 0, port, ready: true });
      if (own) return { session: own, pid: child.pid ?? 0, port, adopted: false };
    }
    const reason = reasonInLog(place, logStart) ?? "it ended without a word";
    const rival = /lock file|shared memory block/.test(reason);
    const portTaken = /could not (create|bind)/.test(reason);
    if ((!rival && !portTaken) || Date.now() > rivalDeadline) {
      throw new StartError(`PostgreSQL does not start: ${reason} (its log: ${place.logFile}).`);
    }
    await pause(250);
  }
}

/**
 * @returns a session on the server that runs in our own folder, counted among its users; null when there is none.
 * Only the answer of a login says whose server it is: a process number may belong to a zombie or to a stranger.
 */
async function logIn(place: Place, secrets: Secrets, at: PidFile): Promise<pg.Client | null> {
  const deadline = Date.now() + RECOVERY_TIMEOUT_MS;
  for (;;) {
    const session = new pg.Client({
      connectionString: urlOf("superuser", secrets, at.port, "postgres"),
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: "nichebook",
    });
    // Without a listener a lost connection would end this process.
    session.on("error", () => {});
    try {
      await session.connect();
      const { rows } = await session.query<{ dir: string; entered: boolean }>(
        `select current_setting('data_directory') as dir, pg_try_advisory_lock_shared(${USERS_LOCK}) as entered`,
      );
      if (!sameFolder(rows[0]?.dir, place.databaseDir)) throw copied(place, rows[0]?.dir);
      if (rows[0]?.entered) return session;
      await session.end();
      return null;
    } catch (error) {
      await session.end().catch(() => {});
      if (error instanceof StartError) throw error;
      // 57P03: recovering from a crash. 53300: every connection is in use. Both pass.
      if (!["57P03", "53300"].includes(codeOf(error)) || Date.now() > deadline) return null;
      await pause(100);
    }
  }
}

/** It opens with our password and serves another folder: ours is a copy, and one of a living database is worth little. */
const copied = (place: Place, original = "another folder") =>
  new StartError(
    `${place.databaseDir} is a copy of ${original} that was taken while the database ran: stop that one and copy again, or set another DATA_DIR.`,
  );

function sameFolder(a: string | undefined, b: string): boolean {
  try {
    return a !== undefined && realpathSync(a) === realpathSync(b);
  } catch {
    return a === b;
  }
}

async function becomesReady(place: Place, child: ChildProcess, say?: (line: string) => void): Promise<boolean> {
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", (error) => {
    ended = true;
    say?.(`PostgreSQL cannot be run: ${error.message}`);
  });
  const started = Date.now();
  for (let told = false; !ended && Date.now() - started < RECOVERY_TIMEOUT_MS; ) {
    const file = readPidFile(place);
    if (file?.ready && file.pid === child.pid) return true;
    if (!told && Date.now() - started > 5_000) {
      told = true;
      say?.("PostgreSQL is repairing its files after a crash; this may take a while.");
    }
    await pause(20);
  }
  return false;
}

async function stopIfLast(place: Place, server: Entered): Promise<void> {
  const { session, pid } = server;
  try {
    await session.query(`select pg_advisory_unlock_shared(${USERS_LOCK})`);
    const { rows } = await session.query<{ last: boolean }>(`select pg_try_advisory_lock(${USERS_LOCK}) as last`);
    if (!rows[0]?.last) return await session.end();
  } catch {
    // It is gone already, and nobody brings it back: we hold the folder's lock and are leaving.
    return;
  }
  // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (readPidFile(place)?.pid === pid && Date.now() < deadline) await pause(20);
  await session.end().catch(() => {});
}

/** One process at a time starts or stops the server of a folder. */
async function locked<T>(place: Place, run: () => T | Promise<T>): Promise<T> {
  const lock = await waitForLock(`database ${realpathSync(place.dataDir)}`, { timeoutMs: RECOVERY_TIMEOUT_MS });
  if (!lock) throw new StartError(`Another process has been starting the database of ${place.dataDir} for too long.`);
  try {
    return await run();
  } finally {
    await lock.release();
  }
}

function urlOf(role: Role, secrets: Secrets, port: number, database: string): string {
  const [user, password] = {
    superuser: ["postgres", secrets.superuserPassword],
    owner: [OWNER_ROLE, secrets.ownerPassword],
    app: [APP_ROLE, secrets.appPassword],
  }[role] as [string, string];
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
