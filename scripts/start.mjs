import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { applicationLock, knowHolder } from "./lock.mjs";
import { portProblem } from "./port.mjs";
import { buildApp, buildPrograms, endSteps, NODE, prepare, QUIET, ROOT, SetupError } from "./setup.mjs";

// npm start | run demo | run dev | run worker | run sandbox | run admin | run mcp: set-up first, then the program itself on Node.js 24, as
// a child with a channel. When this process dies, however it dies, the channel closes and the child ends by itself.

const [flag = "", ...rest] = process.argv.slice(2);
const given = rest[0] === "--" ? rest.slice(1) : rest;
const MODES = {
  "": { bundle: "server", app: true, web: true, args: () => [] },
  "--dev": { bundle: "server", app: false, web: true, args: () => ["--dev"] },
  "--demo": { bundle: "server", app: true, web: true, args: () => ["--demo"] },
  "--worker": { bundle: "server", app: false, web: false, args: () => ["--worker"] },
  "--sandbox": { bundle: "sandbox", app: false, web: false, args: sandboxArguments },
  "--mcp": { bundle: "mcp", app: false, web: false, args: () => [] },
  "--admin": { bundle: "admin", app: false, web: false, args: () => given },
};
const mode = MODES[/** @type {keyof typeof MODES} */ (flag)];
// An operator's command answers on standard output, and with nothing else; so does the server for assistants.
const isQuiet = flag === "--admin" || flag === "--mcp";
const say = (/** @type {string} */ line) => (isQuiet ? process.stderr : process.stdout).write(`${line}\n`);

/** @type {import("node:child_process").ChildProcess | null} */
let program = null;
/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (program) return void program.kill(signal);
  endSteps();
  process.exit(130);
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, stop);
// npm that was killed tells nobody; whoever started us by hand may well end before us.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop("SIGTERM");
  }, 500).unref();
}

try {
  if (!mode) throw new SetupError(`There is no ${flag}: see "scripts" in package.json.`);
  readDotEnv();
  if (flag === "--demo") setUpDemo();
  const child = { cwd: ROOT, env: childEnvironment() };
  if (mode.web) await checkPlace();
  await prepare(say);
  await buildPrograms(say);
  if (mode.app) await buildApp(say, () => runCheck(child));
  program = spawn(NODE, [join(ROOT, `.build/${mode.bundle}.mjs`), ...mode.args()], {
    ...child,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  program.on("error", (error) => fail(new SetupError(`Node.js 24 cannot be run: ${error.message}.`)));
  program.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
} catch (error) {
  fail(error);
}

/** @param {unknown} error */
function fail(error) {
  const known = error instanceof SetupError;
  const code = error instanceof Error && "code" in error ? error.code : null;
  const full = code === "ENOSPC" || code === "EACCES" || code === "EROFS" || code === "EPERM";
  const line = full
    ? `The folder ${ROOT} cannot be written to (${error}): make room, or make it yours.`
    : String(error);
  const message = known ? error.message : line;
  if (flag === "--admin" && given.includes("--json"))
    console.log(JSON.stringify({ error: { code: "not_ready", message } }));
  else console.error(known || full ? message : error);
  process.exit(1);
}

/** The environment wins over the file. */
function readDotEnv() {
  const file = join(ROOT, ".env");
  if (!existsSync(file)) return;
  try {
    if (!statSync(file).isFile()) throw new Error("it is no file");
    process.loadEnvFile(file);
  } catch (error) {
    throw new SetupError(`.env cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
}

/** Data of its own, so that nobody's clock is moved; and a past that is made quickly, for the sandbox bears it. */
function setUpDemo() {
  process.env.DATA_DIR ||= ".data-demo";
  process.env.KEYAPI_REQUESTS_PER_SECOND ||= "40";
  process.env.LOG_LEVEL ||= "warn";
}

function childEnvironment() {
  return {
    ...process.env,
    ...QUIET,
    NODE_ENV: flag === "--dev" ? "development" : "production",
  };
}

/** What can be told without any package: an application that runs here already, a port that is taken. */
async function checkPlace() {
  const port = Number(process.env.PORT || 3000);
  if (!process.env.DATABASE_URL) {
    const dataDir = resolve(ROOT, process.env.DATA_DIR || ".data");
    const holder = await settledHolder(applicationLock(dataDir));
    if (holder) throw new SetupError(alreadyRunning(holder, dataDir));
  }
  const problem =
    Number.isInteger(port) && port > 0 && port < 65_536 && (await portProblem(port, process.env.HOST || undefined));
  if (problem) throw new SetupError(problem);
}

/**
 * One that is stopping is waited for, and so is one that will in a moment, since its starter or npm was killed.
 * @param {string} name
 */
async function settledHolder(name) {
  const patience = Date.now() + 1_500;
  for (let told = false; ; ) {
    const holder = await knowHolder(name);
    if (!holder || (!holder.stopping && Date.now() > patience)) return holder;
    if (holder.stopping && !told) say("The one that ran here is stopping: waiting for it.");
    told ||= Boolean(holder.stopping);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** @param {Record<string, unknown>} holder @param {string} dataDir */
function alreadyRunning(holder, dataDir) {
  return `Nichebook already runs with the data in ${dataDir} (${holder.address ?? "starting"}, process ${holder.pid}): stop that one first, or set another DATA_DIR and PORT.`;
}

/**
 * Everything else that would refuse to start later, asked before the build.
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} child
 */
async function runCheck(child) {
  const asked = spawn(NODE, [join(ROOT, ".build/server.mjs"), "--check"], {
    ...child,
    stdio: "inherit",
  });
  const code = await new Promise((done) => asked.on("exit", done));
  if (code !== 0) process.exit(1);
}

function sandboxArguments() {
  const chosen = given.some((word) => word.startsWith("--port"));
  return chosen || !process.env.SANDBOX_PORT ? given : ["--port", process.env.SANDBOX_PORT, ...given];
}
