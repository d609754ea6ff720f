import { join, resolve } from "node:path";
import { startWorker } from "@/lib/jobs/worker";
import { closePools, db } from "@/lib/platform/db";
import { appUrl, type Env, env } from "@/lib/platform/env";
import { closeQueue } from "@/lib/platform/queue";
import { type Demo, setRuntime } from "@/lib/platform/runtime";
import { applicationLock, askHolder, knowHolder, tryLock } from "./lock.mjs";
import { type OpenDatabase, openDatabase, tryExternal } from "./open-database";
import { portProblem } from "./port.mjs";
import { findPlace } from "./postgres-place";
import { freePort } from "./postgres-process";
import { ROOT } from "./root";
import type { WebServer } from "./serve-web";
import { StartError } from "./start-error";
import { findSandbox, startSandboxChild } from "./start-sandbox";

// The whole application in one process, with PostgreSQL and the sandbox beside it: web and worker, or `--worker`
// alone; `--dev` with hot reload; `--demo` with a team that has a past; `--check` only asks whether it could start.

/** Beside the provider's own time limit: reading, storing and settling an answer. */
const SETTLE_MS = 5_000;
/** A second signal within this time is the same Ctrl-C, which reaches us from the terminal and from our starter. */
const SAME_SIGNAL_MS = 1_000;

const mode = {
  dev: process.argv.includes("--dev"),
  worker: process.argv.includes("--worker"),
  demo: process.argv.includes("--demo"),
};
const say = (line: string) => process.stdout.write(`${line}\n`);
/** What to end, in the order of their start; ended backwards. */
const parts: (() => Promise<unknown>)[] = [];
const hurry = new AbortController();
let started: Promise<void> = Promise.resolve();
let stoppingSince = 0;
let sandboxUrl: string | null = null;
let demo: Demo | null = null;

// A reader of our words that went away must not end us.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stopSoon);
process.once("disconnect", stopSoon);

try {
  const settings = await readSettings();
  if (process.argv.includes("--check")) {
    await check(settings);
    process.exit(0);
  }
  started = start(settings);
  await started;
} catch (error) {
  // Next's own handler swallows what is thrown from here on once it is loaded: nothing may be left to it.
  console.error(error instanceof StartError ? error.message : error);
  await end(1);
}

async function readSettings(): Promise<Env> {
  // A free port is chosen before anything reads the setting, for it is part of our own address.
  if (process.env.PORT === "0") process.env.PORT = String(await freePort());
  try {
    const settings = env();
    // next-auth and Next read these when they are loaded. Our starter has read .env; Next must not read others.
    process.env.NEXTAUTH_URL = appUrl();
    process.env.__NEXT_PROCESSED_ENV = "true";
    return settings;
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}

async function check(settings: Env): Promise<void> {
  if (settings.DATABASE_URL) await tryExternal(settings);
  else findPlace(settings.DATA_DIR);
  const problem =
    (await portProblem(settings.PORT, settings.HOST)) ??
    (settings.SANDBOX === "on" && settings.SANDBOX_PORT
      ? (await findSandbox(settings.SANDBOX_PORT))
        ? null
        : await portProblem(settings.SANDBOX_PORT, "127.0.0.1", "SANDBOX_PORT")
      : null);
  if (problem) throw new StartError(problem);
}

async function start(settings: Env): Promise<void> {
  if (!mode.worker) await holdApplication(settings);

  const database = await openDatabase({ env: settings, say, onMove: () => publish() });
  parts.push(() => database.leave());
  if (settings.SANDBOX === "on") sandboxUrl = await openSandbox(settings, database);

  function publish() {
    setRuntime({
      databaseAppUrl: database.appUrl(),
      appSecret: database.appSecret,
      appSecretPrevious: settings.APP_SECRET_PREVIOUS ?? null,
      sandboxUrl,
      ...(demo ? { demo } : {}),
    });
  }
  publish();
  parts.push(closePools, closeQueue);

  if (mode.demo) {
    demo = await openDemo(settings, database);
    publish();
  }
  if (mode.worker || settings.WORKER === "inline") {
    const worker = await startWorker();
    parts.push(() => worker.stop());
  }
  if (mode.worker) {
    say("The worker is ready.");
    return;
  }
  const { serveWeb } = await import("./serve-web");
  const web: WebServer = await serveWeb({ dev: mode.dev, host: settings.HOST, port: settings.PORT });
  parts.push(() => web.close());
  parts.push(() => web.drain(mode.dev ? 0 : settings.KEYAPI_TIMEOUT_MS + SETTLE_MS, hurry.signal));

  say(`Nichebook is ready: ${appUrl()}`);
  if (demo) say(`Demo, invented data: sign in as ${demo.people[0]?.email} with the password ${demo.password}`);
  const [first] = await db().$queryRaw<{ any: boolean }[]>`select has_any_account() as any`;
  if (!first?.any) say("Next: open it and create the first account.");
}

async function openDemo(settings: Env, database: OpenDatabase) {
  if (settings.SANDBOX === "off") throw new StartError("The demo lives in the sandbox: leave SANDBOX on.");
  const { makeDemo } = await import("./demo");
  return makeDemo({ dataDir: resolve(ROOT, settings.DATA_DIR), ownerUrl: database.ownerUrl(), say });
}

/** One that runs already is shared: the application's of the same data, or any on SANDBOX_PORT. */
async function openSandbox(settings: Env, database: OpenDatabase): Promise<string> {
  const dataDir = resolve(ROOT, settings.DATA_DIR);
  const holder = mode.worker && database.embedded ? await askHolder(applicationLock(dataDir)) : null;
  const running = typeof holder?.sandboxUrl === "string" ? holder.sandboxUrl : await findSandbox(settings.SANDBOX_PORT);
  if (running) return running;
  const sandbox = await startSandboxChild({
    port: settings.SANDBOX_PORT,
    logFile: database.embedded && !mode.worker ? join(database.embedded.place.dataDir, "sandbox.log") : null,
    say,
  });
  parts.push(() => sandbox.stop());
  return sandbox.url;
}

/** One application for each embedded database; it tells whoever asks who it is. */
async function holdApplication(settings: Env): Promise<void> {
  if (settings.DATABASE_URL) return;
  const dataDir = resolve(ROOT, settings.DATA_DIR);
  const describe = () => ({ pid: process.pid, address: appUrl(), stopping: stoppingSince > 0, sandboxUrl });
  const take = () => tryLock(applicationLock(dataDir), describe);
  const lock = (await take()) ?? ((await knowHolder(applicationLock(dataDir))) ? null : await take());
  if (!lock) {
    throw new StartError(
      `Nichebook already runs with the data in ${dataDir}: stop that one first, or set another DATA_DIR and PORT.`,
    );
  }
  parts.push(() => lock.release());
}

function stopSoon(): void {
  if (stoppingSince === 0) {
    stoppingSince = Date.now();
    say("Stopping…");
    // What is just being started is waited for, so that nothing is left running behind us.
    started.then(
      () => end(0),
      () => {},
    );
  } else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) {
    hurry.abort();
  }
}

async function end(code: number): Promise<never> {
  for (const part of parts.splice(0).reverse()) {
    try {
      await part();
    } catch (error) {
      console.error("Something did not stop cleanly:", error);
      code = 1;
    }
  }
  process.exit(code);
}
