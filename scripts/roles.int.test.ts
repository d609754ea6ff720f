import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { checkDatabase, readDatabaseFacts } from "./check-database";
import { migrate } from "./migrate";
import { externalAppUrl, makeExternalAppRole } from "./roles";

// A database that is not ours: an owner who may or may not make roles, and nothing else.
const SECRET = "one secret of an installation, long enough";
const roles: string[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
  await database.superuserPool.query("drop schema public cascade; drop schema pgboss cascade; create schema public");
});
afterEach(async () => {
  await database.drop();
  // Roles belong to the whole server, which other files share.
  const admin = new pg.Client({ connectionString: inject("postgres").superuser });
  await admin.connect();
  for (const role of roles.splice(0)) await admin.query(`drop role ${role}`);
  await admin.end();
});

async function makeOwner(attributes = ""): Promise<string> {
  const owner = `owner_${randomBytes(4).toString("hex")}`;
  await database.superuserPool.query(
    `create role ${owner} login password 'sesame' ${attributes}; alter schema public owner to ${owner};
     grant all on database ${database.name} to ${owner} with grant option`,
  );
  roles.push(owner);
  return Object.assign(new URL(database.ownerUrl), { username: owner, password: "sesame" }).href;
}

async function bring(ownerUrl: string, secret: string): Promise<string> {
  const app = externalAppUrl(ownerUrl, secret);
  if (!roles.includes(app.role)) roles.unshift(app.role);
  await migrate({ ownerUrl, appRole: app.role, makeRole: (owner) => makeExternalAppRole(owner, app) });
  return app.url;
}

test("the ordinary role is made, is held by everything that holds it, and follows APP_SECRET", async () => {
  const ownerUrl = await makeOwner("createrole");
  const url = await bring(ownerUrl, SECRET);
  await checkDatabase(url);
  expect(await readDatabaseFacts(url)).toMatchObject({
    role: `${database.name}_app`,
    superuser: false,
    bypassesRls: false,
    owns: false,
  });
  await checkDatabase(await bring(ownerUrl, `${SECRET} after a change`));
  await expect(new pg.Client({ connectionString: url }).connect()).rejects.toMatchObject({ code: "28P01" });
});

test("several that start at once on it make one role", async () => {
  const ownerUrl = await makeOwner("createrole");
  const urls = await Promise.all([bring(ownerUrl, SECRET), bring(ownerUrl, SECRET), bring(ownerUrl, SECRET)]);
  await checkDatabase(urls[0] ?? "");
  expect(new Set(urls).size).toBe(1);
});

test("an owner who may not make roles is told what to do", async () => {
  const ownerUrl = await makeOwner();
  await expect(bring(ownerUrl, SECRET)).rejects.toThrow("give it CREATEROLE, or make an ordinary role yourself");
  roles.shift();
});

test("a superuser, and whoever owns the tables, is no role to run as", async () => {
  await expect(checkDatabase(database.superuserUrl)).rejects.toThrow("is a superuser");
  const ownerUrl = await makeOwner("createrole");
  await bring(ownerUrl, SECRET);
  await expect(checkDatabase(ownerUrl)).rejects.toThrow("owns the tables");
});
