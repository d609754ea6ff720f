import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { buildApp, buildPrograms, endSteps, NODE, prepare, QUIET, ROOT, SetupError } from "./setup.mjs";

// npm run bench [-- name …]: set-up first, then the benchmarks of `bench/` on Node.js 24 and a database of their own.
// When this process dies, however it dies, the channel closes, and they end by themselves.

/** @type {import("node:child_process").ChildProcess | null} */
let program = null;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    if (program) return void program.kill(signal);
    endSteps();
    process.exit(130);
  });
}

try {
  const say = (/** @type {string} */ line) => console.log(line);
  await prepare(say);
  // Some benchmarks look at pages: these are the built application's.
  await buildPrograms(say);
  await buildApp(say);
  const load = ["--conditions=react-server", "--import", "tsx"];
  program = spawn(NODE, [...load, join(ROOT, "bench/runner/run.ts"), ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET, NODE_ENV: "production", LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  program.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
}
