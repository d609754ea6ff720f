import { afterEach, describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { answerOnceAllAsked, ask, explore, purchases } from "@/lib/testing/purchases";
import { fullPage, json } from "@/lib/testing/scripted-upstream";
import { entriesSql } from "./entry-rows";
import { fetchCreditSettings } from "./internal";
import { readEntries } from "./read-entries";
import { readLog } from "./read-log";
import { readPeriod } from "./read-period";
import { readSummary } from "./read-summary";
import { readUsage } from "./read-usage";
import type { CreditSettings, Purpose } from "./schemas";
import { setLimit } from "./set-limit";
import { usageSql } from "./usage-sql";

const given = purchases();

const buy = (ctx: TeamContext, over: Record<string, unknown> = {}, purpose: Purpose = "explore") =>
  buyPage(ctx, ask(over), { ...explore, purpose });
const sql = (text: string, values: unknown[] = []) => given.database.superuserPool.query(text, values);
const clockAt = (moment: string) =>
  sql("update app_clock set offset_seconds = extract(epoch from $1::timestamptz - now())::int", [moment]);
const show = (ctx: TeamContext, visibility: CreditSettings["usageVisibility"]) =>
  sql("update team set usage_visibility = $2 where id = $1", [ctx.team.id, visibility]);
const namesOf = (groups: { name: string; spent: number }[]) => groups.map(({ name, spent }) => `${name} ${spent}`);

afterEach(() => sql("update app_clock set offset_seconds = 0"));

/** A team of three: Mia (owner) buys twice, Chen once through a schedule and once not, Ana once. */
async function threeWhoBuy() {
  const mia = await makeTeam();
  const chen = await makeMember(mia, "analyst", "Chen Wei");
  const ana = await makeMember(mia, "admin", "Ana Sousa");
  await buy(mia, { page: 1 });
  await buy(mia, { page: 2, region: "GB" }, "search");
  await buy(chen, { page: 3 });
  await buy(chen, { page: 4 }, "schedule");
  await buy(ana, { page: 5 });
  await buy(ana, { page: 1 });
  return { mia, chen, ana };
}

describe("who sees whose usage", () => {
  test("admins and owners see everybody whatever is set, and so does everybody where all is set", async () => {
    const { mia, chen, ana } = await threeWhoBuy();
    for (const visibility of ["all", "totals", "own"] as const) {
      await show(mia, visibility);
      for (const ctx of visibility === "all" ? [mia, ana, chen] : [mia, ana]) {
        const usage = await readUsage(ctx, { by: "member" });
        expect(usage).toMatchObject({ visibility: "all", spent: 10, saved: { answers: 1, credits: 2 } });
        expect(namesOf(usage.groups)).toEqual(["Chen Wei 4", "Mia Keller 4", "Ana Sousa 2"]);
        expect((await readLog(ctx, { free: true })).items).toHaveLength(6);
        expect((await readEntries(ctx, { member: chen.member.id })).items).toHaveLength(2);
      }
    }
  });

  test("where totals are set, others are sums by member: no single request, no part of a sum", async () => {
    const { mia, chen } = await threeWhoBuy();
    await show(mia, "totals");
    const usage = await readUsage(chen, { by: "member" });
    expect(namesOf(usage.groups)).toEqual(["Chen Wei 4", "Mia Keller 4", "Ana Sousa 2"]);
    expect(usage.spent).toBe(10);

    const entries = await readEntries(chen, {});
    expect(entries.items.map(({ member }) => member.name)).toEqual(["Chen Wei", "Chen Wei"]);
    expect((await readLog(chen, { free: true })).items).toHaveLength(2);
    const hidden = { code: "invalid_request", details: { errors: [{ path: "member", message: "member_hidden" }] } };
    await expect(readEntries(chen, { member: mia.member.id })).rejects.toMatchObject(hidden);
    await expect(readLog(chen, { member: mia.member.id, free: true })).rejects.toMatchObject(hidden);
    expect((await readUsage(chen, { by: "member", member: mia.member.id })).spent).toBe(4);

    // What would take others' sums apart: only one's own, or folded.
    expect(await readUsage(chen, { by: "member", purpose: "search" })).toMatchObject({ spent: 0, onlyOwn: true });
    expect(await readUsage(chen, { by: "member", member: mia.member.id, region: "GB" })).toMatchObject({ spent: 0 });
    expect(namesOf((await readUsage(chen, { by: "purpose" })).groups)).toEqual(["explore 2", "schedule 2", "others 6"]);
    expect(namesOf((await readUsage(chen, { by: "region" })).groups)).toEqual(["US 4", "others 6"]);
    expect(namesOf((await readUsage(chen, { by: "token" })).groups)).toEqual(["none 4", "others 6"]);
    expect(namesOf((await readUsage(chen, { by: "search" })).groups)).toEqual(["none 4", "others 6"]);
  });

  test("where only one's own is set, others are folded into one sum without a name, day by day too", async () => {
    const { mia, chen, ana } = await threeWhoBuy();
    await show(mia, "own");
    const usage = await readUsage(chen, { by: "member" });
    expect(namesOf(usage.groups)).toEqual(["Chen Wei 4", "others 6"]);
    expect(usage.people.map(({ name }) => name)).toEqual(["Chen Wei"]);
    expect(usage.days.map(({ series, spent }) => [series, spent]).sort()).toEqual(
      [
        [chen.member.id, 2],
        ["others", 6],
        ["schedules", 2],
      ].sort(),
    );
    // The team's own figures stay: the limit is the team's.
    expect(await readPeriod(chen)).toMatchObject({ spent: 10 });
    const told = JSON.stringify([
      usage,
      await readSummary(chen),
      await readSummary(chen, { groupBy: "day" }),
      await readEntries(chen, {}),
      await readLog(chen, { free: true }),
    ]);
    for (const other of [mia, ana]) {
      expect(told).not.toContain(other.member.id);
      expect(told).not.toContain(other.member.name);
    }
    for (const read of [
      () => readUsage(chen, { by: "member", member: mia.member.id }),
      () => readSummary(chen, { member: mia.member.id }),
    ]) {
      await expect(read()).rejects.toMatchObject({
        details: { errors: [{ path: "member", message: "member_hidden" }] },
      });
    }
  });

  test("a shared answer does not tell a reader whose request it was, where others' requests are hidden", async () => {
    const mia = await makeTeam();
    const chen = await makeMember(mia, "analyst", "Chen Wei");
    answerOnceAllAsked(given, mia, 2, fullPage);
    const [one, two] = await Promise.all([buy(mia), buy(chen)]);
    const shared = one.source === "shared" ? mia : chen;
    const buyer = shared === mia ? chen : mia;
    expect([one.source, two.source].sort()).toEqual(["bought", "shared"]);
    const lineOf = async (ctx: TeamContext) =>
      (await readLog(ctx, { free: true })).items.find(({ kind }) => kind === "served");
    expect(await lineOf(mia)).toMatchObject({
      served: { source: "shared", boughtBy: buyer.member.name, member: { id: shared.member.id } },
    });
    await show(mia, "own");
    if (shared === chen) expect(await lineOf(chen)).toMatchObject({ served: { boughtBy: null } });
    else expect(await lineOf(chen)).toBeUndefined();
  });
});

describe("a selection", () => {
  test("narrows sums, bars, table and log alike, by every field", async () => {
    const { mia, chen } = await threeWhoBuy();
    const cases = [
      [{ member: chen.member.id }, 4],
      [{ purpose: "search" }, 2],
      [{ outcome: "charged" }, 10],
      [{ outcome: "unsettled" }, 0],
      [{ region: "GB" }, 2],
      [{ from: "2020-01-01", to: "2020-12-31" }, 0],
    ] as const;
    for (const [filter, spent] of cases) {
      const [usage, log, summary] = await Promise.all([
        readUsage(mia, { ...filter, by: "member" }),
        readLog(mia, { ...filter, free: false }),
        readSummary(mia, { ...filter, groupBy: "region" }),
      ]);
      const sums = [usage.days, usage.groups, summary.groups].map((list) =>
        (list as { spent: number }[]).reduce((sum, one) => sum + one.spent, 0),
      );
      const listed = log.items.reduce((sum, item) => sum + (item.kind === "bought" ? item.entry.credits : 0), 0);
      expect([usage.spent, summary.spent, listed, ...sums]).toEqual(Array(6).fill(spent));
    }
  });

  test("of a member that the team never had is refused at its field", async () => {
    const [mia, other] = [await makeTeam(), await makeTeam()];
    const unknown = { code: "invalid_request", details: { errors: [{ path: "member", message: "member_unknown" }] } };
    for (const read of [
      () => readUsage(mia, { by: "member", member: other.member.id }),
      () => readSummary(mia, { member: other.member.id }),
      () => readEntries(mia, { member: other.member.id }),
      () => readLog(mia, { member: other.member.id, free: true }),
    ]) {
      await expect(read()).rejects.toMatchObject(unknown);
    }
  });

  test("says limit and left only for the whole running period; the counter says the same to the shell", async () => {
    const { mia } = await threeWhoBuy();
    await setLimit({ teamId: mia.team.id, memberId: null, credits: 100 });
    expect(await readSummary(mia)).toMatchObject({ spent: 10, limit: 100, left: 90 });
    expect(await readSummary(mia, { purpose: "search" })).toMatchObject({ spent: 2, limit: null, left: null });
    expect(await readUsage(mia, { by: "member", purpose: "search" })).toMatchObject({
      isPlain: false,
      saved: null,
      period: { spent: 10, limit: 100, left: 90 },
    });
    const { groups, ...summary } = await readSummary(mia);
    expect(groups).toHaveLength(3);
    expect(await readPeriod(mia)).toMatchObject(summary);
  });
});

describe("the request log", () => {
  test("tells latency, status and what was stored, and nothing where nothing was sent or seen", async () => {
    const mia = await makeTeam();
    await buy(mia);
    given.upstream.answer((_q, response) => json(response, 500, { code: 500, message: "no", data: null }));
    await buy(mia, { page: 2 }).catch(() => null);
    given.upstream.answer((_q, response) => response.destroy());
    await buy(mia, { page: 3 }).catch(() => null);
    const { items } = await readEntries(mia, {});
    expect(items).toMatchObject([
      { outcome: "unsettled", httpStatus: null, rowCount: null, credits: 2 },
      { outcome: "not_charged", httpStatus: 500, rowCount: null, credits: 0 },
      { outcome: "charged", httpStatus: 200, rowCount: 20, credits: 2 },
    ]);
    expect(items[0]?.latencyMs).toBeNull();
    for (const item of items.slice(1)) expect(item.latencyMs).toBeGreaterThanOrEqual(0);
  });

  test("puts free answers between the bought ones in order of time, page by page, each once", async () => {
    const mia = await makeTeam();
    for (let page = 1; page <= 20; page++) {
      await buy(mia, { page });
      await buy(mia, { page });
      await buy(mia, { page });
    }
    const first = await readLog(mia, { free: true });
    const second = await readLog(mia, { free: true, cursor: first.nextCursor ?? "" });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 10, null]);
    const lines = [...first.items, ...second.items].map((item) => (item.kind === "bought" ? item.entry : item.served));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(60);
    expect(lines.map(({ at }) => at)).toEqual(
      lines
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect((await readLog(mia, { free: false })).items).toHaveLength(20);
    expect((await readUsage(mia, { by: "region" })).groups).toMatchObject([{ key: "US", spent: 40, free: 40 }]);
    expect((await readUsage(mia, { by: "member" })).saved).toEqual({ answers: 40, credits: 80 });
  });
});

