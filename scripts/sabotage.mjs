import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { PLANTS } from "./sabotage-plants.mjs";
import { NODE, QUIET, ROOT } from "./setup.mjs";

// npm run sabotage [part of a name]: plants bugs one by one and runs what must notice each. Everything happens in a copy
// of the tree, which is not touched itself. One line for each; a bug that nobody noticed, or that can no longer be
// planted, is a failure.

/** @typedef {import("./sabotage-plants.mjs").Plant} Plant */

const folder = mkdtempSync(join(tmpdir(), "nichebook-sabotage-"));
// As root, PostgreSQL runs as another user, who must be able to pass through.
chmodSync(folder, 0o711);
const REPORT = join(folder, "report.json");
const GENERATED = "lib/platform/prisma-client";
const MIGRATION = "prisma/migrations/29991231000000_planted";
/** @type {import("node:child_process").ChildProcess | undefined} */
let running;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    running?.kill(signal);
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}

const wanted = process.argv[2] ?? "";
const plants = PLANTS.filter(({ name }) => name.includes(wanted));
try {
  await copyTree();
  await demandSoundTree();
  let caught = 0;
  for (const plant of plants) {
    const result = await tryPlant(plant);
    if (result.isCaught) caught += 1;
    console.log(`${result.isCaught ? "caught" : "MISSED"}  ${plant.name.padEnd(72)} ${result.how}`);
  }
  console.log(`\n${caught} caught, ${plants.length - caught} missed`);
  process.exitCode = plants.length > 0 && caught === plants.length ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What git knows and what is made from it; the packages are the tree's own. */
async function copyTree() {
  const listed = await output("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT);
  for (const file of listed.split("\0").filter((name) => name && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  cpSync(join(ROOT, GENERATED), join(folder, GENERATED), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
}

/** A test that fails anyway catches nothing. */
async function demandSoundTree() {
  for (const project of /** @type {const} */ (["unit", "integration"])) {
    const ofProject = plants.filter(({ caughtBy }) => projectOf(caughtBy) === project);
    for (const group of [ofProject.filter(({ only }) => only), ofProject.filter(({ only }) => !only)]) {
      if (group.length === 0) continue;
      const files = [...new Set(group.map(({ caughtBy }) => caughtBy))];
      const { failed, ran } = await runTests(files, group.flatMap(({ only }) => only ?? []).join("|"));
      if (ran === 0) throw new Error(`Without any bug, nothing runs in ${files.join(", ")}`);
      if (failed.length > 0) throw new Error(`Without any bug, these fail:\n${failed.join("\n")}`);
    }
  }
}

/** @param {string} file */
function projectOf(file) {
  return file.endsWith(".int.test.ts") ? "integration" : "unit";
}

/** @param {Plant} plant */
async function tryPlant(plant) {
  try {
    const restore = apply(plant);
    const { failed, ran } = await runTests([plant.caughtBy], plant.only ?? "");
    restore();
    return { isCaught: failed.length > 0, how: `${plant.caughtBy}, ${failed.length} of ${ran} failed` };
  } catch (error) {
    return { isCaught: false, how: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Plant} plant @returns {() => void} takes it out again */
function apply(plant) {
  if (!("file" in plant)) {
    mkdirSync(join(folder, MIGRATION));
    writeFileSync(join(folder, MIGRATION, "migration.sql"), "sql" in plant ? plant.sql : changed(plant));
    return () => rmSync(join(folder, MIGRATION), { recursive: true });
  }
  const text = readFileSync(join(folder, plant.file), "utf8");
  const [before, after, ...more] = text.split(plant.find);
  if (after === undefined || more.length > 0) throw new Error(`${plant.file} does not hold once what is to be changed`);
  writeFileSync(join(folder, plant.file), `${before}${plant.put}${after}`);
  return () => writeFileSync(join(folder, plant.file), text);
}

/**
 * A migration that makes a function anew, as it is by then but for one piece.
 * @param {Extract<Plant, { function: string }>} plant
 */
function changed({ function: name, find, put }) {
  return `DO $planted$ DECLARE was text := pg_get_functiondef('${name}'::regproc); BEGIN
    IF cardinality(string_to_array(was, $find$${find}$find$)) <> 2 THEN RAISE EXCEPTION 'what is to be changed'; END IF;
    EXECUTE replace(was, $find$${find}$find$, $put$${put}$put$);
  END $planted$;`;
}

/**
 * @param {string[]} files
 * @param {string} only a part of the names of the tests that are to run; all of them when empty
 */
async function runTests(files, only) {
  rmSync(REPORT, { force: true });
  const reporters = ["--reporter=json", `--outputFile.json=${REPORT}`];
  const options = ["--project", projectOf(files[0] ?? ""), ...reporters, ...(only ? ["-t", only] : [])];
  await output(NODE, ["node_modules/vitest/vitest.mjs", "run", ...options, ...files], folder);
  // Without a report nothing ran, which catches nothing.
  /** @type {{ testResults: { assertionResults: { fullName: string, status: string }[] }[] }} */
  const { testResults } = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, "utf8")) : { testResults: [] };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
  return { failed, ran: failed.length + tests.filter(({ status }) => status === "passed").length };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<string>}
 */
function output(command, args, cwd) {
  return new Promise((done, reject) => {
    const { LONG: _long, ...inherited } = process.env;
    const env = { ...inherited, ...QUIET, NODE_ENV: /** @type {const} */ ("test") };
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "ignore"] });
    running = child;
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("error", reject);
    child.on("close", () => done(text));
  });
}
