import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { lockedTables } from "./backup";
import { type BackupHead, type BackupTail, readBackup, tally } from "./backup-file";
import { migrateTo } from "./migrate";
import { migrationNames } from "./schema-engine";
import { StartError } from "./start-error";

export type Restored = {
  takenAt: string;
  tables: number;
  rows: number;
  /** Sealed rows by the name of the secret that sealed them. */
  seals: Record<string, number>;
};

/**
 * Puts a backup into an empty database: its migrations, then its rows in one transaction. What came later is for
 * `migrate`. The file is read to its end and proven before the database is touched.
 * @throws StartError when the file is no whole backup or newer than this code, or the database is not empty or in use
 */
export async function restoreInto(input: { ownerUrl: string; appRole: string; file: string }): Promise<Restored> {
  const { head, tail } = await prove(input.file);
  const owner = new pg.Client({ connectionString: input.ownerUrl, connectionTimeoutMillis: 10_000 });
  owner.on("error", () => {});
  await owner.connect();
  try {
    await makeEmpty(owner, input.appRole);
    await migrateTo(input.ownerUrl, head.migrations);
    await owner.query("begin");
    const seals = await load(owner, input.file, tail);
    await owner.query("commit");
    const rows = Object.values(tail.tables).reduce((sum, table) => sum + table.rows, 0);
    return { takenAt: head.takenAt, tables: Object.keys(tail.tables).length, rows, seals };
  } finally {
    await owner.end().catch(() => {});
  }
}

async function prove(file: string): Promise<{ head: BackupHead; tail: BackupTail }> {
  let [head, tail] = [null as BackupHead | null, null as BackupTail | null];
  const counts = new Map<string, ReturnType<typeof tally>>();
  let count = tally();
  for await (const part of readBackup(file)) {
    if ("head" in part) head = part.head;
    else if ("tail" in part) tail = part.tail;
    else if ("data" in part) count.add(part.data);
    else {
      count = tally();
      counts.set(part.table, count);
    }
  }
  const found = Object.fromEntries([...counts].map(([table, one]) => [table, one.done()]));
  if (!head || !tail || !isSame(found, tail.tables)) {
    throw new StartError(`${file} is damaged: its rows are not those that were backed up.`);
  }
  const names = migrationNames();
  const newer = head.migrations.find((name) => !names.includes(name));
  if (newer) throw new StartError(`${file} was made by a newer version (${newer}): update Nichebook itself.`);
  return { head, tail };
}

const isSame = (found: BackupTail["tables"], told: BackupTail["tables"]) =>
  Object.keys(found).length === Object.keys(told).length &&
  Object.entries(told).every(([table, { rows, sha256 }]) => {
    return found[table]?.rows === rows && found[table].sha256 === sha256;
  });

/** A database that was started once and has no account yet counts as empty: what is in it is made anew. */
async function makeEmpty(owner: pg.Client, appRole: string): Promise<void> {
  const { rows: states } = await owner.query<{ tables: boolean; ours: boolean; used: boolean }>(
    `select exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')) as tables,
       to_regclass('public._prisma_migrations') is not null and to_regclass('public.user_account') is not null as ours,
       exists (select from pg_stat_activity where datname = current_database() and usename = $1) as used`,
    [appRole],
  );
  const [state] = states;
  if (state?.used) throw new StartError("The application is running on this database: stop it first.");
  if (!state?.tables) return;
  const isFull = "The database is not empty: restore into a new one (another DATA_DIR or DATABASE_URL).";
  if (!state.ours) throw new StartError(isFull);
  const { rowCount } = await owner.query("select from user_account limit 1");
  if (rowCount) throw new StartError(isFull);
  await owner.query(`do $$ declare v_name text; begin
    foreach v_name in array array(select c.oid::regclass::text from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r') loop execute format('drop table if exists %s cascade', v_name); end loop;
    foreach v_name in array array(select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')) loop execute format('drop function if exists %s cascade', v_name); end loop;
    foreach v_name in array array(select t.oid::regtype::text from pg_type t left join pg_class c on c.oid = t.typrelid
      where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd') or c.relkind = 'c')
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')) loop execute format('drop type if exists %s cascade', v_name); end loop;
  end $$`);
}

/** Loads all tables, inside a transaction. */
async function load(owner: pg.Client, file: string, { sequences }: BackupTail): Promise<Restored["seals"]> {
  const known = new Map((await lockedTables(owner)).map(({ name, columns }) => [name, new Set(columns)]));
  const { down, up } = await walls(owner);
  await owner.query(`set local statement_timeout = 0; ${down}`);
  const parts = readBackup(file);
  let next = await parts.next();
  // Ends with the next part that is none of its rows.
  async function* rows() {
    for (;;) {
      next = await parts.next();
      if (next.done || !("data" in next.value)) return;
      yield next.value.data;
    }
  }
  while (!next.done) {
    if ("table" in next.value) {
      const { table, columns } = next.value;
      // Both become SQL of the database's owner: only what the catalogue itself calls so may.
      const names = known.get(table);
      if (!names || !columns.split(", ").every((column) => names.has(column))) {
        throw new StartError(`${file} is damaged: it has tables or columns that its version did not have.`);
      }
      // What its migrations put there is in the backup as well.
      await owner.query(`truncate ${table}`);
      await pipeline(Readable.from(rows()), owner.query(copyFrom(`copy ${table} (${columns}) from stdin`)));
    } else next = await parts.next();
  }
  for (const [name, value] of Object.entries(sequences)) await owner.query("select setval($1, $2)", [name, value]);
  const seals = await countSeals(owner);
  await owner.query(up);
  return seals;
}

async function countSeals(owner: pg.Client): Promise<Restored["seals"]> {
  const { rows: sealed } = await owner.query<{ name: string }>(
    `select format('public.%I', table_name) as name from information_schema.columns
     where table_schema = 'public' and column_name = 'sealed_key_id'`,
  );
  const keys = sealed.map(({ name }) => `select sealed_key_id as id from ${name} where sealed_key_id is not null`);
  const { rows } = await owner.query<{ id: string; count: number }>(
    `select id, count(*)::int as count from (${keys.join(" union all ")}) as keys group by id`,
  );
  return Object.fromEntries(rows.map(({ id, count }) => [id, count]));
}

/**
 * What stands in the way of rows that were right where they come from: row-level security, which COPY cannot pass,
 * triggers, which would refuse or repeat what they once did, and foreign keys, which want an order. All of it is put
 * back in the same transaction, the keys proven anew.
 */
async function walls(owner: pg.Client): Promise<{ down: string; up: string }> {
  const { rows } = await owner.query<{ down: string; up: string }>(
    `select format('alter table %s no force row level security', oid::regclass) as down,
       format('alter table %s force row level security', oid::regclass) as up
     from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity
     union all
     select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname),
       format('alter table %s enable %s trigger %I', t.tgrelid::regclass,
         case t.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, t.tgname)
     from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled <> 'D'
     union all
     select format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
     from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f' and conparentid = 0`,
  );
  return { down: rows.map(({ down }) => down).join(";\n"), up: rows.map(({ up }) => up).join(";\n") };
}