describe("a month of three", () => {
  test("is answered to the credit: who spent what on which day, for what, and what it bought", async () => {
    const mia = await makeTeam({ timeZone: "Asia/Shanghai" });
    const chen = await makeMember(mia, "analyst", "Chen Wei");
    const ana = await makeMember(mia, "analyst", "Ana Sousa");
    const purposes = ["explore", "search", "watchlist", "schedule"] as const;
    // Each day somebody else buys more, at hours on both sides of midnight in Shanghai; some of it fails.
    for (let day = 1; day <= 30; day++) {
      for (const [index, who] of [mia, chen, ana].entries()) {
        if ((day + index) % 3 === 0) continue;
        await clockAt(`2027-06-${String(day).padStart(2, "0")}T${index === 0 ? "15:59:00" : "16:01:00"}Z`);
        given.upstream.answer(
          (day * 7 + index) % 11 === 0 ? (_q, r) => json(r, 500, { code: 500, message: "no", data: null }) : fullPage,
        );
        const asked = buy(who, { page: 1 + index, maxAgeMinutes: 0 }, purposes[(day + index) % 4]);
        await asked.catch(() => null);
      }
    }
    await clockAt("2027-06-30T15:59:30Z");
    const usage = await readUsage(mia, { by: "purpose" });

    // From the events alone, which nothing above reads.
    const { rows } = await sql(
      `select (r.reserved_at at time zone 'Asia/Shanghai')::date::text as day, r.member_id, r.purpose,
         sum(e.credits)::int as credits
       from credit_request r join credit_event e on e.team_id = r.team_id and e.request_id = r.id
       where r.team_id = $1 and (r.reserved_at at time zone 'Asia/Shanghai')::date between '2027-06-01' and '2027-06-30'
       group by 1, 2, 3`,
      [mia.team.id],
    );
    const sumBy = (key: (row: { day: string; member_id: string; purpose: string }) => string) => {
      const sums: Record<string, number> = {};
      for (const row of rows) if (row.credits > 0) sums[key(row)] = (sums[key(row)] ?? 0) + row.credits;
      return sums;
    };
    const total = rows.reduce((sum, row) => sum + row.credits, 0);
    expect(total).toBeGreaterThan(80);
    expect(usage).toMatchObject({ from: "2027-06-01", to: "2027-06-30", isPlain: true, spent: total });
    expect(usage.period.spent).toBe(total);
    expect(
      Object.fromEntries(usage.days.filter(({ spent }) => spent > 0).map((d) => [`${d.day} ${d.series}`, d.spent])),
    ).toEqual(sumBy(({ day, member_id, purpose }) => `${day} ${purpose === "schedule" ? "schedules" : member_id}`));
    expect(Object.fromEntries(usage.groups.map(({ key, spent }) => [key, spent]))).toEqual(
      sumBy(({ purpose }) => purpose),
    );
    const byMember = await readUsage(mia, { by: "member" });
    expect(Object.fromEntries(byMember.groups.map(({ key, spent }) => [key, spent]))).toEqual(
      sumBy(({ member_id }) => member_id),
    );
    // Minutes before the month ends nothing more is to come.
    expect(usage.forecast).toMatchObject({ expected: total });

    // And a day in the log: who, what for, what it bought.
    const log = await readLog(mia, { from: "2027-06-10", to: "2027-06-10", free: false });
    for (const item of log.items) {
      if (item.kind !== "bought" || item.entry.outcome !== "charged") continue;
      expect(item.entry).toMatchObject({ credits: 2, rowCount: 20 });
    }
    const listed = log.items.reduce((sum, item) => sum + (item.kind === "bought" ? item.entry.credits : 0), 0);
    expect(listed).toBe(rows.filter(({ day }) => day === "2027-06-10").reduce((sum, row) => sum + row.credits, 0));
  });
});

