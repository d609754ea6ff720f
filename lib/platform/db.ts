import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { log } from "./log";
import { Prisma, PrismaClient } from "./prisma-client/client";
import { runtime } from "./runtime";

type Pools = { url: string; prisma: PrismaClient; ledger: pg.Pool };
const holder = globalThis as typeof globalThis & { __nichebookPools?: Pools };

// One set of pools per process, made anew when the embedded database came back under another address.
function pools(): Pools {
  const url = runtime().databaseAppUrl;
  if (holder.__nichebookPools?.url === url) return holder.__nichebookPools;
  const old = holder.__nichebookPools;
  const ledger = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  ledger.on("error", (error) => log().warn({ err: error }, "an idle ledger connection ended"));
  // From its first moment: an error between being handed out and being used would find no listener and end the process.
  ledger.on("connect", (client) => client.on("error", () => {}));
  const prisma = new PrismaClient({
    // Statements of one transaction that are asked at the same time are sent without waiting for each other.
    adapter: new PrismaPg(
      { connectionString: url, max: 10, connectionTimeoutMillis: 10_000, pipeline: true },
      { statementNameGenerator: nameOfStatement },
    ),
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
  holder.__nichebookPools = { url, prisma, ledger };
  if (old) void Promise.allSettled([old.ledger.end(), old.prisma.$disconnect()]);
  return holder.__nichebookPools;
}

/** A connection keeps so many plans at most. */
const MOST_NAMED = 500;
/** What has more values is a list of them, and its text differs with their number. */
const MOST_VALUES = 40;
const names = new Map<string, string>();

/**
 * Reads are prepared once for each connection, so that PostgreSQL does not take each apart and plan it every time.
 * Without a name a statement is prepared for one use.
 */
function nameOfStatement({ sql, args }: { sql: string; args: unknown[] }): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMED || args.length > MOST_VALUES || !/^\s*(select|with)\b/i.test(sql)) return "";
  const name = `read_${names.size + 1}`;
  names.set(sql, name);
  return name;
}

/** The Prisma client of the ordinary role. Rows of a team are seen only inside `withTeam`. */
export const db = () => pools().prisma;

/** Connections of the ledger's own: each purchase step is one statement, committed by itself. */
export const ledgerPool = () => pools().ledger;

/** Pieces of SQL and types of rows, for what the client cannot say in its own words. */
export { Prisma };

/** A transaction as Prisma hands it to an interactive callback. */
export type Tx = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

export async function closePools(): Promise<void> {
  const open = holder.__nichebookPools;
  holder.__nichebookPools = undefined;
  if (open) await Promise.allSettled([open.ledger.end(), open.prisma.$disconnect()]);
}
