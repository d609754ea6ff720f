import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { waitForLock } from "./lock.mjs";

// What must be done between a fresh clone and the first line of the application. Runs on Node.js 20.19 without any
// package, and does each step only when its sources have changed.

export const ROOT = resolve(fileURLToPath(new URL("..", import.meta.url)));
const at = (/** @type {string[]} */ ...parts) => join(ROOT, ...parts);
const OLDEST_NODE = [20, 19];
const SETUP_TIMEOUT_MS = 900_000;

/** The Node.js that the package `node` brought; the application runs on it whatever the host has. */
export const NODE = at("node_modules/node/bin/node");

/** A reason not to start, in one line that says how to mend it. */
export class SetupError extends Error {}

/** What every tool of ours gets: nothing reports home, and Next leaves alone the .env that was read here. */
export const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  __NEXT_PROCESSED_ENV: "true",
};

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends what is under way; for signals that arrive during the set-up. */
export function endSteps() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Packages and generated code. One set-up at a time works in a folder, and so does each build below.
 * @param {(line: string) => void} say
 */
export async function prepare(say) {
  checkNode();
  checkFolder();
  await alone(say, async () => {
    await install(say);
    await generate(say);
  });
}

/**
 * The programs in `.build/`.
 * @param {(line: string) => void} say
 */
export const buildPrograms = (say) => alone(say, bundle);

/**
 * The web application.
 * @param {(line: string) => void} say
 * @param {() => Promise<void>} [check] what may refuse before the long part begins
 */
export async function buildApp(say, check) {
  if (isBuilt()) return;
  await check?.();
  await alone(say, () => (isBuilt() ? undefined : build(say)));
}

/**
 * @param {(line: string) => void} say
 * @param {() => Promise<void> | undefined} work
 */
async function alone(say, work) {
  const lock = await waitForLock(`set-up of ${ROOT}`, {
    timeoutMs: SETUP_TIMEOUT_MS,
    onWait: () => say("Another set-up is running in this folder: waiting for it."),
  });
  if (!lock) throw new SetupError("Another set-up has been running in this folder for 15 minutes: stop it first.");
  try {
    await work();
  } finally {
    await lock.release();
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(
    `Node.js ${process.versions.node} is too old: install ${OLDEST_NODE.join(".")} or newer (https://nodejs.org).`,
  );
}

function checkFolder() {
  try {
    accessSync(ROOT, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new SetupError(
      `The folder ${ROOT} cannot be written to by this user: make it yours (chown), or clone into a folder of yours.`,
    );
  }
}

/** @param {(line: string) => void} say */
async function install(say) {
  const stampFile = at("node_modules/.nichebook-installed");
  const stamp = hashOf(["package-lock.json"], [process.platform, process.arch]);
  if (readText(stampFile) === stamp && existsSync(NODE)) return;
  if (existsSync(NODE) && lockFileIsInstalled()) return writeFileSync(stampFile, stamp);

  say("Installing packages (about a minute)…");
  rmSync(stampFile, { force: true });
  const { command, args } = npmCommand();
  // Development packages are needed to build; NODE_ENV=production in the environment would leave them out.
  const ci = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  await run(command, [...args, ...ci], {}, "The packages could not be installed (npm ci)");
  if (!existsSync(NODE)) {
    throw new SetupError(
      "npm skipped the packages' install scripts, which bring Node.js 24 and PostgreSQL: run `npm config delete ignore-scripts` and start again.",
    );
  }
  writeFileSync(stampFile, stamp);
}

/** Somebody has run `npm ci` himself: what npm noted in node_modules is what the lock file asks for on this machine. */
function lockFileIsInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
    const there = JSON.parse(readFileSync(at("node_modules/.package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, { version, optional, link }]) => {
      if (path === "" || link) return true;
      return there[path] ? there[path].version === version : optional === true;
    });
  } catch {
    return false;
  }
}

function npmCommand() {
  const cli = process.env.npm_execpath ?? "";
  if (/npm-cli\.(c?js|mjs)$/.test(cli) && existsSync(cli)) return { command: hostNode(), args: [cli] };
  return { command: "npm", args: [] };
}

/** A Node.js outside this folder where there is one: `npm ci` removes the one inside while it works. */
function hostNode() {
  const inside = (/** @type {string} */ path) => resolve(path).startsWith(at("node_modules") + sep);
  if (!inside(process.execPath)) return process.execPath;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder && !inside(folder));
  return folders.map((folder) => join(folder, "node")).find((path) => existsSync(path)) ?? process.execPath;
}

