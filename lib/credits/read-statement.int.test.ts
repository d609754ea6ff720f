import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json } from "@/lib/testing/scripted-upstream";
import { fillLedger } from "@/lib/testing/synthetic-ledger";
import { readStatement, type Statement, type StatementLine } from "./read-statement";
import { settleByHand } from "./settle-by-hand";

const given = purchases();
let ctx: TeamContext;
let mate: TeamContext;
beforeAll(async () => {
  ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  mate = await makeMember(ctx, "analyst");
  await fillLedger(given.database.superuserPool, ctx, {
    requests: 3_000,
    days: 100,
    memberIds: [ctx.member.id, mate.member.id],
  });
});

const sum = (lines: StatementLine[]) => {
  const total = { requests: 0, documented: 0, assumed: 0, byHand: 0, charged: 0, unsettled: 0, held: 0 };
  for (const line of lines) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += line[key];
  }
  return total;
};

/** What the ledger says of a period, by its events and by its counter. */
async function ledger(team: TeamContext, start: string): Promise<{ events: number; counter: number }> {
  const { rows } = await given.database.superuserPool.query(
    `select (select coalesce(sum(e.credits), 0)::int from credit_event e join credit_request r
         on r.team_id = e.team_id and r.id = e.request_id where r.team_id = $1 and r.period_start = $2::date) as events,
       (select coalesce(sum(spent), 0)::int from credit_counter where team_id = $1 and period_start = $2::date
         and scope = 'team') as counter`,
    [team.team.id, start],
  );
  return rows[0];
}

async function expectAddsUp(team: TeamContext, statement: Statement) {
  for (const lines of [statement.byMember, statement.byPurpose, statement.byDay]) {
    expect(sum(lines)).toEqual(statement.total);
  }
  const { charged, documented, assumed, byHand } = statement.total;
  expect(documented + assumed + byHand).toBe(charged);
  expect(await ledger(team, statement.period.from)).toEqual({ events: charged, counter: charged });
}

describe("a statement", () => {
  test("of any period adds up to the ledger's events and to the counter, to the credit, line by line", async () => {
    const { periods } = await readStatement(ctx);
    expect(periods.length).toBeGreaterThanOrEqual(4);
    let [before, requests] = [0, 0];
    for (const { from, to } of periods.toReversed()) {
      const statement = await readStatement(ctx, { period: from });
      expect(statement.period).toMatchObject({ from, to });
      await expectAddsUp(ctx, statement);
      expect(statement.before.charged).toBe(before);
      expect(statement.check).toMatchObject({ requests: statement.total.requests, isExact: true });
      before += statement.total.charged;
      requests += statement.total.requests;
    }
    expect(requests).toBe(3_000);
  });

  test("counts what is settled by hand in the request's own period, and names the correction where it was made", async () => {
    const { rows } = await given.database.superuserPool.query(
      `select r.id, r.period_start::text as start from credit_request r where team_id = $1 and state = 'unsettled'
       order by reserved_at limit 1`,
      [ctx.team.id],
    );
    const { id, start } = rows[0];
    const [old, now] = [await readStatement(ctx, { period: start }), await readStatement(ctx)];
    await settleByHand(ctx, id, { charged: true, reason: "as the dashboard shows" });
    const [oldAfter, nowAfter] = [await readStatement(ctx, { period: start }), await readStatement(ctx)];
    expect(oldAfter.total).toMatchObject({
      byHand: old.total.byHand + 2,
      charged: old.total.charged + 2,
      unsettled: old.total.unsettled - 2,
    });
    expect(nowAfter.total).toEqual(now.total);
    expect(nowAfter.corrections).toEqual({ events: now.corrections.events + 1, credits: now.corrections.credits + 2 });
    expect(nowAfter.before.charged).toBe(now.before.charged + 2);
    await expectAddsUp(ctx, oldAfter);
  });

  test("tells assumed charges from documented ones, and what cost nothing from what nobody knows yet", async () => {
    const team = await makeTeam();
    const buy = (page: number) => buyPage(team, ask({ page }), explore).catch(() => null);
    await buy(1);
    given.upstream.answer((_q, response) => json(response, 200, { code: 0, message: "success", data: null }));
    await buy(2);
    given.upstream.answer((_q, response) => json(response, 500, { code: 500, message: "no", data: null }));
    await buy(3);
    given.upstream.answer((_q, response) => response.writeHead(200).end("{"));
    await buy(4);
    const statement = await readStatement(team);
    expect(statement.total).toEqual({
      requests: 4,
      documented: 2,
      assumed: 2,
      byHand: 0,
      charged: 4,
      unsettled: 2,
      held: 0,
    });
    expect(statement.notCharged).toEqual({ requests: 1, assumed: 1 });
    expect(statement).toMatchObject({ upstream: "sandbox", madeBy: team.member.name, price: null });
    expect(statement.keys).toHaveLength(1);
    await expectAddsUp(team, statement);
  });

  test("folds others for a reader who may not see them, and still adds up", async () => {
    const visible = (usageVisibility: string) =>
      given.database.superuserPool.query("update team set usage_visibility = $1 where id = $2", [
        usageVisibility,
        ctx.team.id,
      ]);
    const keys = async (reader: TeamContext) => {
      const statement = await readStatement(reader);
      await expectAddsUp(reader, statement);
      return [statement.byMember.map(({ key }) => key).sort(), statement.byPurpose.some(({ key }) => key === "others")];
    };
    const everybody = [ctx.member.id, mate.member.id].sort();
    expect(await keys(mate)).toEqual([everybody, false]);
    await visible("totals");
    expect(await keys(mate)).toEqual([everybody, true]);
    await visible("own");
    expect(await keys(mate)).toEqual([[mate.member.id, "others"].sort(), true]);
    expect(await keys(ctx)).toEqual([everybody, false]);
    await visible("all");
  });

  test("says so when an event was altered or the counter differs", async () => {
    const team = await makeTeam();
    await buyPage(team, ask(), explore);
    expect((await readStatement(team)).check).toEqual({ requests: 1, events: 3, isExact: true });
    await given.database.superuserPool.query("update credit_counter set spent = spent + 1 where team_id = $1", [
      team.team.id,
    ]);
    expect((await readStatement(team)).check?.isExact).toBe(false);
  });

  test("names a day on which no period begins at its field, and of a new team has the running period", async () => {
    const team = await makeTeam();
    await expect(readStatement(team, { period: "2020-01-01" })).rejects.toMatchObject({
      code: "invalid_request",
      details: { errors: [{ path: "period" }] },
    });
    const statement = await readStatement(team);
    expect(statement.periods).toHaveLength(1);
    expect(statement.byMember).toEqual([]);
    await expectAddsUp(team, statement);
  });
});
