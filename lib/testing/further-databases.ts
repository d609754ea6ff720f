import { randomBytes } from "node:crypto";
import pg from "pg";
import { APP_ROLE, OWNER_ROLE } from "@/scripts/embedded-postgres";
import type { TestDatabase } from "./database";

/** A database on the server of the tests, beside the test file's own. */
export type FurtherDatabase = {
  name: string;
  ownerUrl: string;
  appUrl: string;
  superuserUrl: string;
  appRole: string;
};

/**
 * Makes further databases: as a first start finds them, with nothing in them, or copies of one that nobody is connected
 * to. They go with the server: dropping one costs a checkpoint of everybody's.
 */
export function furtherDatabases(given: { readonly database: TestDatabase }) {
  return async (copied = "template0"): Promise<FurtherDatabase> => {
    const { ownerUrl, appUrl, superuserUrl, superuserPool } = given.database;
    const name = `further_${randomBytes(6).toString("hex")}`;
    const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
    await superuserPool.query(`create database ${name} template ${copied} owner ${OWNER_ROLE}`);
    const further = {
      name,
      ownerUrl: at(ownerUrl),
      appUrl: at(appUrl),
      superuserUrl: at(superuserUrl),
      appRole: APP_ROLE,
    };
    await asSuperuser(further, (client) => client.query(`alter schema public owner to ${OWNER_ROLE}`));
    return further;
  };
}

/** One connection of the superuser, whom nothing holds. */
export async function asSuperuser<T>(
  { superuserUrl }: { superuserUrl: string },
  run: (client: pg.Client) => Promise<T>,
) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** What a database holds rows to, and who may do what with them: all of it beside the rows, as one sorted list. */
export async function wallsOf(database: { superuserUrl: string }): Promise<string[]> {
  const { rows } = await asSuperuser(database, (client) =>
    client.query<{ wall: string }>(`
      select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) as wall from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n'
      union all select concat_ws(' ', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
          pg_get_expr(adbin, adrelid)) from pg_attribute join pg_class c on c.oid = attrelid
          left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where c.relnamespace = 'public'::regnamespace and relkind in ('r', 'c') and attnum > 0 and not attisdropped
      union all select pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indrelid
        where c.relnamespace = 'public'::regnamespace
      union all select concat_ws(' ', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
      union all select concat_ws(' ', relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner),
          array(select acl::text from unnest(relacl) acl order by 1)) from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
      union all select concat_ws(' ', tablename, policyname, cmd, roles, qual, with_check) from pg_policies
        where schemaname = 'public'
      union all select concat_ws(' ', pg_get_functiondef(oid), array(select acl::text from unnest(proacl) acl order by 1))
        from pg_proc where pronamespace = 'public'::regnamespace
      order by 1`),
  );
  return rows.map(({ wall }) => wall);
}

/** Rows as `to_jsonb` gives them, by the name of their table. */
export type Rows = Record<string, Record<string, unknown>[]>;

/** Every row of the database but the history of its migrations. */
export async function readRows(client: {
  query: (sql: string) => Promise<{ rows: Record<string, unknown>[] }>;
}): Promise<Rows> {
  const { rows: tables } = await client.query(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname <> '_prisma_migrations' order by 1`,
  );
  const all: Rows = {};
  for (const { name } of tables) {
    const { rows } = await client.query(`select to_jsonb(t) as row from "${name}" t`);
    all[String(name)] = rows.map(({ row }) => row as Record<string, unknown>);
  }
  return all;
}
