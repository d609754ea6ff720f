import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { closePools } from "@/lib/platform/db";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";
import { TEST_SECRET } from "@/lib/testing/database";
import { openOwnPostgres } from "@/lib/testing/own-postgres";
import { APP_ROLE } from "@/scripts/embedded-postgres";
import { type Bundle, bundleBuyer } from "./bundle";
import { BUYER_TIMEOUT_MS, type Buyer, startCrashBuyer, startCrashUpstream, type UpstreamProcess } from "./processes";
import { type SqlProxy, startSqlProxy } from "./proxy";
import type { Call } from "./upstream";

/** What a buyer's process finds in place of the upstream. */
export type Wire = "answering" | "impatient" | "dropping" | "refusing";

/** A PostgreSQL that may be stopped, an upstream with a log, and buyers that may be killed. */
export type Site = {
  bundle: Bundle;
  upstream: UpstreamProcess;
  proxy: SqlProxy;
  /** What the upstream has written down so far. */
  calls(): Call[];
  buyer(name: string, wire?: Wire): Promise<Buyer>;
  /** The same place with buyers of another program. */
  using(bundle: Bundle): Site;
  /** As the superuser; repeated while the server is away. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Ends every connection of one buyer at the server. */
  terminate(name: string): Promise<void>;
  /** Waits until the server knows that a buyer is gone. */
  forgotten(name: string): Promise<void>;
  /** Immediate stop (no checkpoint, no goodbye); resolves when the server is back. */
  stopPostgres(): Promise<void>;
  /** The leases of these teams have run out, and the sweeper came by. */
  expire(teams: string[]): Promise<void>;
  /** A session for locks that are to be held. */
  session(): Promise<pg.Client>;
  close(): Promise<void>;
};

export const HOLD_CLASS = 77;

/** A deferred trigger: what a statement has written, but not committed, waits here for the test's lock. */
const HOLD = `
  create table crash_hold (team_id uuid, seq int, lock int, primary key (team_id, seq));
  create function crash_hold() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
  declare v_lock int := (select h.lock from crash_hold h where h.team_id = new.team_id and h.seq = new.seq);
  begin
    if v_lock is not null then perform pg_advisory_xact_lock_shared(${HOLD_CLASS}, v_lock); end if;
    return null;
  end $$;
  revoke all on function crash_hold() from public;
  create constraint trigger crash_hold after insert on credit_event deferrable initially deferred
    for each row execute function crash_hold()`;

/** The buyers' time-out, and a minute less a round of the sweeper. */
const LONGEST_LEASE_MS = BUYER_TIMEOUT_MS + 55_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function openSite(): Promise<Site> {
  const bundle = await bundleBuyer();
  let back = () => {};
  const own = await openOwnPostgres(() => back());
  const { server } = own;
  const logFile = join(own.folder, "upstream.log");
  const upstream = await startCrashUpstream(logFile);
  const proxy = await startSqlProxy(() => Number(new URL(server.url("app")).port));
  // All go through the proxy: the server may come back on another port.
  const through = (url: string) => Object.assign(new URL(url), { port: String(proxy.port) }).href;
  const runtime: Runtime = {
    databaseAppUrl: through(server.url("app")),
    appSecret: TEST_SECRET,
    appSecretPrevious: null,
    sandboxUrl: null,
  };
  setRuntime(runtime);
  const buyers = new Set<Buyer>();
  const sessions: pg.Client[] = [];

  const pool = new pg.Pool({ connectionString: through(server.url("superuser")), max: 4 });
  pool.on("error", () => {});
  /** Our own statements bear the stops that we make. */
  async function steadily<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (error) {
        if (attempt === 100 || !/ECONN|terminat|57P0|shut|starting up|recovery/i.test(`${error}`)) throw error;
        await pause(50);
      }
    }
  }
  const site: Site = {
    bundle,
    upstream,
    proxy,
    calls: () =>
      readFileSync(logFile, "utf8")
        .split("\n")
        // What follows the last line break is a line that is just being written.
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Call),
    async buyer(name, wire = "answering") {
      const at = new URL(runtime.databaseAppUrl);
      at.searchParams.set("application_name", name);
      const sandboxUrl = { dropping: upstream.droppingUrl, refusing: null }[wire as string] ?? upstream.url;
      const buyer = await startCrashBuyer(
        this.bundle.file,
        { ...runtime, databaseAppUrl: at.href, sandboxUrl: wire === "refusing" ? null : sandboxUrl },
        wire === "impatient" ? { KEYAPI_TIMEOUT_MS: "1000" } : {},
      );
      buyers.add(buyer);
      return buyer;
    },
    using: (other) => ({ ...site, bundle: other }),
    query: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await steadily(() => pool.query<Row>(sql, values))).rows,
    async terminate(name) {
      await site.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [name]);
    },
    async forgotten(name) {
      for (;;) {
        const rows = await site.query("select from pg_stat_activity where application_name = $1 limit 1", [name]);
        if (rows.length === 0) return;
        await pause(20);
      }
    },
    async stopPostgres() {
      const returned = new Promise<void>((resolve) => {
        back = resolve;
      });
      process.kill(server.pid(), "SIGQUIT");
      await returned;
    },
    async expire(teams) {
      const [longest] = await site.query<{ ms: number | null }>(
        `select (extract(epoch from max(lease_until) - clock_timestamp()) * 1000)::float8 as ms from credit_request
         where team_id = any($1::uuid[]) and state in ('reserved', 'sending')`,
        [teams],
      );
      if ((longest?.ms ?? 0) > LONGEST_LEASE_MS) throw new Error(`A lease lasts ${longest?.ms} ms more`);
      await site.query(
        `update credit_request set lease_until = clock_timestamp() - interval '1 ms'
         where team_id = any($1::uuid[]) and state in ('reserved', 'sending')`,
        [teams],
      );
      for (;;) {
        await steadily(() => sweepOrphans());
        const left = await site.query(
          `select from credit_request where team_id = any($1::uuid[]) and state in ('reserved', 'sending')
           and lease_until < clock_timestamp() limit 1`,
          [teams],
        );
        if (left.length === 0) return;
      }
    },
    async session() {
      const client = new pg.Client({ connectionString: through(server.url("superuser")) });
      client.on("error", () => {});
      await steadily(() => client.connect());
      sessions.push(client);
      return client;
    },
    async close() {
      await Promise.allSettled([...buyers].map((buyer) => buyer.stop()));
      await Promise.allSettled([closePools(), pool.end(), ...sessions.map((session) => session.end())]);
      await proxy.close();
      await upstream.stop();
      await own.close();
      bundle.remove();
    },
  };
  await site.query(HOLD);
  // Each killed process needs new connections: one round of hashing is enough for a password that guards nothing.
  const password = decodeURIComponent(new URL(runtime.databaseAppUrl).password);
  const session = await site.session();
  await session.query(`set scram_iterations = 1; alter role ${APP_ROLE} password ${session.escapeLiteral(password)}`);
  return site;
}
