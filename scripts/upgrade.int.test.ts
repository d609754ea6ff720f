import { randomUUID } from "node:crypto";
import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { contextOfMember } from "@/lib/auth/read-context";
import { settle } from "@/lib/credits/ledger";
import { buyPage } from "@/lib/insights/buy-page";
import { closePools } from "@/lib/platform/db";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import {
  asSuperuser,
  type FurtherDatabase,
  furtherDatabases,
  type Rows,
  readRows,
  wallsOf,
} from "@/lib/testing/further-databases";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { isLong, makeWholeTeam } from "@/lib/testing/whole-team";
import { migrate, migrateTo } from "./migrate";
import { migrationNames } from "./schema-engine";

// Upgrades from every version that the migrations went through, with rows that were written as that version would have
// written them. `npm run test:long` tries each; `npm test` those before a migration that changes rows, or the ledger's sums.

const names = migrationNames();
const CHANGES_ROWS = /_ledger$|_credit_price$|_cheaper_claims$|_team_slugs$|_audit_chain$|_paid_by_share$/;
const versions = names
  .map((name, index) => ({ name, next: names[index + 1] ?? "" }))
  .filter(({ next }) => isLong || next === "" || next === names.at(-1) || CHANGES_ROWS.test(next));

/** What the functions of the ledger write themselves. */
const LEDGER = new Set(
  "credit_request credit_event credit_counter flight served_answer raw_answer snapshot ranking_row category outbox key_pace".split(
    " ",
  ),
);
const CHECK_VIOLATION = "23514";

const given = purchases();
const further = furtherDatabases(given);
let ctx: TeamContext;
let today: Rows;
let walls: string[];
/** Goes through the versions, one after the other, with nothing in it. */
let traveller: FurtherDatabase;
beforeAll(async () => {
  ({ ctx, rows: today } = await makeWholeTeam(given));
  walls = await wallsOf(given.database);
  traveller = await further();
});

test("the team has a row in every table, so that each is upgraded with one", () => {
  expect(Object.keys(today).filter((table) => today[table]?.length === 0)).toEqual([]);
});

/** Writes today's rows as far as the version has their tables and columns, and takes their words. */
async function writeRows(client: pg.Client): Promise<void> {
  const { rows: columns } = await client.query<{ table: string; columns: string[] }>(
    `select table_name as table, array_agg(column_name::text) as columns from information_schema.columns
     where table_schema = 'public' and table_name <> '_prisma_migrations' group by 1`,
  );
  // Each row refers to others, of which some come later.
  await client.query("set session_replication_role = replica");
  for (const { table, columns: there } of columns.filter((one) => !LEDGER.has(one.table))) {
    const rows = today[table] ?? [];
    const list = there.map((column) => `"${column}"`).join();
    let taken = 0;
    for (const row of rows) {
      const sql = `insert into "${table}" (${list}) select ${list} from jsonb_populate_record(null::"${table}", $1) on conflict do nothing`;
      try {
        await client.query(sql, [row]);
        taken += 1;
      } catch (error) {
        if ((error as { code?: string }).code !== CHECK_VIOLATION) throw error;
      }
    }
    expect([table, taken > 0]).toEqual([table, true]);
  }
  await client.query("set session_replication_role = origin");
}

const askOf = (over: Record<string, unknown>) => ({
  ...{ upstream: "sandbox", endpoint: "insights_products", region: "US", window: "7", category_id: null, q: null },
  ...{ page: 1, question_key: randomUUID(), member_id: ctx.member.id, token_id: null, purpose: "explore" },
  ...{ input_hash: "", price_credits: 2, max_age_ms: 0, waited_ms: 0, lease_ms: 600_000, nonce: randomUUID() },
  ...over,
});

