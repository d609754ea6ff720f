import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { systemChromium } from "./chromium.mjs";
import { countPlaywright, countVitest, readReport } from "./counts.mjs";
import { buildApp, buildPrograms, endSteps, NODE, prepare, QUIET, ROOT, SetupError } from "./setup.mjs";

// npm test | run test:long | run verify: every check that CI runs. A failed step never hides another one: all of them
// run, and the last line counts everything.

const given = new Set(process.argv.slice(2));
const [verify, long] = [given.has("--verify"), given.has("--long")];
const at = (/** @type {string[]} */ ...parts) => join(ROOT, ...parts);
const bin = (/** @type {string} */ path) => at("node_modules", path);
const say = (/** @type {string} */ line) => console.log(line);

const folder = mkdtempSync(join(tmpdir(), "nichebook-tests-"));
// As root, PostgreSQL runs as another user, who must be able to pass through.
chmodSync(folder, 0o711);

/** The settings of an installation on this machine are none of the tests' business. */
const SETTINGS =
  /^(PORT|HOST|APP_URL|DATA_DIR|DATABASE_\w+|APP_SECRET\w*|KEYAPI_\w+|SANDBOX\w*|SMTP_URL|MAIL_FROM|WORKER|SIGN_UP|LOG_LEVEL|TRUST_PROXY|METRICS_TOKEN|NEXTAUTH_\w+|NODE_ENV|NODE_OPTIONS)$/;
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name))),
  ...QUIET,
  ...(long ? { LONG: "1" } : {}),
  PATH: `${bin(".bin")}${delimiter}${process.env.PATH ?? ""}`,
};

/** @typedef {import("./counts.mjs").Count} Count */
/** @type {(Count & { name: string, seconds: number })[]} */
const results = [];
/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    endSteps();
    for (const child of running) child.kill(signal);
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}

try {
  await prepare(say);
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  finish([{ name: "set-up", passed: 0, failed: 1, seconds: 0 }]);
}

// Types of routes are written before anything reads them.
await tool(["next/dist/bin/next", "typegen"], { quiet: true });
await Promise.all([
  inTurn([
    ["types", () => check(["typescript/bin/tsc", "--noEmit", "-p", "."])],
    [
      "layers",
      () => check(["dependency-cruiser/bin/dependency-cruiser.mjs", "--config", ".dependency-cruiser.cjs", "."]),
    ],
  ]),
  inTurn([
    ["lint", () => check(["@biomejs/biome/bin/biome", "check", "."])],
    ["dead code", () => check(["knip/bin/knip.js"])],
    ["unit", () => vitest("unit")],
  ]),
]);
if (!verify) {
  await inTurn([
    ["build", build],
    ["integration", () => vitest("integration")],
    ["end-to-end", endToEnd],
  ]);
  if (long) await inTurn([["sabotage", sabotage]]);
}
finish(results);

/** @param {[string, () => Promise<Count>][]} steps */
async function inTurn(steps) {
  for (const [name, step] of steps) {
    const start = Date.now();
    const count = await step().catch((error) => {
      console.error(error instanceof SetupError ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    const seconds = (Date.now() - start) / 1000;
    results.push({ name, seconds, ...count });
    say(`${count.failed === 0 ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
  }
}

/** @param {(Count & { name: string, seconds: number })[]} all */
function finish(all) {
  rmSync(folder, { recursive: true, force: true });
  const sum = (/** @type {"passed" | "failed"} */ key) => all.reduce((total, count) => total + count[key], 0);
  say("");
  for (const { name, seconds, passed, failed } of all) {
    say(
      `${name.padEnd(12)} ${`${passed} passed`.padStart(12)} ${`${failed} failed`.padStart(10)} ${seconds.toFixed(1).padStart(7)} s`,
    );
  }
  say(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  process.exit(sum("failed") === 0 ? 0 : 1);
}

/**
 * A check that counts as one; it speaks only when it fails.
 * @param {string[]} command
 * @returns {Promise<Count>}
 */
async function check(command) {
  const code = await tool(command, { quiet: true });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Promise<Count>} */
async function build() {
  await buildPrograms(say);
  await buildApp(say);
  return { passed: 1, failed: 0 };
}

/**
 * @param {"unit" | "integration"} project
 * @returns {Promise<Count>}
 */
async function vitest(project) {
  const report = join(folder, `${project}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const command = ["vitest/vitest.mjs", "run", "--project", project, ...reporters];
  const code = await tool(command, { quiet: project === "unit", env: { NODE_ENV: "test" } });
  return countVitest(readReport(report), code);
}

/** Whether the tests notice bugs that are planted; it counts as one. @returns {Promise<Count>} */
async function sabotage() {
  const code = await program(NODE, [at("scripts/sabotage.mjs")], {});
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Promise<Count>} */
async function endToEnd() {
  const report = join(folder, "e2e.json");
  const dataDir = join(folder, "e2e");
  const [port, sandboxPort, smtpPort, mailPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const env = {
    ...(await findChromium()),
    E2E_PORT: String(port),
    E2E_SANDBOX_PORT: String(sandboxPort),
    E2E_SMTP_PORT: String(smtpPort),
    E2E_MAIL_PORT: String(mailPort),
    E2E_DATA_DIR: dataDir,
    E2E_REPORT: report,
  };
  const code = await tool(["@playwright/test/cli.js", "test"], { env });
  endLeftOver(dataDir);
  return countPlaywright(readReport(report), code);
}

/** A server that was killed instead of stopped has left its PostgreSQL running. @param {string} dataDir */
function endLeftOver(dataDir) {
  try {
    process.kill(Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]), "SIGINT");
  } catch {
    // As it should be: it stopped with the application.
  }
}

/** A browser of this machine, or Playwright's own; installed when there is neither. */
async function findChromium() {
  const { chromium } = await import("@playwright/test");
  if (systemChromium() || existsSync(chromium.executablePath())) return {};
  say("Installing Chromium…");
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await program("apt-get", ["update", "-q"], { quiet: true });
    const packages = ["chromium", "fonts-noto-cjk"];
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await program("apt-get", ["install", "-qy", "--no-install-recommends", ...packages], { quiet: true, env });
    if (systemChromium()) return {};
  }
  await tool(["@playwright/test/cli.js", "install", "chromium"], {});
  return {};
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/**
 * Runs a package's own program on our Node.js.
 * @param {string[]} command path in node_modules, then arguments
 * @param {{ quiet?: boolean, env?: Record<string, string> }} options
 */
function tool([path = "", ...args], options) {
  return program(NODE, [bin(path), ...args], options);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} options `quiet`: only what failed is shown
 * @returns {Promise<number>} its exit code
 */
function program(command, args, { quiet = false, env = {} }) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...environment, ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => {
      output += error.message;
      done(127);
    });
    child.on("close", (code) => {
      running.delete(child);
      if (code !== 0 && output) console.log(output.trimEnd());
      done(code ?? 1);
    });
  });
}
