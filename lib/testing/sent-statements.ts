import pg from "pg";

export type Statement = { text: string; values: unknown[] };

/** What a reader sends to the database, written down while it runs; the frame of its transaction is left out. */
export async function statementsOf(read: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
  const recording = function (this: pg.Client, ...args: unknown[]) {
    const [first, values] = args;
    const text = typeof first === "string" ? first : (first as { text: string }).text;
    const given = Array.isArray(values) ? values : ((first as { values?: unknown[] }).values ?? []);
    if (/^\s*(select|with)\b/i.test(text) && !text.includes("set_config")) sent.push({ text, values: given });
    return original.apply(this, args);
  };
  Object.assign(pg.Client.prototype, { query: recording });
  try {
    await read();
  } finally {
    Object.assign(pg.Client.prototype, { query: original });
  }
  if (sent.length === 0) throw new Error("The reader sent nothing that could be written down");
  return sent;
}
