import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { openOwnPostgres } from "@/lib/testing/own-postgres";
import { examineServer, type Finding } from "./doctor";
import { withClient } from "./roles";
import { type Catalogue, readCatalogue } from "./schema-drift";

/** A server of this file's own, for its settings are changed; what it is held against was migrated on another one. */
let patient: Awaited<ReturnType<typeof openOwnPostgres>>;
let made: Catalogue;
beforeAll(async () => {
  const healthy = await testDatabase();
  made = await withClient(healthy.ownerUrl, (owner) => readCatalogue(owner, healthy.appRole));
  await healthy.drop();
  patient = await openOwnPostgres();
});
afterAll(() => patient?.close());

const run = (sql: string) =>
  withClient(patient.server.url("superuser"), async (client) => {
    // One by one: ALTER SYSTEM is refused in the transaction that several statements at once would be.
    for (const statement of sql.split("; ")) await client.query(statement);
  });

async function examine(owner: "owner" | "superuser" = "owner"): Promise<Finding[]> {
  const { findings } = await examineServer({ app: patient.server.url("app"), owner: patient.server.url(owner) }, made);
  return findings.filter(({ state }) => state !== "ok");
}

const said = async () => (await examine()).map(({ state, check, detail }) => `${state} ${check}: ${detail}`).toSorted();

/** Each with the change by hand, how to take it back, and the findings: state, check, and words of the detail. */
const CASES: Record<string, [change: string, back: string, ...findings: string[]]> = {
  "a policy that is gone": [
    "alter policy own_team on watchlist rename to mine",
    "alter policy mine on watchlist rename to own_team",
    "failed schema: the policy watchlist.own_team is missing (made by prisma/migrations/",
    "failed schema: the policy watchlist.mine was added by hand: remove it",
  ],
  "a policy that lets everybody through": [
    "alter policy own_team on watchlist using (true)",
    `alter policy own_team on watchlist using ("team_id" = (SELECT nullif(current_setting('app.team', true), '')::uuid))`,
    "failed schema: the policy watchlist.own_team is not as it was made",
  ],
  "a table whose wall is down": [
    "alter table watchlist no force row level security",
    "alter table watchlist force row level security",
    "failed schema: the table watchlist is not as it was made",
  ],
  "a trigger that is switched off": [
    "alter table credit_event disable trigger append_only",
    "alter table credit_event enable always trigger append_only",
    "failed schema: the trigger credit_event.append_only is not as it was made",
  ],
  "a constraint that is gone": [
    "alter table session rename constraint session_pkey to other",
    "alter table session rename constraint other to session_pkey",
    "failed schema: the constraint session.session_pkey is missing",
    "failed schema: the index session_pkey is missing",
    "failed schema: the constraint session.other was added by hand",
    "warn schema: the index other was added by hand",
  ],
  "a column more": [
    "alter table mail add x int",
    "alter table mail drop x",
    "failed schema: the column mail.x was added by hand",
  ],
  "a column of another type": [
    "alter table mail alter kind type varchar(99)",
    "alter table mail alter kind type text",
    "failed schema: the column mail.kind is not as it was made",
  ],
  "another body of a function": [
    "alter function all_teams() rename to all_teams_before; create function all_teams() returns table(team_id uuid) language sql as $$ select null::uuid $$; revoke execute on function all_teams() from public; grant execute on function all_teams() to nichebook_app",
    "drop function all_teams(); alter function all_teams_before() rename to all_teams",
    "failed schema: the function all_teams() is not as it was made",
    "warn schema: the function all_teams_before() was added by hand",
  ],
  "a table of one's own": [
    "create table own_notes (id int primary key)",
    "drop table own_notes",
    "warn schema: the table own_notes was added by hand: remove it, or keep what is yours in a schema of its own",
  ],
  "a missing right": [
    "revoke insert on mail from nichebook_app",
    "grant insert on mail to nichebook_app",
    "failed right: the ordinary role lacks INSERT on table mail: npm start grants it",
  ],
  "a right too many": [
    "grant delete on credit_event to nichebook_app",
    "revoke delete on credit_event from nichebook_app",
    "failed right: the ordinary role has DELETE on table credit_event, which it must not: npm start takes it away",
  ],
  "a right of everybody": [
    "grant select on mail to public",
    "revoke select on mail from public",
    "failed right: everybody has SELECT on table mail: take it away (REVOKE … FROM PUBLIC)",
  ],
  "a missing right to the queue": [
    "revoke usage on schema pgboss from nichebook_app",
    "grant usage on schema pgboss to nichebook_app",
    "failed right: the ordinary role lacks USAGE on schema pgboss: npm start grants it",
  ],
  "synchronous_commit off for the role": [
    "alter role nichebook_app set synchronous_commit = off",
    "alter role nichebook_app reset synchronous_commit",
    "failed database setting: synchronous_commit is off: a crash forgets purchases",
  ],
  "a database that only reads": [
    "alter database nichebook set default_transaction_read_only = on",
    "set default_transaction_read_only = off; alter database nichebook reset default_transaction_read_only",
    "failed database setting: default_transaction_read_only is on: nothing can be written",
  ],
  "no autovacuum": [
    "alter system set autovacuum = off; select pg_reload_conf()",
    "alter system reset autovacuum; select pg_reload_conf()",
    "warn database setting: autovacuum is off: the database grows",
  ],
  "a role that bypasses row-level security": [
    "alter role nichebook_app bypassrls",
    "alter role nichebook_app nobypassrls",
    "failed database: The database role nichebook_app has BYPASSRLS",
  ],
  "a role that may act as the owner": [
    "grant nichebook_owner to nichebook_app",
    "revoke nichebook_owner from nichebook_app",
    "failed database: The database role nichebook_app owns the tables",
    "failed role: nichebook_app may act as nichebook_owner: REVOKE nichebook_owner FROM nichebook_app",
  ],
  "a role that may make databases": [
    "alter role nichebook_app createdb createrole",
    "alter role nichebook_app nocreatedb nocreaterole",
    "warn role: nichebook_app has CREATEROLE, CREATEDB: ALTER ROLE nichebook_app NOCREATEROLE NOCREATEDB",
  ],
  "an owner whom no wall holds": [
    "alter role nichebook_owner bypassrls",
    "alter role nichebook_owner nobypassrls",
    "warn role: nichebook_owner, who owns the tables, is a superuser or has BYPASSRLS",
  ],
};

