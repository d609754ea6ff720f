import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { draftFrom } from "./draft-migration";
import { migrate } from "./migrate";
import { migrationNames } from "./schema-engine";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const run = () => migrate({ ownerUrl: database.ownerUrl, appRole: "nichebook_app" });

test("the migrations make what the schema files say", async () => {
  const draft = await draftFrom(database.ownerUrl);
  expect(draft.replace(/^--.*$/gm, "").trim()).toBe("");
});

test("a migrated database is left as it is, however many processes start on it at once", async () => {
  expect(await Promise.all([run(), run(), run()])).toEqual([[], [], []]);
});

test("an emptied database is migrated once by whoever comes first", async () => {
  await database.superuserPool.query("drop schema public cascade; create schema public authorization nichebook_owner");
  const runs = await Promise.all([run(), run()]);
  expect(runs.flat()).toEqual(migrationNames());
  const { rows } = await database.appPool.query("select has_any_account() as any");
  expect(rows).toEqual([{ any: false }]);
});

const history = async () => {
  const { rows } = await database.ownerPool.query(
    `select migration_name as name, finished_at is not null as finished, rolled_back_at is not null as undone
      from "_prisma_migrations" order by started_at, undone desc`,
  );
  return rows;
};
const applied = () => migrationNames().map((name) => ({ name, finished: true, undone: false }));

/** A database as new, but for a history that the test has prepared. */
const emptyAllBut = (history: string) =>
  database.superuserPool.query(`
    create schema kept; alter table "_prisma_migrations" set schema kept;
    drop schema public cascade; create schema public authorization nichebook_owner;
    alter table kept."_prisma_migrations" set schema public; delete from "_prisma_migrations"; drop schema kept;
    ${history}`);

test("a migration whose run ended between its commit and the note of it is not repeated", async () => {
  await emptyAllBut(`
    create function refuse() returns trigger language plpgsql as $$ begin
      -- Only what is committed together with the migration itself comes through.
      if current_query() not like '%CREATE TABLE%' then raise exception 'cut'; end if;
      return new;
    end $$;
    create trigger cut before update on "_prisma_migrations" for each row execute function refuse()`);
  await expect(run()).rejects.toThrow("cut");
  await database.superuserPool.query('drop trigger cut on "_prisma_migrations"');
  expect(await run()).toEqual(migrationNames().slice(1));
  expect(await history()).toEqual(applied());
});

test("a migration whose run was killed before its commit is done again", async () => {
  const [first] = migrationNames();
  await emptyAllBut(`insert into "_prisma_migrations" (id, checksum, migration_name) values ('1', '', '${first}')`);
  expect(await run()).toEqual(migrationNames());
  expect(await history()).toEqual([{ name: first, finished: false, undone: true }, ...applied()]);
});

test("a database that a newer version has migrated is refused with the mend", async () => {
  await database.superuserPool.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ('x', 'x', '99990101000000_from_the_future', now(), now(), 1)`,
  );
  await expect(run()).rejects.toThrow(/newer version .*update Nichebook/);
});
