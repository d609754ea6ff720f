import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** The database of the application under test, as whom nothing holds: for rows that nobody would type. */
export async function withDatabase<T>(use: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const dataDir = process.env.E2E_DATA_DIR ?? "";
  const { superuserPassword } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  // The fourth line of PostgreSQL's own file is the port that it listens on.
  const port = Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[3]);
  const pool = new pg.Pool({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: superuserPassword,
    database: "nichebook",
  });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}
