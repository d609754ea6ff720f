import pg from "pg";
import { codeOf, StartError } from "./start-error";

const OLDEST = 150_000;

export type DatabaseFacts = {
  version: string;
  versionNumber: number;
  role: string;
  superuser: boolean;
  bypassesRls: boolean;
  /** The role may act as one that owns tables, or owns some itself. */
  owns: boolean;
  fsync: boolean;
};

/** What the ordinary role's own log-in tells about the database and the role. */
export async function readDatabaseFacts(appUrl: string): Promise<DatabaseFacts> {
  const client = new pg.Client({ connectionString: appUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<DatabaseFacts>(`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber",
        current_user as role, rolsuper as superuser, rolbypassrls as "bypassesRls",
        exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'MEMBER')) as owns,
        current_setting('fsync') = 'on' as fsync
      from pg_roles where rolname = current_user`);
    if (!rows[0]) throw new Error("the database tells nothing of its own role");
    return rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

/** @returns one line for each reason not to run on this database. */
export function databaseProblems(facts: DatabaseFacts): string[] {
  const ordinary = "the application runs as an ordinary role only, set DATABASE_APP_URL to one or leave it unset";
  return [
    facts.versionNumber < OLDEST && `PostgreSQL ${facts.version} is too old: 15 or newer is needed.`,
    facts.superuser && `The database role ${facts.role} is a superuser, whom no row-level security holds: ${ordinary}.`,
    facts.bypassesRls && `The database role ${facts.role} has BYPASSRLS: ${ordinary}.`,
    facts.owns &&
      !facts.superuser &&
      `The database role ${facts.role} owns the tables or may act as their owner: ${ordinary}.`,
    !facts.fsync && "The database runs with fsync off and could lose paid answers in a crash: set fsync = on.",
  ].filter((line): line is string => typeof line === "string");
}

/** @throws StartError when the application must not run on this database. */
export async function checkDatabase(appUrl: string): Promise<void> {
  const problems = databaseProblems(await readDatabaseFacts(appUrl));
  if (problems.length > 0) throw new StartError(problems.join("\n"));
}

/** The one line about a database that could not be reached or logged in to; never with its password. */
export function connectionProblem(setting: string, url: string, error: unknown): StartError {
  const { host, pathname } = new URL(url);
  const code = codeOf(error);
  const why: Record<string, string> = {
    ECONNREFUSED: `nothing listens at ${host}`,
    ENOTFOUND: `there is no host ${host}`,
    EAI_AGAIN: `there is no host ${host}`,
    "28P01": "the password is wrong",
    "28000": "the server refuses this user",
    "3D000": `there is no database ${pathname.slice(1)}`,
    "42501": "the role may not do that",
  };
  const reason = why[code] ?? (error instanceof Error ? error.message : String(error));
  return new StartError(`${setting} does not work: ${reason}.`);
}
