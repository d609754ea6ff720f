import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type pg from "pg";
import { appUrl, type Env, env, environmentNames } from "@/lib/platform/env";
import type { Answer } from "./admin-commands";
import { askTime, clockState, TIME_SERVERS } from "./check-clock";
import { databaseProblems, readDatabaseFacts } from "./check-database";
import { diskState, roomAt } from "./check-disk";
import { readServerFacts, serverProblems } from "./check-server";
import { settingsProblems } from "./check-settings";
import { openEmbeddedPostgres } from "./embedded-postgres";
import { applicationLock, askHolder } from "./lock.mjs";
import { tryExternal } from "./open-database";
import { portProblem } from "./port.mjs";
import { findPlace } from "./postgres-place";
import { externalAppUrl, withClient } from "./roles";
import { ROOT } from "./root";
import { type Catalogue, driftOf, readCatalogue, tellDrift } from "./schema-drift";
import { lastMigrationNaming, migrationNames } from "./schema-engine";
import { withScratchDatabase } from "./scratch-database";
import { findSandbox } from "./start-sandbox";

export type Finding = { check: string; state: "ok" | "warn" | "failed"; detail: string };
type State = Omit<Finding, "check">;

/** Looks at everything an installation needs and changes nothing; each finding that is not ok says how to mend it. */
export async function examine(): Promise<Answer> {
  const findings: Finding[] = [
    { check: "node", state: "ok", detail: `Node.js ${process.versions.node}` },
    { check: "build", ...built() },
  ];
  let settings: Env | null = null;
  try {
    settings = env();
    findings.push({ check: "settings", state: "ok", detail: `the address is ${appUrl()}` });
    findings.push(
      ...settingsProblems(settings, environmentNames()).map((detail) => ({
        check: "setting",
        state: "warn" as const,
        detail,
      })),
    );
  } catch (error) {
    const mistakes = messageOf(error).split("\n");
    findings.push(...mistakes.map((detail) => ({ check: "setting", state: "failed" as const, detail })));
  }
  if (settings) {
    const running = await askHolder(applicationLock(resolve(ROOT, settings.DATA_DIR)));
    const [database, outside] = await Promise.all([examineDatabase(settings), askOutside()]);
    findings.push(...database, { check: "clock", ...outside });
    findings.push({ check: "application", ...(await examineApplication(settings, running)) });
    findings.push({ check: "sandbox", ...(await examineSandbox(settings, running)) });
  }
  const ok = findings.every(({ state }) => state !== "failed");
  return { answer: { ok, checks: findings }, failed: !ok };
}

function built(): State {
  return existsSync(join(ROOT, ".next/BUILD_ID"))
    ? { state: "ok", detail: "the application is built" }
    : { state: "warn", detail: "the application is not built yet: npm start builds it" };
}

async function askOutside(): Promise<State> {
  for (const server of TIME_SERVERS) {
    const asked = Date.now();
    const time = await askTime(server);
    if (time) return clockState("this machine's clock", server, (asked + Date.now()) / 2 - time.getTime());
  }
  const detail = `no time server answers (${TIME_SERVERS.join(", ")}, UDP port 123): compare the clock yourself (date -u)`;
  return { state: "warn", detail };
}

async function examineDatabase(settings: Env): Promise<Finding[]> {
  if (settings.DATABASE_URL) {
    const disk = examineDisk(resolve(ROOT, settings.DATA_DIR), 0);
    try {
      await tryExternal(settings);
      const app = settings.DATABASE_APP_URL ?? externalAppUrl(settings.DATABASE_URL, settings.APP_SECRET ?? "").url;
      const { findings } = await examineServer({ app, owner: settings.DATABASE_URL });
      const { host } = new URL(settings.DATABASE_URL);
      const unseen: Finding = {
        check: "disk",
        state: "ok",
        detail: `that of ${host} cannot be seen from here: watch it there`,
      };
      return [disk, unseen, ...findings];
    } catch (error) {
      return [disk, { check: "database", state: "failed", detail: messageOf(error) }];
    }
  }
  const disk = (bytes = 0) => examineDisk(resolve(ROOT, settings.DATA_DIR), bytes);
  let folder: Finding | null = null;
  try {
    const place = findPlace(settings.DATA_DIR);
    folder = { check: "data folder", state: "ok", detail: `${place.dataDir} can be written to` };
    if (!existsSync(place.databaseDir)) {
      return [folder, disk(), { check: "database", state: "warn", detail: "there is none yet: npm start makes it" }];
    }
    const server = await openEmbeddedPostgres({ place });
    try {
      const { findings, bytes } = await examineServer({ app: server.url("app"), owner: server.url("owner") });
      return [folder, examineDisk(place.dataDir, bytes), ...findings];
    } finally {
      await server.leave();
    }
  } catch (error) {
    // A full disk is the likeliest reason why a database does not start.
    const failed: Finding = { check: "database", state: "failed", detail: messageOf(error) };
    return [...(folder ? [folder] : []), disk(), failed];
  }
}

function examineDisk(folder: string, databaseBytes: number): Finding {
  try {
    return { check: "disk", ...diskState(folder, roomAt(folder), databaseBytes) };
  } catch (error) {
    return { check: "disk", state: "warn", detail: `the room at ${folder} cannot be read: ${messageOf(error)}` };
  }
}