/** A purchase by the version's own functions, up to the moment in which the call goes out. */
async function send(client: pg.Client, id: string, over: Record<string, unknown>) {
  const asked = askOf(over);
  const { rows } = await client.query("select result from credits_claim($1, $2, $3)", [ctx.team.id, id, asked]);
  expect(rows).toEqual([{ result: "claimed" }]);
  const begun = await client.query("select result from credits_begin_send($1, $2, $3, 1, 600000, 1000, 1000)", [
    ctx.team.id,
    id,
    asked.nonce,
  ]);
  expect(begun.rows).toEqual([{ result: "ok" }]);
  return asked;
}

/** Buys what the team has bought, under the same ids, so that what refers to it finds it. @returns a request under way */
async function buyAgain(client: pg.Client): Promise<{ id: string; nonce: string }> {
  const snapshots = new Map(today.snapshot?.map((snapshot) => [snapshot.request_id, snapshot.id]));
  for (const { id, region, window, question_key, state } of today.credit_request ?? []) {
    const { nonce } = await send(client, String(id), { region, window, question_key });
    const rows = [{ place: 1, categoryId: "777777", categoryName: "Perfume", posts: 3 }];
    const settled = await client.query("select result from credits_settle($1, $2, $3, $4, $5, $6, $7)", [
      ...[ctx.team.id, id, nonce, snapshots.get(id) ?? randomUUID()],
      { outcome: state, basis: "assumed", http_status: 200 },
      Buffer.from("{}"),
      state === "charged" ? JSON.stringify({ total: 1, hasMore: false, rows }) : null,
    ]);
    expect(settled.rows).toEqual([{ result: "settled" }]);
  }
  const id = randomUUID();
  return { id, nonce: (await send(client, id, {})).nonce };
}

/** The rows of later as the columns of before show them. */
const shownAs = (before: Record<string, unknown>[], after: Record<string, unknown>[]) => {
  const columns = Object.keys(before[0] ?? {}).sort();
  const text = (row: Record<string, unknown>) => JSON.stringify(columns.map((column) => row[column]));
  return { was: before.map(text).sort(), is: after.map(text).sort() };
};

test.each(versions)(
  "from $name, every row is kept, the ledger is exact, and a purchase under way ends",
  async (version) => {
    await migrateTo(traveller.ownerUrl, names.slice(0, names.indexOf(version.name) + 1));
    const database = await further(traveller.name);
    const { before, underWay } = await asSuperuser(database, async (client) => {
      await writeRows(client);
      const { rows } = await client.query("select to_regproc('credits_claim') is not null as there");
      const underWay = rows[0].there ? await buyAgain(client) : null;
      return { before: await readRows(client), underWay };
    });

    await migrate(database);

    const after = await asSuperuser(database, readRows);
    for (const [table, rows] of Object.entries(before)) {
      const { was, is } = shownAs(rows, after[table] ?? []);
      expect([table, ...is]).toEqual([table, ...was]);
    }
    expect(await wallsOf(database)).toEqual(walls);
    await closePools();
    setRuntime({ ...runtime(), databaseAppUrl: database.appUrl });
    const { slug } = ctx.team;
    expect(await contextOfMember(slug, ctx.member.userId, { address: null, userAgent: null })).toMatchObject({
      team: { slug },
      member: { role: "owner" },
    });
    if (underWay) {
      const answer = { upstreamRequestId: null, raw: Buffer.from("{}"), answerJson: null, httpStatus: 500 };
      const failed = { outcome: "not_charged", basis: "assumed", problem: "upstream_failed", reason: null } as const;
      const end = settle(ctx.team.id, underWay.id, underWay.nonce, randomUUID(), { ...failed, ...answer });
      expect(await end).toMatchObject({ result: "settled" });
    }
    expect(await buyPage(ctx, ask({ region: "FR" }), explore)).toMatchObject({ source: "bought" });
    const verify = "select * from credits_verify($1) union all select * from audit_verify($1)";
    expect((await asSuperuser(database, (client) => client.query(verify, [ctx.team.id]))).rows).toEqual([]);
  },
);