test("a database as the migrations made it has nothing to be mended, on whichever server", async () => {
  expect(await examine()).toEqual([]);
});

test.each(Object.entries(CASES))(
  "the doctor finds %s, says the mend, and nothing after it",
  async (_what, [change, back, ...expected]) => {
    await run(change);
    try {
      const words = expected.toSorted().map((part) => expect.stringContaining(part));
      // A reload reaches the server's sessions a moment later.
      await expect.poll(said, { timeout: 60_000 }).toEqual(words);
    } finally {
      await run(back);
    }
  },
);

test("a migration that is missing is told, and the rest is not compared with what it would have made", async () => {
  await run(
    `create table kept as select * from "_prisma_migrations"; delete from "_prisma_migrations" where migration_name = (select max(migration_name) from kept)`,
  );
  expect(await examine()).toEqual([
    {
      check: "migrations",
      state: "warn",
      detail: expect.stringMatching(/^not applied: \d+_\w+; npm start applies them$/),
    },
  ]);
  await run(`insert into "_prisma_migrations" select * from kept on conflict do nothing; drop table kept`);
  expect(await examine()).toEqual([]);
});

test("a role that cannot log in is told", async () => {
  const app = patient.server.url("app").replace(/:[^:@]+@/, ":wrong@");
  const { findings } = await examineServer({ app, owner: patient.server.url("owner") }, made);
  expect(findings).toEqual([
    { check: "database", state: "failed", detail: expect.stringMatching(/cannot log in .*: npm start makes it$/) },
  ]);
});
