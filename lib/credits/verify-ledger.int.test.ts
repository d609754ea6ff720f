import { randomUUID } from "node:crypto";
import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { type Exchange, fullPage, json } from "@/lib/testing/scripted-upstream";
import { setLimit } from "./set-limit";
import { settleByHand } from "./settle-by-hand";
import { verifyLedger } from "./verify-ledger";

const given = purchases();
let ctx: TeamContext;

// A ledger with a request of each kind: charged, not charged, unsettled, settled by hand.
beforeAll(async () => {
  ctx = await makeTeam();
  await setLimit({ teamId: ctx.team.id, memberId: null, credits: 100 });
  const failures = [
    fullPage,
    (_q, response) => json(response, 500, { code: 500, message: "no", data: null }),
    (_q, response) => response.writeHead(200).end("{"),
    (_q, response) => response.writeHead(200).end("<"),
  ] satisfies Exchange[];
  for (const [index, exchange] of failures.entries()) {
    given.upstream.answer(exchange);
    const error = await buyPage(ctx, ask({ page: index + 1 }), explore).catch((caught) => caught);
    if (index === 3) await settleByHand(ctx, error.details.requestId, { charged: true, reason: "dashboard" });
  }
});

/** What the proof finds after a change made behind the triggers' back; the change is rolled back. */
async function problemsAfter(change: (client: pg.PoolClient) => Promise<unknown>): Promise<string[]> {
  const client = await given.database.superuserPool.connect();
  try {
    await client.query("begin");
    for (const table of ["credit_event", "credit_request", "snapshot", "ranking_row", "served_answer"]) {
      await client.query(`alter table ${table} disable trigger user`);
    }
    for (const { conname, relname } of (
      await client.query(
        "select c.conname, t.relname from pg_constraint c join pg_class t on t.oid = c.conrelid where c.contype in ('f', 'c', 'p', 'u') and t.relname in ('credit_event', 'credit_request', 'credit_counter', 'raw_answer', 'snapshot', 'ranking_row') order by c.contype in ('p', 'u')",
      )
    ).rows) {
      await client.query(`alter table ${relname} drop constraint ${conname} cascade`);
    }
    await change(client);
    const { rows } = await client.query("select problem from credits_verify($1)", [ctx.team.id]);
    return rows.map(({ problem }) => problem);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const ANOTHER: Record<string, string> = {
  uuid: `'${randomUUID()}'::uuid`,
  text: "'altered'",
  integer: "coalesce(%I, 0) + 1",
  date: "%I + 1",
  "timestamp with time zone": "coalesce(%I, now()) + interval '1 second'",
  bytea: "'\\x00'::bytea",
  boolean: "not %I",
};

test("an untouched ledger has no problem", async () => {
  expect(await problemsAfter(async () => undefined)).toEqual([]);
  expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({
    ok: true,
    requests: 4,
    charged: 4,
    unsettled: 2,
  });
});

test("any single altered field of any request, event or counter is found", async () => {
  const { rows: columns } = await given.database.superuserPool.query(
    "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' and table_name in ('credit_request', 'credit_event', 'credit_counter')",
  );
  const missed: string[] = [];
  let altered = 0;
  for (const { table_name, column_name, data_type } of columns) {
    const { rows } = await given.database.superuserPool.query(
      `select ctid::text as at from ${table_name} where team_id = $1`,
      [ctx.team.id],
    );
    for (const { at } of rows) {
      altered += 1;
      const value = (ANOTHER[data_type] ?? "null").replaceAll("%I", `"${column_name}"`);
      const problems = await problemsAfter((client) =>
        client.query(`update ${table_name} set "${column_name}" = ${value} where ctid = $1::tid`, [at]),
      );
      if (problems.length === 0) missed.push(`${table_name}.${column_name} ${at}`);
    }
  }
  expect(missed).toEqual([]);
  expect(altered).toBeGreaterThan(300);
}, 180_000);

test("any single removed or doubled row is found", async () => {
  for (const table of ["credit_request", "credit_event", "credit_counter", "snapshot", "ranking_row"]) {
    const { rows } = await given.database.superuserPool.query(
      `select ctid::text as at from ${table} where team_id = $1`,
      [ctx.team.id],
    );
    for (const { at } of rows) {
      const problems = await problemsAfter((client) => client.query(`delete from ${table} where ctid = $1::tid`, [at]));
      expect(problems, `${table} ${at}`).not.toEqual([]);
    }
  }
  const problems = await problemsAfter(async (client) => {
    await client.query(
      "create temp table twin as select * from credit_event where team_id = $1 and kind = 'charged' limit 1",
      [ctx.team.id],
    );
    await client.query("update twin set seq = seq + 1");
    await client.query("insert into credit_event select * from twin");
  });
  expect(problems).not.toEqual([]);
});
