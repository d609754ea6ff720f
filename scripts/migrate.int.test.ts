import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { draftFrom } from "./draft-migration";
import { migrate } from "./migrate";
import { ROOT } from "./root";

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
  const applied = await Promise.all([run(), run()]);
  const folders = readdirSync(join(ROOT, "prisma/migrations"), { withFileTypes: true });
  expect(applied.flat()).toEqual(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
  );
  const { rows } = await database.appPool.query("select has_any_account() as any");
  expect(rows).toEqual([{ any: false }]);
});

test("a database that a newer version has migrated is refused with the mend", async () => {
  await database.superuserPool.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ('x', 'x', '99990101000000_from_the_future', now(), now(), 1)`,
  );
  await expect(run()).rejects.toThrow(/newer version .*update Nichebook/);
});
