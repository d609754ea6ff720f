import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { closePools } from "@/lib/platform/db";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { makeKey, makeMember, makeTeam } from "@/lib/testing/factories";
import { asSuperuser, furtherDatabases, readRows, wallsOf } from "@/lib/testing/further-databases";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { COMMANDS } from "./admin-commands";
import { backUp } from "./backup";
import { readBackup } from "./backup-file";
import { draftFrom } from "./draft-migration";
import { migrate, migrateTo } from "./migrate";
import { restoreInto } from "./restore";
import { migrationNames } from "./schema-engine";

const given = purchases();
const folder = mkdtempSync(join(tmpdir(), "nichebook-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFile = () => join(folder, `${randomBytes(4).toString("hex")}.backup`);
const emptyDatabase = furtherDatabases(given);

/** The last line of a backup: rows and checksum of each table. */
async function tailOf(file: string) {
  for await (const part of readBackup(file)) if ("tail" in part) return part.tail;
  throw new Error("no tail");
}

/** Every row, in whatever order PostgreSQL has put them. */
async function allRows(database: { superuserUrl: string }): Promise<string[]> {
  const tables = await asSuperuser(database, readRows);
  return Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => table + JSON.stringify(row)).sort());
}

/** As `npm run admin -- restore` does it. */
async function restore(file: string) {
  const database = await emptyDatabase();
  const found = await COMMANDS.restore?.first?.({ from: file }, database);
  await migrate(database);
  setRuntime({ ...runtime(), databaseAppUrl: database.appUrl });
  try {
    return { database, found, told: await COMMANDS.restore?.run({ from: file }, { ...database, found }) };
  } finally {
    await closePools();
    setRuntime({ ...runtime(), databaseAppUrl: given.database.appUrl });
  }
}

const SECRET = "sandbox-a-key-that-must-stay-sealed";
let teams: TeamContext[];
beforeAll(async () => {
  teams = await Promise.all([makeTeam(), makeTeam(), makeTeam()]);
  const [first] = teams as [TeamContext];
  await makeMember(first, "analyst", "A backslash \\. and \\N, a\ttab and a\nline");
  await makeKey(first.team.id, "sandbox", SECRET);
});

