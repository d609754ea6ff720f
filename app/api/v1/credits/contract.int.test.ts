import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as entries from "@/app/api/v1/credits/entries/route";
import * as entriesCsv from "@/app/api/v1/credits/entries.csv/route";
import * as settle from "@/app/api/v1/credits/requests/[id]/settle/route";
import * as statementCsv from "@/app/api/v1/credits/statement.csv/route";
import * as summary from "@/app/api/v1/credits/summary/route";
import * as summaryCsv from "@/app/api/v1/credits/summary.csv/route";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { ROLES } from "@/lib/auth/schemas";
import { setLimit } from "@/lib/credits/set-limit";
import { buyPage } from "@/lib/insights/buy-page";
import { type ApiCallOptions, callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";

const given = purchases();
let ctx: TeamContext;
let cookie: string;
let reader: string;
let unsettledId: string;
beforeAll(async () => {
  ctx = await makeTeam();
  cookie = await signedIn(ctx.member.userId);
  await setLimit({ teamId: ctx.team.id, memberId: null, credits: 100 });
  await buyPage(ctx, ask(), explore);
  given.upstream.answer((_q, response) => response.writeHead(200).end("{"));
  const lost = await buyPage(ctx, ask({ page: 2 }), explore).catch((error) => error);
  unsettledId = lost.details.requestId;
  const token = { teamId: ctx.team.id, memberId: ctx.member.id, name: "reader", scope: "read" } as const;
  reader = (await createToken(token)).token;
});

const READS = { entries, entriesCsv, statementCsv, summary, summaryCsv };
const reads = Object.entries(READS);
const mine = (query: Record<string, string> = {}): ApiCallOptions => ({
  cookie,
  query: { team: ctx.team.slug, ...query },
});
const settled = (id: string, json: unknown, caller: ApiCallOptions = mine()) =>
  callApi(settle.POST, { method: "POST", params: { id }, json, ...caller });

describe("reading credits", () => {
  test.each(reads)("%s is open to every role, and to a token that may only read", async (_name, { GET }) => {
    for (const role of ROLES) {
      const member = await makeMember(ctx, role);
      const answer = await callApi(GET, { ...mine(), cookie: await signedIn(member.member.userId) });
      expect([role, answer.status]).toEqual([role, 200]);
    }
    expect((await callApi(GET, { token: reader })).status).toBe(200);
  });

  test.each(reads)("%s is 404 for another team and 401 for nobody", async (_name, { GET }) => {
    const foreign = await makeTeam();
    const query = { team: foreign.team.slug };
    expect(await callApi(GET, { cookie, query })).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await callApi(GET, { token: reader, query })).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await callApi(GET, { query })).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  });

  test("names each mistake of an input at its field", async () => {
    const stranger = await makeTeam();
    const mistakes: [keyof typeof READS, Record<string, string>, string][] = [
      ["entries", { member: randomUUID() }, "member"],
      ["entries", { member: stranger.member.id }, "member"],
      ["entries", { member: "Mia" }, "member"],
      ["entriesCsv", { member: stranger.member.id }, "member"],
      ["entries", { from: "2026-11-09", to: "2026-11-08" }, "to"],
      ["entriesCsv", { from: "2026-11-09", to: "2026-11-08" }, "to"],
      ["summary", { from: "2026-11-09", to: "2026-11-08" }, "to"],
      ["summaryCsv", { from: "2026-11-09", to: "2026-11-08" }, "to"],
      ["summary", { from: "2026-02-30" }, "from"],
      ["entries", { to: "yesterday" }, "to"],
      ["summary", { groupBy: "planet" }, "groupBy"],
      ["entries", { cursor: "AAAA" }, "cursor"],
      ["entriesCsv", { purpose: "fun" }, "purpose"],
      ["entriesCsv", { outcome: "won" }, "outcome"],
      ["statementCsv", { period: "2026-13-01" }, "period"],
      ["statementCsv", { period: "1999-01-01" }, "period"],
    ];
    for (const [route, query, path] of mistakes) {
      const answer = await callApi(READS[route].GET, mine(query));
      expect([route, query, answer.status, answer.body.code]).toEqual([route, query, 400, "invalid_request"]);
      const [error] = answer.body.errors as { path: string; message: string }[];
      expect([route, query, error?.path]).toEqual([route, query, path]);
      expect(error?.message).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("takes a first day without a last one", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const log = await callApi(entries.GET, mine({ from: today }));
    expect((log.body.items as unknown[]).length).toBe(2);
    const sums = await callApi(summary.GET, mine({ from: today }));
    expect(sums).toMatchObject({ status: 200, body: { from: today, spent: 2 } });
  });

  test("gives the summary that the contract names", async () => {
    for (const groupBy of ["member", "day", "purpose", "search"]) {
      const { body } = await callApi(summary.GET, mine({ groupBy }));
      expect(body).toMatchObject({ spent: 2, held: 2, unsettled: 2, limit: 100, left: 96 });
      const groups = body.groups as { spent: number; requests: number }[];
      expect(groups.reduce((sum, group) => sum + group.spent, 0)).toBe(2);
    }
  });

  test("gives the ledger as a file with keys, words and one line an entry", async () => {
    const answer = await callApi(entriesCsv.GET, { ...mine(), headers: { "accept-language": "zh-CN" } });
    const lines = answer.text.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^request_id,at,date,upstream,member_id,member,paid_by,token,purpose,/);
    expect(lines[1]).toMatch(/^请求编号,预占时间（UTC）,日期（团队时区）,/);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain(`${unsettledId},`);
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="nichebook-ledger-[a-z0-9-]+\.csv"$/,
    );
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  });

  test("reads in money, to the last decimal, once the team set a price", async () => {
    await given.database.superuserPool.query(
      "update team set credit_price = 0.0123, credit_currency = 'USD' where id = $1",
      [ctx.team.id],
    );
    const { text } = await callApi(summaryCsv.GET, mine());
    expect(text).toContain(",0.0246,USD");
  });
});

describe("settling by hand", () => {
  const answer = { charged: true, reason: "the dashboard shows it" };

  test("is for owners and admins, and not for a token that may only read", async () => {
    for (const role of ["viewer", "analyst"] as const) {
      const member = await makeMember(ctx, role);
      const caller = { ...mine(), cookie: await signedIn(member.member.userId) };
      expect(await settled(unsettledId, answer, caller)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
    const refused = await settled(unsettledId, answer, { token: reader });
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden", reason: "token_scope" } });
  });

  test("names a missing reason and an unclear answer at their fields", async () => {
    const missing = await settled(unsettledId, { charged: "perhaps", reason: " " });
    expect(missing).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    const paths = (missing.body.errors as { path: string }[]).map(({ path }) => path);
    expect(paths.sort()).toEqual(["charged", "reason"]);
  });

  test("is 404 for what is not there or not the team's", async () => {
    expect(await settled(randomUUID(), answer)).toMatchObject({ status: 404 });
    const foreign = await makeTeam();
    const caller = { cookie: await signedIn(foreign.member.userId), query: { team: foreign.team.slug } };
    expect(await settled(unsettledId, answer, caller)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  test("answers with the outcome and is then part of what is spent", async () => {
    expect(await settled(unsettledId, answer)).toMatchObject({
      status: 200,
      body: { id: unsettledId, outcome: "charged" },
    });
    expect((await callApi(summary.GET, mine())).body).toMatchObject({ spent: 4, unsettled: 0 });
  });
});
