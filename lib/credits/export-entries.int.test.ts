import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { fillLedger } from "@/lib/testing/synthetic-ledger";
import { exportEntries } from "./export-entries";
import type { LedgerEntry, UsageFilter } from "./schemas";
import { verifyLedger } from "./verify-ledger";

let database: Awaited<ReturnType<typeof testDatabase>>;
let ctx: TeamContext;
let mate: TeamContext;
beforeAll(async () => {
  database = await testDatabase();
  ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  mate = await makeMember(ctx, "analyst");
  const memberIds = [ctx.member.id, mate.member.id];
  await fillLedger(database.superuserPool, ctx, { requests: 3_333, days: 70, memberIds });
});
afterAll(() => database?.drop());

async function exported(reader: TeamContext, filter: UsageFilter = {}): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for await (const batch of exportEntries(reader, filter)) entries.push(...batch);
  return entries;
}

const counted = async (condition: string) => {
  const { rows } = await database.superuserPool.query(
    `select count(*)::int as n from credit_request where team_id = $1 and ${condition}`,
    [ctx.team.id],
  );
  return rows[0].n as number;
};

describe("an exported ledger", () => {
  test("holds every entry once, newest first, over however many batches", async () => {
    expect((await verifyLedger({ teamId: ctx.team.id })).problems).toEqual([]);
    const entries = await exported(ctx);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3_333);
    expect(entries).toHaveLength(3_333);
    const moments = entries.map(({ at }) => at);
    expect(moments).toEqual(moments.toSorted().reverse());
  });

  test("loses and repeats none where many were made at the same moment, across the end of a batch", async () => {
    const crowd = await makeTeam();
    const memberIds = [crowd.member.id];
    await fillLedger(database.superuserPool, crowd, { requests: 2_500, days: 0, memberIds });
    const ids = (await exported(crowd)).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([2_500, 2_500]);
  });

  test("keeps to the filter", async () => {
    const of = async (filter: UsageFilter) => (await exported(ctx, filter)).length;
    expect(await of({ member: mate.member.id })).toBe(await counted(`member_id = '${mate.member.id}'`));
    expect(await of({ purpose: "schedule" })).toBe(await counted("purpose = 'schedule'"));
    expect(await of({ outcome: "unsettled" })).toBe(await counted("state = 'unsettled'"));
    const { rows } = await database.superuserPool.query(
      "select (now() at time zone 'Asia/Shanghai')::date::text as today, ((now() at time zone 'Asia/Shanghai')::date - 9)::text as then",
    );
    const span = { from: rows[0].then, to: rows[0].today };
    expect(await of(span)).toBe(
      await counted(`(reserved_at at time zone 'Asia/Shanghai')::date between '${span.from}' and '${span.to}'`),
    );
  });

  test("shows a reader only what the team lets members see of others", async () => {
    for (const usageVisibility of ["totals", "own"]) {
      await database.superuserPool.query("update team set usage_visibility = $1 where id = $2", [
        usageVisibility,
        ctx.team.id,
      ]);
      const seen = await exported(mate);
      expect(new Set(seen.map(({ member }) => member.id))).toEqual(new Set([mate.member.id]));
      expect(await exported(ctx)).toHaveLength(3_333);
    }
    await database.superuserPool.query("update team set usage_visibility = 'all' where id = $1", [ctx.team.id]);
    expect(await exported(mate)).toHaveLength(3_333);
  });

  test("asks the database for nothing more once its reader left, and holds no connection between batches", async () => {
    const queries = async () => {
      const { rows } = await database.superuserPool.query(
        `select count(*) filter (where state <> 'idle')::int as open, max(query_start)::text as last from pg_stat_activity
         where datname = $1 and usename = $2`,
        [database.name, database.appRole],
      );
      return rows[0] as { open: number; last: string };
    };
    const batches = exportEntries(ctx, {});
    await batches.next();
    await batches.next();
    const before = await queries();
    expect(before.open).toBe(0);
    await batches.return(undefined);
    expect(await batches.next()).toEqual({ done: true, value: undefined });
    expect(await queries()).toEqual(before);
  });
});