/** @param {(line: string) => void} say */
async function generate(say) {
  const stampFile = at("lib/platform/prisma-client/.stamp");
  const stamp = hashOf(["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"]);
  if (readText(stampFile) === stamp) return;
  say("Generating the database client…");
  const cli = at("node_modules/prisma/build/index.js");
  await run(NODE, [cli, "generate"], {}, "The database client could not be generated (prisma generate)");
  writeFileSync(stampFile, stamp);
}

const SOURCES = ["lib", "messages", "prisma/schema", "package-lock.json", "tsconfig.json"];
const APP_SOURCES = ["app", "public", "proxy.ts", "next.config.mjs", "postcss.config.mjs", "tailwind.config.ts"];
const BUILD_STAMP = at(".next/nichebook-build");

// With the folder's own path: the build holds absolute paths, so that a moved clone needs one of its own.
const appStamp = () => hashOf([...SOURCES, ...APP_SOURCES], [ROOT]);

function isBuilt() {
  return readText(BUILD_STAMP) === appStamp() && existsSync(at(".next/BUILD_ID"));
}

/** @param {(line: string) => void} say */
async function build(say) {
  say("Building the application (less than a minute)…");
  rmSync(BUILD_STAMP, { force: true });
  const stamp = appStamp();
  const cli = at("node_modules/next/dist/bin/next");
  await run(NODE, [cli, "build"], { NODE_ENV: "production" }, "The application could not be built (next build)");
  writeFileSync(BUILD_STAMP, stamp);
}

const BUNDLES = {
  server: "scripts/server.ts",
  admin: "scripts/admin.ts",
  mcp: "scripts/mcp.ts",
  sandbox: "sandbox/main.ts",
};

async function bundle() {
  const stampFile = at(".build/stamp");
  const stamp = hashOf([...SOURCES, "scripts", "sandbox"]);
  if (readText(stampFile) === stamp) return;
  mkdirSync(at(".build"), { recursive: true });
  rmSync(stampFile, { force: true });
  const { build: esbuild, stop } = await import(pathToFileURL(at("node_modules/esbuild/lib/main.js")).href);
  for (const [name, entry] of Object.entries(BUNDLES)) {
    const { outputFiles } = await esbuild({
      entryPoints: [at(entry)],
      absWorkingDir: ROOT,
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      target: "node20",
      // The sandbox uses nothing but Node.js and stays whole.
      packages: name === "sandbox" ? "bundle" : "external",
      alias: { "server-only": at("lib/testing/empty.ts") },
      logLevel: "silent",
    }).catch((/** @type {Error} */ error) => {
      throw new SetupError(`${entry} could not be bundled: ${error.message}`);
    });
    // Put in place at once: another process may be starting from the one before.
    writeFileSync(at(`.build/${name}.new`), outputFiles[0].contents);
    renameSync(at(`.build/${name}.new`), at(`.build/${name}.mjs`));
  }
  await stop();
  writeFileSync(stampFile, stamp);
}

/**
 * Runs one tool, silently unless it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {string} failure
 */
function run(command, args, env, failure) {
  return new Promise((done, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => reject(new SetupError(`${failure}: ${error.message}.`)));
    child.on("close", (code) => {
      running.delete(child);
      if (code === 0) return done(undefined);
      process.stderr.write(`${output.trim()}\n`);
      reject(new SetupError(`${failure}: what it said stands above.`));
    });
  });
}

/** @param {string} name a path below ROOT */
function isSource(name) {
  if (name.startsWith("lib/testing/")) return name === "lib/testing/empty.ts";
  return !/(^|\/)(prisma-client|fixtures)(\/|$)|\.test\.tsx?$/.test(name);
}

/**
 * One number for the contents of files and folders; tests and what is generated do not count.
 * @param {string[]} paths
 * @param {string[]} more
 */
function hashOf(paths, more = []) {
  const hash = createHash("sha256");
  for (const text of more) hash.update(`${text}\0`);
  for (const path of paths) add(at(path));
  return hash.digest("hex");

  /** @param {string} path */
  function add(path) {
    const name = relative(ROOT, path).split(sep).join("/");
    if (!isSource(name)) return;
    let entries;
    try {
      entries = readdirSync(path).sort();
    } catch (error) {
      const text = error instanceof Error && "code" in error && error.code === "ENOTDIR" ? readFileSync(path) : null;
      if (text) hash.update(`${name}\0${text.length}\0`).update(text);
      return;
    }
    for (const entry of entries) add(join(path, entry));
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
