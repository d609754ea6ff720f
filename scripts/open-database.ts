import pg from "pg";
import type { Env } from "@/lib/platform/env";
import { checkDatabase, connectionProblem } from "./check-database";
import { APP_ROLE, type EmbeddedPostgres, openEmbeddedPostgres } from "./embedded-postgres";
import { migrate } from "./migrate";
import { findPlace, type Place } from "./postgres-place";
import { externalAppUrl, makeEmbeddedRoles, makeExternalAppRole } from "./roles";
import { StartError } from "./start-error";

export type OpenDatabase = {
  /** As the role that owns everything. */
  ownerUrl(): string;
  /** As the ordinary role. Another one after `onMove`. */
  appUrl(): string;
  appSecret: string;
  /** Null: a database of the operator's own. */
  embedded: { server: EmbeddedPostgres; place: Place } | null;
  /** Leaves the embedded server, and stops it when no other process uses it. */
  leave(): Promise<void>;
};

export type OpenOptions = {
  env: Env;
  /** One plain line for the operator. */
  say: (line: string) => void;
  /** The embedded server is back after it had ended by itself, perhaps under another address. */
  onMove?: () => void;
  /** Run on the database before it is brought to this version. */
  first?: (database: { ownerUrl: string; appRole: string }) => Promise<void>;
};

/**
 * The database of these settings, started if it is ours, brought to this version, and found fit to run on.
 * @throws StartError with the line that says what to mend
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const database = options.env.DATABASE_URL ? await openExternal(options) : await openOwn(options);
  try {
    await checkDatabase(database.appUrl());
    return database;
  } catch (error) {
    await database.leave();
    if (error instanceof StartError || !options.env.DATABASE_URL) throw error;
    throw connectionProblem("DATABASE_APP_URL", database.appUrl(), error);
  }
}

async function openOwn({ env, say, onMove, first }: OpenOptions): Promise<OpenDatabase> {
  const place = findPlace(env.DATA_DIR);
  if (place.movedBecause) say(place.movedBecause);
  const server = await openEmbeddedPostgres({ place, onReturn: onMove, say });
  try {
    await makeEmbeddedRoles(server);
    await first?.({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
    await migrate({ ownerUrl: server.url("owner"), appRole: APP_ROLE });
  } catch (error) {
    await server.leave();
    throw error;
  }
  return {
    ownerUrl: () => server.url("owner"),
    appUrl: () => server.url("app"),
    appSecret: env.APP_SECRET ?? server.secrets.appSecret,
    embedded: { server, place },
    leave: () => server.leave(),
  };
}

async function openExternal({ env, first }: OpenOptions): Promise<OpenDatabase> {
  const [ownerUrl, appSecret] = [env.DATABASE_URL ?? "", env.APP_SECRET ?? ""];
  const made = env.DATABASE_APP_URL ? null : externalAppUrl(ownerUrl, appSecret);
  const appUrl = made?.url ?? env.DATABASE_APP_URL ?? "";
  await tryExternal(env);
  // Before the grants, which would take from the owner what they give to the ordinary role.
  if (!made) await checkDatabase(appUrl);
  if (nameIn(appUrl) === nameIn(ownerUrl)) {
    throw new StartError(
      "DATABASE_APP_URL names the role of DATABASE_URL: it must be another one, which owns nothing.",
    );
  }
  try {
    await first?.({ ownerUrl, appRole: nameIn(appUrl) });
    await migrate({
      ownerUrl,
      appRole: nameIn(appUrl),
      makeRole: made ? (owner) => makeExternalAppRole(owner, made) : undefined,
    });
  } catch (error) {
    throw error instanceof StartError ? error : connectionProblem("DATABASE_URL", ownerUrl, error);
  }
  return { ownerUrl: () => ownerUrl, appUrl: () => appUrl, appSecret, embedded: null, leave: async () => {} };
}

const nameIn = (url: string) => decodeURIComponent(new URL(url).username);

/** @throws StartError when the operator's own database cannot be logged in to. */
export async function tryExternal(env: Env): Promise<void> {
  for (const setting of ["DATABASE_URL", "DATABASE_APP_URL"] as const) {
    const url = env[setting];
    if (!url) continue;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    client.on("error", () => {});
    try {
      await client.connect();
    } catch (error) {
      throw connectionProblem(setting, url, error);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