describe("reading many entries", () => {
  test("takes the log from its index and the running period from its own, never the whole ledger", async () => {
    const mia = await makeTeam();
    // Somebody who asks seldom: whose log is cheap through no other index than the members' own.
    const chen = await makeMember(mia, "analyst");
    await buy(mia);
    await sql(
      `insert into credit_request (team_id, id, upstream, endpoint, region, "window", page, question_key, key_id, member_id,
         purpose, input_hash, price_credits, period_start, reserved_at, state, nonce)
       select r.team_id, gen_random_uuid(), r.upstream, r.endpoint, r.region, r."window", r.page, r.question_key, r.key_id,
         case when n % 300 = 0 then $2 else r.member_id end, r.purpose, r.input_hash, 2, date '2020-01-01' + (n / 500) * 31, timestamptz '2020-01-01' + n * interval '1 hour',
         'charged', gen_random_uuid()
       from credit_request r cross join generate_series(1, 30000) n where r.team_id = $1`,
      [mia.team.id, chen.member.id],
    );
    await sql("analyze credit_request");
    const plan = async (query: { text: string; values: unknown[] }) => {
      const { rows } = await sql(`explain ${query.text}`, query.values);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    };
    const settings = await asTeam(mia.team.id, (tx) => fetchCreditSettings(tx, mia.team.id));
    const scope = { ctx: mia, filter: {}, settings };
    const log = await plan(entriesSql(scope, null));
    expect(log).toContain("credit_request_team_id_reserved_at_id_idx");
    const mine = await plan(entriesSql({ ...scope, filter: { member: chen.member.id } }, null));
    expect(mine).toContain("credit_request_team_id_member_id_reserved_at_idx");
    const span = { from: "2026-11-01", to: "2026-11-30", periodStart: "2026-11-01" };
    expect(await plan(usageSql(scope, span, "member"))).toContain("credit_request_team_id_upstream_period_start_idx");
    for (const text of [log, mine]) expect(text).not.toMatch(/Seq Scan on credit_request/);
  });
});
