import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Script, startScript } from "@/lib/testing/start-script";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "./embedded-postgres";
import { findPlace, type Place } from "./postgres-place";

let folder: string;
let place: Place;
const open: EmbeddedPostgres[] = [];
const scripts: Script[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nichebook-embedded-"));
  chmodSync(folder, 0o711);
  place = findPlace(join(folder, "data"));
});
afterEach(async () => {
  for (const script of scripts.splice(0)) await script.kill();
  await enter();
  for (const server of open.splice(0)) await server.leave();
  rmSync(folder, { recursive: true, force: true });
});

async function enter(onReturn?: () => void): Promise<EmbeddedPostgres> {
  const server = await openEmbeddedPostgres({ place, onReturn });
  open.push(server);
  return server;
}

async function leave(server: EmbeddedPostgres): Promise<void> {
  open.splice(open.indexOf(server), 1);
  await server.leave();
}

async function enterElsewhere(): Promise<Script & { adopted: boolean; pid: number }> {
  const script = await startScript("database-holder.ts", place.dataDir);
  scripts.push(script);
  return { ...script, ...(JSON.parse(await script.line()) as { adopted: boolean; pid: number }) };
}

async function query(server: EmbeddedPostgres, sql: string) {
  const client = new pg.Client({ connectionString: server.url("superuser", "postgres") });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

test("it opens with its password alone, and on this machine alone", async () => {
  const server = await enter();
  const url = new URL(server.url("superuser", "postgres"));
  await expect(query(server, "select current_setting('fsync') as fsync")).resolves.toEqual([{ fsync: "on" }]);
  url.password = "guessed";
  await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toMatchObject({ code: "28P01" });
  const outside = Object.values(networkInterfaces()).flat();
  const address = outside.find((one) => one && !one.internal && one.family === "IPv4")?.address;
  if (!address) return;
  url.hostname = address;
  await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("killed while it is used, it comes back by itself with everything that was committed", async () => {
  let back = () => {};
  const returned = new Promise<void>((resolve) => {
    back = resolve;
  });
  const server = await enter(() => back());
  await query(server, "create table kept as select 1 as n");
  const before = server.pid();
  process.kill(before, "SIGKILL");
  await returned;
  expect(server.pid()).not.toBe(before);
  await expect(query(server, "select n from kept")).resolves.toEqual([{ n: 1 }]);
});

test("a server that outlived its starter is adopted, and the last one to leave stops it", async () => {
  const starter = await enterElsewhere();
  await starter.kill();
  expect(isAlive(starter.pid)).toBe(true);

  const heir = await enter();
  expect(heir).toMatchObject({ adopted: true });
  expect(heir.pid()).toBe(starter.pid);
  const guest = await enterElsewhere();
  expect(guest).toMatchObject({ adopted: true, pid: starter.pid });

  await leave(heir);
  expect(isAlive(starter.pid)).toBe(true);
  await guest.stop();
  await expect.poll(() => isAlive(starter.pid)).toBe(false);
});

test("two that start at once share one server", async () => {
  const [one, two] = await Promise.all([enterElsewhere(), enterElsewhere()]);
  expect(one.pid).toBe(two.pid);
  expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
  await Promise.all([one.stop(), two.stop()]);
  await expect.poll(() => isAlive(one.pid)).toBe(false);
});

test("everything killed at once, the next start works", async () => {
  const starter = await enterElsewhere();
  // Its keeper first, or that one would start it again.
  await starter.kill();
  process.kill(starter.pid, "SIGKILL");
  const server = await enter();
  expect(server.adopted).toBe(false);
  await expect(query(server, "select 1 as n")).resolves.toEqual([{ n: 1 }]);
});

test("a left-over process number and port that now belong to strangers do not keep it from starting", async () => {
  const stranger = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", () => resolve()));
  const address = stranger.address();
  const port = typeof address === "object" && address ? address.port : 0;

  const starter = await enterElsewhere();
  // Its keeper first, or that one would start it again.
  await starter.kill();
  process.kill(starter.pid, "SIGKILL");
  const file = join(place.databaseDir, "postmaster.pid");
  const lines = readFileSync(file, "utf8").split("\n");
  lines[0] = String(process.pid);
  lines[3] = String(port);
  writeFileSync(file, lines.join("\n"));

  const server = await enter();
  expect(server.adopted).toBe(false);
  stranger.close();
});

test("a copy that was taken while the database ran is refused, and the original stays untouched", async () => {
  const server = await enter();
  const copy = join(folder, "copy");
  spawnSync("cp", ["-a", place.dataDir, copy]);
  await expect(openEmbeddedPostgres({ place: findPlace(copy) })).rejects.toThrow("taken while the database ran");
  await expect(query(server, "select 1 as n")).resolves.toEqual([{ n: 1 }]);
});
