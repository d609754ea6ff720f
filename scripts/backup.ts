import { createWriteStream, existsSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { type BackupTail, BLOCK_ENDS, blockStart, firstLine, lastLine, tally } from "./backup-file";
import { codeOf, StartError } from "./start-error";

export type Backup = { file: string; bytes: number; tables: number; rows: number; migration: string };

/**
 * Writes every table into one file while the application runs, all as they were at one moment. Sealed keys stay sealed;
 * the secret is not in it. The queue's own tables are left out: what waits is found again from the rows it is for.
 * @throws StartError when the file is there already or cannot be written
 */
export async function backUp(ownerUrl: string, file: string): Promise<Backup> {
  if (existsSync(file)) throw new StartError(`${file} is there already: name a new file.`);
  const draft = `${file}.part`;
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  owner.on("error", () => {});
  await owner.connect();
  try {
    const told: Backup = { file, bytes: 0, tables: 0, rows: 0, migration: "" };
    const target = createWriteStream(draft, { flags: "w", mode: 0o600, flush: true });
    await pipeline(Readable.from(everything(owner, told)), createGzip(), target);
    // A file of this name is always a whole backup.
    await rename(draft, file);
    return { ...told, bytes: (await stat(file)).size };
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    const code = codeOf(error);
    if (/^E[A-Z]+$/.test(code)) throw new StartError(`${file} cannot be written (${code}).`);
    throw error;
  } finally {
    await owner.end().catch(() => {});
  }
}

type Table = { name: string; columns: string[]; byTeam: boolean };

async function* everything(owner: pg.Client, told: Backup): AsyncGenerator<Buffer | string> {
  await owner.query("begin isolation level repeatable read read only");
  await owner.query("set local statement_timeout = 0; set local datestyle = iso; set local timezone = utc");
  const tables = await lockedTables(owner);
  const { rows: applied } = await owner.query<{ name: string }>(
    `select migration_name as name from public."_prisma_migrations"
     where finished_at is not null and rolled_back_at is null order by migration_name`,
  );
  const { rows: teams } = await owner.query<{ id: string }>(`select team_id as id from all_teams() order by team_id`);
  const migrations = applied.map(({ name }) => name);
  yield firstLine({ format: 1, takenAt: new Date().toISOString(), migrations });

  const tail: BackupTail = { tables: {}, sequences: {} };
  for (const { name, columns, byTeam } of tables) {
    yield blockStart(name, columns);
    const count = tally();
    // Row-level security also holds the owner, who therefore looks at one team after the other.
    for (const team of byTeam ? teams : [null]) {
      if (team) await owner.query("select set_config('app.team', $1, true)", [team.id]);
      for await (const data of owner.query(copyTo(`copy ${name} (${columns.join(", ")}) to stdout`))) {
        count.add(data);
        yield data;
      }
    }
    yield BLOCK_ENDS;
    tail.tables[name] = count.done();
    told.rows += tail.tables[name].rows;
  }
  // Read last: a sequence may be ahead of the rows, never behind them.
  const { rows: sequences } = await owner.query<{ name: string; value: string }>(
    `select format('public.%I', sequencename) as name, last_value::text as value from pg_sequences
     where schemaname = 'public' and last_value is not null`,
  );
  for (const { name, value } of sequences) tail.sequences[name] = value;
  Object.assign(told, { tables: tables.length, migration: migrations.at(-1) ?? "" });
  await owner.query("commit");
  yield lastLine(tail);
}

/** Every table but the history of migrations, held so that nobody alters it before the transaction ends. */
export async function lockedTables(owner: pg.Client): Promise<Table[]> {
  const { rows } = await owner.query<Table>(
    `select format('public.%I', c.relname) as name, row_security_active(c.oid) as "byTeam",
       (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
     order by c.relname`,
  );
  await owner.query(`lock table ${rows.map(({ name }) => name).join(", ")} in access share mode`);
  return rows;
}