/** A server by its two roles. @param expected a catalogue that is at hand already; else one is made for comparison */
export async function examineServer(
  { app, owner }: { app: string; owner: string },
  expected?: Catalogue,
): Promise<{ findings: Finding[]; bytes: number }> {
  const facts = await readDatabaseFacts(app).catch(messageOf);
  if (typeof facts === "string") {
    const detail = `the ordinary role cannot log in (${facts}): npm start makes it`;
    return { findings: [{ check: "database", state: "failed", detail }], bytes: 0 };
  }
  const problems = databaseProblems(facts);
  const database: Finding = {
    check: "database",
    state: problems.length > 0 ? "failed" : "ok",
    detail: problems.join(" ") || `PostgreSQL ${facts.version}, as the ordinary role ${facts.role}, fsync on`,
  };
  const settings = await withClient(app, async (client): Promise<Finding[]> => {
    const found = serverProblems(await readServerFacts(client)).filter(({ detail }) => !detail.startsWith("fsync "));
    return found.length > 0
      ? found
      : [{ check: "database setting", state: "ok", detail: "what was committed is kept" }];
  });
  const rest = await withClient(owner, async (client) => {
    const clock: Finding = { check: "clock", ...(await compareClocks(client)) };
    const missing = await missingMigrations(client);
    const bytes = await databaseBytes(client);
    const ownerRole = await examineOwner(client);
    if (missing.length > 0) {
      const detail = `not applied: ${missing.join(", ")}; npm start applies them`;
      return { findings: [...ownerRole, { check: "migrations", state: "warn" as const, detail }, clock], bytes };
    }
    const migrations: Finding = { check: "migrations", state: "ok", detail: "all are applied" };
    return {
      findings: [...ownerRole, migrations, ...(await examineSchema(client, facts.role, expected)), clock],
      bytes,
    };
  });
  return { findings: [database, ...settings, ...rest.findings], bytes: rest.bytes };
}

async function compareClocks(client: pg.Client): Promise<State> {
  // The first query warms the connection: of the second, only the way there and back is left.
  await client.query("select 1");
  const asked = Date.now();
  const { rows } = await client.query<{ now: Date }>("select clock_timestamp() as now");
  const middle = (asked + Date.now()) / 2;
  return clockState("this machine's clock", "the database's", middle - (rows[0]?.now.getTime() ?? 0));
}

async function examineOwner(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ role: string; free: boolean }>(
    "select rolname as role, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user",
  );
  if (!rows[0]?.free) return [];
  const detail = `${rows[0].role}, who owns the tables, is a superuser or has BYPASSRLS, so that row-level security does not hold the functions of the ledger: give DATABASE_URL a role of its own (NOSUPERUSER NOBYPASSRLS CREATEROLE)`;
  return [{ check: "role", state: "warn", detail }];
}

/** So many differences are told one by one. */
const TOLD = 20;

async function examineSchema(client: pg.Client, appRole: string, expected?: Catalogue): Promise<Finding[]> {
  let wanted: Catalogue;
  try {
    wanted =
      expected ??
      (await withScratchDatabase((url, role) => withClient(url, (scratch) => readCatalogue(scratch, role))));
  } catch (error) {
    const detail = `it could not be compared, for no second one could be made: ${messageOf(error)}`;
    return [{ check: "schema", state: "warn", detail }];
  }
  const live = await readCatalogue(client, appRole);
  const drift = driftOf(wanted.items, live.items);
  if (drift.length === 0) {
    const detail = `${live.items.length} things and rights are as the migrations made them`;
    return [{ check: "schema", state: "ok", detail }];
  }
  const told = drift.slice(0, TOLD).map((one): Finding => {
    const check = one.item.kind === "right" ? "right" : "schema";
    const migration = lastMigrationNaming(one.item.name.split(/[.(]/).at(one.item.kind === "function" ? 0 : -1) ?? "");
    return { check, ...tellDrift(one, migration, wanted.majorVersion === live.majorVersion) };
  });
  if (drift.length <= TOLD) return told;
  return [...told, { check: "schema", state: "failed", detail: `and ${drift.length - TOLD} more differences` }];
}

async function missingMigrations(client: pg.Client): Promise<string[]> {
  try {
    const { rows } = await client.query<{ name: string }>(
      'select migration_name as name from "_prisma_migrations" where finished_at is not null',
    );
    const applied = new Set(rows.map(({ name }) => name));
    return migrationNames().filter((name) => !applied.has(name));
  } catch {
    return migrationNames();
  }
}

async function databaseBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>("select pg_database_size(current_database()) as bytes");
  return Number(rows[0]?.bytes ?? 0);
}

type Holder = Record<string, unknown> | null;

async function examineApplication(settings: Env, running: Holder): Promise<State> {
  if (running) return { state: "ok", detail: `it runs at ${running.address} (process ${running.pid})` };
  const problem = await portProblem(settings.PORT, settings.HOST);
  return problem
    ? { state: "warn", detail: problem }
    : { state: "ok", detail: `it does not run; port ${settings.PORT} is free` };
}

async function examineSandbox(settings: Env, running: Holder): Promise<State> {
  if (settings.SANDBOX === "off") return { state: "ok", detail: "it is switched off" };
  if (typeof running?.sandboxUrl !== "string") return { state: "ok", detail: "it starts with the application" };
  return (await findSandbox(Number(new URL(running.sandboxUrl).port)))
    ? { state: "ok", detail: `it answers at ${running.sandboxUrl}` }
    : { state: "failed", detail: `it does not answer at ${running.sandboxUrl}: start the application again` };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
