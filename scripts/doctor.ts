import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { appUrl, type Env, env } from "@/lib/platform/env";
import type { Answer } from "./admin-commands";
import { databaseProblems, readDatabaseFacts } from "./check-database";
import { openEmbeddedPostgres } from "./embedded-postgres";
import { applicationLock, askHolder } from "./lock.mjs";
import { tryExternal } from "./open-database";
import { portProblem } from "./port.mjs";
import { findPlace } from "./postgres-place";
import { externalAppUrl } from "./roles";
import { ROOT } from "./root";
import { migrationNames } from "./schema-engine";
import { findSandbox } from "./start-sandbox";

type Finding = { check: string; state: "ok" | "warn" | "failed"; detail: string };

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
  } catch (error) {
    findings.push({ check: "settings", state: "failed", detail: messageOf(error) });
  }
  if (settings) {
    const running = await askHolder(applicationLock(resolve(ROOT, settings.DATA_DIR)));
    findings.push(...(await examineDatabase(settings)));
    findings.push({ check: "application", ...(await examineApplication(settings, running)) });
    findings.push({ check: "sandbox", ...(await examineSandbox(settings, running)) });
  }
  const ok = findings.every(({ state }) => state !== "failed");
  return { answer: { ok, checks: findings }, failed: !ok };
}

type State = Omit<Finding, "check">;

function built(): State {
  return existsSync(join(ROOT, ".next/BUILD_ID"))
    ? { state: "ok", detail: "the application is built" }
    : { state: "warn", detail: "the application is not built yet: npm start builds it" };
}

async function examineDatabase(settings: Env): Promise<Finding[]> {
  if (settings.DATABASE_URL) {
    try {
      await tryExternal(settings);
      const app = settings.DATABASE_APP_URL ?? externalAppUrl(settings.DATABASE_URL, settings.APP_SECRET ?? "").url;
      return await examineServer(app, settings.DATABASE_URL);
    } catch (error) {
      return [{ check: "database", state: "failed", detail: messageOf(error) }];
    }
  }
  try {
    const place = findPlace(settings.DATA_DIR);
    const folder: Finding = { check: "data folder", state: "ok", detail: `${place.dataDir} can be written to` };
    if (!existsSync(place.databaseDir)) {
      return [folder, { check: "database", state: "warn", detail: "there is none yet: npm start makes it" }];
    }
    const server = await openEmbeddedPostgres({ place });
    try {
      return [folder, ...(await examineServer(server.url("app"), server.url("owner")))];
    } finally {
      await server.leave();
    }
  } catch (error) {
    return [{ check: "database", state: "failed", detail: messageOf(error) }];
  }
}

async function examineServer(app: string, owner: string): Promise<Finding[]> {
  const facts = await readDatabaseFacts(app).catch(messageOf);
  if (typeof facts === "string") {
    const detail = `the ordinary role cannot log in (${facts}): npm start makes it`;
    return [{ check: "database", state: "failed", detail }];
  }
  const problems = databaseProblems(facts);
  const database: Finding = {
    check: "database",
    state: problems.length > 0 ? "failed" : "ok",
    detail: problems.join(" ") || `PostgreSQL ${facts.version}, as the ordinary role ${facts.role}, fsync on`,
  };
  const missing = await missingMigrations(owner);
  const migrations: Finding =
    missing.length === 0
      ? { check: "migrations", state: "ok", detail: "all are applied" }
      : { check: "migrations", state: "warn", detail: `not applied: ${missing.join(", ")}; npm start applies them` };
  return [database, migrations];
}

async function missingMigrations(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      'select migration_name as name from "_prisma_migrations" where finished_at is not null',
    );
    const applied = new Set(rows.map(({ name }) => name));
    return migrationNames().filter((name) => !applied.has(name));
  } catch {
    return migrationNames();
  } finally {
    await client.end().catch(() => {});
  }
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
