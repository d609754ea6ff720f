import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { closePools } from "@/lib/platform/db";
import { closeQueue } from "@/lib/platform/queue";
import { setRuntime } from "@/lib/platform/runtime";
import {
  APP_ROLE,
  DATABASE,
  type EmbeddedPostgres,
  OWNER_ROLE,
  openEmbeddedPostgres,
} from "@/scripts/embedded-postgres";
import { migrate } from "@/scripts/migrate";
import { findPlace } from "@/scripts/postgres-place";
import { makeEmbeddedRoles } from "@/scripts/roles";
import { ROOT } from "@/scripts/root";
import type { Bench, Ratio } from "./bench";

// Runs each file of `bench/` (or those that are named) on a fresh clone of a migrated database, one after the other.

const folder = mkdtempSync(join(tmpdir(), "nichebook-bench-"));
// As root, PostgreSQL runs as another user, who must be able to pass through.
chmodSync(folder, 0o711);
const server = await openEmbeddedPostgres({ place: findPlace(join(folder, "data")) });
const end = async (code: number): Promise<never> => {
  await server.leave();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void end(130));
// Whoever started us is gone.
process.once("disconnect", () => void end(130));

await makeEmbeddedRoles(server);
await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });

const wanted = process.argv.slice(2);
const benches = await loadBenches();
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}: ${benches.map(({ name }) => name).join(", ")}.`);
  await end(1);
}

const results: (Ratio & { bench: string; met: boolean })[] = [];
let failed = false;
for (const bench of benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`${bench.name}…`);
  try {
    for (const ratio of await runOn(server, bench)) {
      const met = ratio.better === "higher" ? ratio.ratio >= ratio.target : ratio.ratio <= ratio.target;
      results.push({ bench: bench.name, ...ratio, met });
    }
  } catch (error) {
    failed = true;
    console.error(error);
  }
}
printTable();
writeFileSync(
  join(ROOT, "bench/results.json"),
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpus: cpus().length, results }, null, 2)}\n`,
);
await end(failed ? 1 : 0);

async function loadBenches(): Promise<Bench[]> {
  const files = readdirSync(join(ROOT, "bench")).filter((file) => file.endsWith(".ts"));
  return Promise.all(files.toSorted().map((file) => import(pathToFileURL(join(ROOT, "bench", file)).href)));
}

async function runOn({ url }: EmbeddedPostgres, bench: Bench): Promise<Ratio[]> {
  const database = `bench_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: url("superuser", "postgres") });
  await admin.connect();
  await admin.query(`create database ${database} template ${DATABASE} owner ${OWNER_ROLE}`);
  await admin.query(`revoke all on database ${database} from public`);
  await admin.query(`grant connect on database ${database} to ${APP_ROLE}`);
  const appUrl = url("app", database);
  setRuntime({
    databaseAppUrl: appUrl,
    appSecret: randomBytes(32).toString("hex"),
    appSecretPrevious: null,
    sandboxUrl: null,
  });
  const superuserPool = new pg.Pool({ connectionString: url("superuser", database), max: 4 });
  superuserPool.on("error", () => {});
  try {
    const ownerUrl = url("owner", database);
    const say = (line: string) => console.log(`  ${line}`);
    return (await bench.run({ superuserPool, appRole: APP_ROLE, appUrl, ownerUrl, say })).ratios;
  } finally {
    await closeQueue();
    await Promise.allSettled([closePools(), superuserPool.end()]);
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

function printTable() {
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  console.log("");
  for (const { name, ratio, target, better, as, met } of results) {
    const told = (value: number, digits?: number) =>
      as === "share" ? `${Math.round(value * 100)}%` : `${digits === undefined ? value : value.toFixed(digits)}×`;
    const bound = `${better === "higher" ? "at least" : "at most"} ${told(target)}`;
    console.log(`${name.padEnd(width)}  ${told(ratio, 2).padStart(9)}  ${bound.padEnd(16)}${met ? "met" : "MISSED"}`);
  }
}
