import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { installQueue } from "@/lib/platform/queue";
import { ROOT } from "./root";
import { migrationNames, migrationsList, withSchemaEngine } from "./schema-engine";
import { StartError } from "./start-error";

/** "nichebook" as a lock number: one process at a time makes roles and migrates, whatever machine it is on. */
const MIGRATION_LOCK = 1313817668;
/** Committed with each migration's own script, so that an interrupted run knows later whether that one was applied. */
const MARK_APPLIED = `UPDATE public."_prisma_migrations" SET applied_steps_count = 1
  WHERE finished_at IS NULL AND rolled_back_at IS NULL`;

export type Migration = {
  /** A role that owns the database's objects, or may. */
  ownerUrl: string;
  /** Name of the ordinary role; it exists already, or `makeRole` makes it. */
  appRole: string;
  /** Run first, under the same lock. */
  makeRole?: (owner: pg.Client) => Promise<void>;
};

/**
 * Brings a database to this version: roles, migrations, grants. Any number of processes may call it at once; a run
 * that was killed is continued by the next.
 * @returns the names of the migrations that were applied now
 * @throws StartError when the database is newer than this code, or a migration fails
 */
export function migrate({ ownerUrl, appRole, makeRole }: Migration): Promise<string[]> {
  return alone(ownerUrl, async (owner) => {
    await makeRole?.(owner);
    const applied = await applyMissing(owner, ownerUrl, migrationNames());
    await installQueue(ownerUrl);
    const grants = readFileSync(join(ROOT, "prisma/grants.sql"), "utf8");
    await owner.query(grants.replaceAll(":app_role", owner.escapeIdentifier(appRole)));
    return applied;
  });
}

/** Brings a database to an earlier version, for rows that were backed up there: `migrate` goes on from it. */
export const migrateTo = (ownerUrl: string, names: string[]): Promise<string[]> =>
  alone(ownerUrl, (owner) => applyMissing(owner, ownerUrl, names));

async function alone<T>(ownerUrl: string, run: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  owner.on("error", () => {});
  await owner.connect();
  try {
    await owner.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await run(owner);
  } finally {
    await owner.end().catch(() => {});
  }
}

async function applyMissing(owner: pg.Client, ownerUrl: string, names: string[]): Promise<string[]> {
  const known = await readHistory(owner);
  const newer = [...known].find((name) => !names.includes(name));
  if (newer) {
    throw new StartError(`The database was already brought to a newer version (${newer}): update Nichebook itself.`);
  }
  if (names.every((name) => known.has(name))) return [];
  const input = { migrationsList: migrationsList(names), filters: { externalTables: [], externalEnums: [] } };
  try {
    const applied = await withSchemaEngine({ url: ownerUrl, afterScript: MARK_APPLIED }, async (engine) => {
      return (await engine.applyMigrations(input)).appliedMigrationNames;
    });
    // The engine counts its one step as well.
    await owner.query('update "_prisma_migrations" set applied_steps_count = 1 where applied_steps_count > 1');
    return applied;
  } catch (error) {
    throw new StartError(`A migration failed: ${error instanceof Error ? error.message : error}`);
  }
}

/** @returns the applied migrations, after telling apart what an interrupted run has committed and what not. */
async function readHistory(owner: pg.Client): Promise<Set<string>> {
  const { rows: tables } = await owner.query("select to_regclass('public._prisma_migrations') is not null as there");
  if (!tables[0]?.there) return new Set();
  await owner.query(`update "_prisma_migrations" set
      finished_at = case when applied_steps_count > 0 then now() end,
      rolled_back_at = case when applied_steps_count = 0 then now() end
    where finished_at is null and rolled_back_at is null`);
  const { rows } = await owner.query<{ name: string }>(
    'select migration_name as name from "_prisma_migrations" where rolled_back_at is null',
  );
  return new Set(rows.map((row) => row.name));
}
