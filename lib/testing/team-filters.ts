import pg from "pg";

/** How the application's own filters arrive at PostgreSQL: a team's column compared with a given id. */
const FILTER = /(?:"?\b\w+"?\.)*(?:"?\bteam_id"?|"team"\."id")\s*=\s*(\$\d+)(?:::uuid)?/g;

/**
 * Runs something while every statement of this process goes out with its team filters made true: what keeps teams apart
 * then is row-level security alone, which is told of the team by `set_config` as ever.
 * @returns what it came to, an error too, and how many statements had such a filter
 */
export async function withoutTeamFilters(run: () => Promise<unknown>): Promise<{ result: unknown; dropped: number }> {
  let dropped = 0;
  const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
  const bare = (sql: string) => {
    const text = sql.replace(FILTER, "($1::uuid is not null)");
    if (text !== sql) dropped += 1;
    return text;
  };
  const query = function (this: pg.Client, first: unknown, ...rest: unknown[]) {
    if (typeof first === "string") return original.call(this, bare(first), ...rest);
    const given = first as { text?: string };
    if (given.text === undefined) return original.call(this, given, ...rest);
    // A copy, for who sends it may keep it; a cursor is no plain object and is changed in place.
    const sent = Object.getPrototypeOf(given) === Object.prototype ? { ...given } : given;
    // Without the name under which the connection may have prepared it as it was.
    return original.call(this, Object.assign(sent, { text: bare(given.text), name: undefined }), ...rest);
  };
  Object.assign(pg.Client.prototype, { query });
  try {
    return { result: await run().catch((error: unknown) => error), dropped };
  } finally {
    Object.assign(pg.Client.prototype, { query: original });
  }
}
