import { createHmac } from "node:crypto";
import pg from "pg";
import { APP_ROLE, DATABASE, type EmbeddedPostgres, OWNER_ROLE } from "./embedded-postgres";
import { codeOf, StartError } from "./start-error";

const HARMLESS = "login nosuperuser nobypassrls nocreaterole nocreatedb noreplication noinherit";

/** The owner, the ordinary role and the database of an embedded server; what exists is left as it is. */
export async function makeEmbeddedRoles(server: EmbeddedPostgres, database = DATABASE): Promise<void> {
  await withClient(server.url("superuser", "postgres"), async (admin) => {
    await makeRole(admin, OWNER_ROLE, server.secrets.ownerPassword);
    await makeRole(admin, APP_ROLE, server.secrets.appPassword);
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [database]);
    if (!rowCount) await admin.query(`create database ${admin.escapeIdentifier(database)} owner ${OWNER_ROLE}`);
  });
  await withClient(server.url("superuser", database), async (admin) => {
    await admin.query(`revoke all on database ${admin.escapeIdentifier(database)} from public;
      grant connect on database ${admin.escapeIdentifier(database)} to ${APP_ROLE};
      alter schema public owner to ${OWNER_ROLE};
      revoke all on schema public from public`);
  });
}

/** The ordinary role of a database that is not ours: its name is the database's with `_app`. */
export function externalAppUrl(
  databaseUrl: string,
  appSecret: string,
): { url: string; role: string; password: string } {
  const url = new URL(databaseUrl);
  const database = decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username);
  const role = `${database}_app`;
  const password = createHmac("sha256", appSecret).update(`database role ${role}`).digest("base64url");
  url.username = encodeURIComponent(role);
  url.password = password;
  return { url: url.href, role, password };
}

/**
 * Makes the ordinary role of an external database, or gives it its password again when that no longer fits (another
 * APP_SECRET). Run under the migrations' lock.
 * @throws StartError when the role of DATABASE_URL may not
 */
export async function makeExternalAppRole(
  owner: pg.Client,
  app: { url: string; role: string; password: string },
): Promise<void> {
  const may = (what: string, error: unknown) =>
    new StartError(
      `The role of DATABASE_URL may not ${what} the role ${app.role} (${codeOf(error)}): give it CREATEROLE, or make an ordinary role yourself and set DATABASE_APP_URL.`,
    );
  const { rowCount } = await owner.query("select from pg_roles where rolname = $1", [app.role]);
  if (!rowCount) {
    await makeRole(owner, app.role, app.password).catch((error) => {
      throw may("make", error);
    });
  }
  // Where PUBLIC may connect, as by default, this says nothing new; a failure shows at the log-in below.
  await owner
    .query(
      `grant connect on database ${owner.escapeIdentifier(owner.database ?? "")} to ${owner.escapeIdentifier(app.role)}`,
    )
    .catch(() => {});
  try {
    await withClient(app.url, async () => {});
  } catch (error) {
    if (codeOf(error) !== "28P01") throw error;
    await owner
      .query(`alter role ${owner.escapeIdentifier(app.role)} password ${owner.escapeLiteral(app.password)}`)
      .catch((refusal) => {
        throw may("change the password of", refusal);
      });
  }
}

async function makeRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [name]);
  if (rowCount) return;
  const quoted = client.escapeIdentifier(name);
  await client.query(`create role ${quoted} ${HARMLESS} password ${client.escapeLiteral(password)}`);
}

/** A connection of its own for as long as `run` takes. */
export async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => {});
  }
}
