import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { closePools } from "@/lib/platform/db";
import { closeQueue } from "@/lib/platform/queue";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";
import { APP_ROLE, OWNER_ROLE } from "@/scripts/embedded-postgres";

/** The installation secret of all tests. */
export const TEST_SECRET = "a secret of the tests, long enough to be taken";

export type TestDatabase = {
  name: string;
  /** Name of the ordinary role. */
  appRole: string;
  /** As the ordinary role, which the application runs as. */
  appUrl: string;
  /** As the role that owns everything and is still held by row-level security. */
  ownerUrl: string;
  /** As the superuser, whom nothing holds. */
  superuserUrl: string;
  /** What was given to `setRuntime`; another process on the same database takes the same. */
  runtime: Runtime;
  appPool: pg.Pool;
  ownerPool: pg.Pool;
  superuserPool: pg.Pool;
  /** Closes every connection and drops the database. */
  drop(): Promise<void>;
};

/** A migrated, empty database of this test file's own, which `db()` and `ledgerPool()` use from now on. */
export async function testDatabase(given: Partial<Runtime> = {}): Promise<TestDatabase> {
  const server = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const at = (url: string, database = name) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  await administer(at(server.superuser, "postgres"), [
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${server.template}'`,
    `create database ${name} template ${server.template} owner ${OWNER_ROLE}`,
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to ${APP_ROLE}`,
  ]);
  const runtime: Runtime = {
    databaseAppUrl: at(server.app),
    appSecret: TEST_SECRET,
    appSecretPrevious: null,
    sandboxUrl: null,
    ...given,
  };
  setRuntime(runtime);
  const appPool = new pg.Pool({ connectionString: runtime.databaseAppUrl, max: 4 });
  const ownerPool = new pg.Pool({ connectionString: at(server.owner), max: 4 });
  const superuserPool = new pg.Pool({ connectionString: at(server.superuser), max: 4 });
  // A forced drop ends what a busy machine had not closed yet.
  for (const pool of [appPool, ownerPool, superuserPool]) pool.on("error", () => {});
  return {
    name,
    appRole: APP_ROLE,
    appUrl: runtime.databaseAppUrl,
    ownerUrl: at(server.owner),
    superuserUrl: at(server.superuser),
    runtime,
    appPool,
    ownerPool,
    superuserPool,
    async drop() {
      await Promise.allSettled([closeQueue(), closePools(), appPool.end(), ownerPool.end(), superuserPool.end()]);
      await administer(at(server.superuser, "postgres"), [`drop database ${name} with (force)`]);
    },
  };
}

async function administer(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