test("taken while purchases go on, it is whole, and what is restored from it proves its ledger and its audit log", async () => {
  let going = true;
  const buying = (async () => {
    for (let page = 1; going; page++) await Promise.all(teams.map((ctx) => buyPage(ctx, ask({ page }), explore)));
  })();
  const file = newFile();
  const told = await backUp(given.database.ownerUrl, file);
  going = false;
  await buying;
  expect(told).toMatchObject({ file, bytes: statSync(file).size, migration: migrationNames().at(-1) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const restored = await restore(file);
  expect(restored.told).toMatchObject({
    failed: false,
    answer: { tables: told.tables, rows: told.rows, unreadable: 0, ok: true, problems: [] },
  });
});

test("every row comes back as it was, behind the same walls, and what was sealed is sealed", async () => {
  await Promise.all(teams.map((ctx) => buyPage(ctx, ask({ page: 2, region: "GB" }), explore)));
  const file = newFile();
  await backUp(given.database.ownerUrl, file);
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(Buffer.from(SECRET).toString("hex"));

  const { database, found } = await restore(file);
  const [was, is] = await Promise.all([allRows(given.database), allRows(database)]);
  expect(is).toEqual(was);
  const before = await tailOf(file);
  // Of every team, also those that row-level security hides from one another.
  const { rows } = await given.database.superuserPool.query(
    `select (select count(*) from team)::int as teams, (select count(*) from ranking_row)::int as "rankingRows",
       (select count(*) from credit_event)::int as events, (select count(*) from audit_entry)::int as entries`,
  );
  const counted = ["team", "ranking_row", "credit_event", "audit_entry"].map(
    (name) => before.tables[`public.${name}`]?.rows,
  );
  expect(counted).toEqual([rows[0].teams, rows[0].rankingRows, rows[0].events, rows[0].entries]);
  expect(rows[0].rankingRows).toBeGreaterThan(0);
  expect(await wallsOf(database)).toEqual(await wallsOf(given.database));

  setRuntime({ ...runtime(), appSecret: "the secret of another installation, long enough" });
  const elsewhere = await COMMANDS.restore?.run({ from: file }, { ...database, found });
  setRuntime({ ...runtime(), appSecret: given.database.runtime.appSecret });
  expect(elsewhere).toMatchObject({ failed: true, answer: { ok: true, unreadable: 4 } });
});

test("of an older version, it is restored as that version had it and then migrated", async () => {
  const old = await emptyDatabase();
  const names = migrationNames().slice(0, 2);
  await migrateTo(old.ownerUrl, names);
  const owner = new pg.Client({ connectionString: old.ownerUrl });
  await owner.connect();
  const [user, team, member] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    "insert into user_account (id, email, name, password_hash) values ($1, 'old@example.com', 'Old', '-')",
    [user],
  );
  await owner.query("select create_team($1, 'old-team', 'Old Team', 'UTC', $2, $3)", [team, user, member]);
  await owner.end();
  const file = newFile();
  expect(await backUp(old.ownerUrl, file)).toMatchObject({ migration: names.at(-1) });

  const { database, told } = await restore(file);
  expect(told).toMatchObject({ failed: false, answer: { ok: true } });
  expect((await draftFrom(database.ownerUrl)).replace(/^--.*$/gm, "").trim()).toBe("");
  const again = newFile();
  await backUp(database.ownerUrl, again);
  expect((await tailOf(again)).tables).toMatchObject({ "public.team": { rows: 1 }, "public.membership": { rows: 1 } });
});

describe("is refused with one line, and the database left as it was:", () => {
  let [file, text] = ["", ""];
  beforeAll(async () => {
    file = newFile();
    await backUp(given.database.ownerUrl, file);
    text = gunzipSync(readFileSync(file)).toString("latin1");
  });
  const written = (bytes: Buffer) => {
    const path = newFile();
    writeFileSync(path, bytes);
    return path;
  };
  const changed = (from: string | RegExp, to: string) =>
    written(gzipSync(Buffer.from(text.replace(from, to), "latin1")));

  test.each([
    ["a file that is not there", () => join(folder, "nowhere"), "is not there"],
    ["a folder", () => folder, "cannot be read"],
    ["an empty file", () => written(Buffer.alloc(0)), "damaged or cut"],
    ["some other file", () => written(Buffer.from("hello")), "is no backup"],
    ["some other gzip file", () => written(gzipSync("hello\n")), "is no backup"],
    ["a cut file", () => written(readFileSync(file).subarray(0, -200)), "damaged or cut"],
    ["one cut between two tables", () => changed(/-- Nichebook backup ends .*\n$/, ""), "its end is missing"],
    ["an altered row", () => changed("Luma Trading", "Luma Tradinx"), "its rows are not those"],
    ["a lost table", () => changed(/COPY public\.app_clock [\s\S]*?\n\\\.\n/, ""), "its rows are not those"],
    [
      "one of a newer version",
      () => changed('"migrations":[', '"migrations":["99990101000000_later",'),
      "newer version",
    ],
    ["one of an unknown format", () => changed('"format":1', '"format":2'), "does not know"],
  ])("%s", async (_name, make, message) => {
    const database = await emptyDatabase();
    const path = make();
    await expect(restoreInto({ ...database, file: path })).rejects.toThrow(message);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query("select relname from pg_class where relnamespace = 'public'::regnamespace");
    await owner.end();
    expect(rows).toEqual([]);
  });

  test.each([
    ["table", /public\.app_clock(?= \(|")/g, "public.app_clock;create/**/table/**/pwned();commit"],
    ["column", /(?<=COPY public\.app_clock \()/, "x) from stdin; create table pwned(); copy public.app_clock ("],
  ])("one that hides a statement in the name of a %s", async (_what, from, to) => {
    const database = await emptyDatabase();
    await expect(restoreInto({ ...database, file: changed(from, to) })).rejects.toThrow("is damaged");
    expect(Object.keys(await asSuperuser(database, readRows))).not.toContain("pwned");
  });

  test("a database that holds accounts, or tables of something else", async () => {
    await closePools();
    const full = { ownerUrl: given.database.ownerUrl, appRole: "nobody_at_all" };
    await expect(restoreInto({ ...full, file })).rejects.toThrow("not empty");
    const other = await emptyDatabase();
    const owner = new pg.Client({ connectionString: other.ownerUrl });
    await owner.connect();
    await owner.query("create table theirs (id int)");
    await owner.end();
    await expect(restoreInto({ ...other, file })).rejects.toThrow("not empty");
  });

  test("a database that the application is connected to; without it, one that was started once is as good as empty", async () => {
    const database = await emptyDatabase();
    await migrate(database);
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    await expect(restoreInto({ ...database, file })).rejects.toThrow("stop it first");
    await app.end();
    // The server notices a moment later that a connection ended.
    const restored = vi.waitFor(() => restoreInto({ ...database, file }), { timeout: 20_000, interval: 200 });
    expect((await restored).rows).toBeGreaterThan(0);
  });

  test("a second backup of the same name", async () => {
    const before = readFileSync(file);
    await expect(backUp(given.database.ownerUrl, file)).rejects.toThrow("is there already");
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(backUp(given.database.ownerUrl, join(folder, "no/where"))).rejects.toThrow(
      "cannot be written (ENOENT)",
    );
  });
});
