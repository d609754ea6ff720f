import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/v1/audit/route";
import { GET as CSV } from "@/app/api/v1/audit.csv/route";
import { audit, auditEach, system } from "@/lib/auth/audit";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { exportAudit } from "./export-audit";
import { auditSql, readAudit } from "./read-audit";

let database: Awaited<ReturnType<typeof testDatabase>>;
let ctx: TeamContext;
let mia: TeamContext;
beforeAll(async () => {
  database = await testDatabase();
  ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  mia = await makeMember(ctx, "admin", "=Mia");
});
afterAll(() => database?.drop());

const actionsOf = async (page: Promise<{ items: { action: string }[] }>) =>
  (await page).items.map(({ action }) => action);

test("says who, what, from where, and what stood before and after", async () => {
  await asTeam(ctx.team.id, async (tx) => {
    const at = { address: "203.0.113.5", device: "curl/8.5" };
    await audit(
      tx,
      { ...mia, ...at },
      "member.role_changed",
      {},
      { before: { role: "viewer" }, after: { role: "admin" } },
    );
    await audit(tx, ctx.team.id, "limit.set", { scope: "team" });
    await audit(tx, system(ctx.team.id), "raw_answers.forgotten", { answers: 3 });
  });
  const { items, nextCursor } = await readAudit(ctx);
  expect(nextCursor).toBeNull();
  expect(items.map(({ actor }) => actor).sort()).toEqual(["member", "operator", "system"]);
  expect(items.find(({ actor }) => actor === "member")).toMatchObject({
    member: { id: mia.member.id, name: "=Mia" },
    token: null,
    action: "member.role_changed",
    before: { role: "viewer" },
    after: { role: "admin" },
    address: "203.0.113.5",
    device: "curl/8.5",
  });
});

test("is filtered by member, kind and the team's days, and read page by page without a gap or a double", async () => {
  expect(await actionsOf(readAudit(ctx, { member: mia.member.id }))).toEqual(["member.role_changed"]);
  expect(await actionsOf(readAudit(ctx, { kind: "limit" }))).toEqual(["limit.set"]);
  const team = await makeTeam({ timeZone: "Asia/Shanghai" });
  // 23 and 24 November in Shanghai, one of them still 23 November in UTC.
  await asTeam(team.team.id, (tx) =>
    tx.auditEntry.createMany({
      data: ["2026-11-23T15:59:59Z", "2026-11-23T16:00:00Z"].map((at) => ({
        teamId: team.team.id,
        action: `team.at_${at.slice(11, 13)}`,
        at: new Date(at),
      })),
    }),
  );
  expect(await actionsOf(readAudit(team, { from: "2026-11-24", to: "2026-11-24" }))).toEqual(["team.at_16"]);
  expect(await actionsOf(readAudit(team, { to: "2026-11-23" }))).toEqual(["team.at_15"]);

  // Written at one instant: the id tells them apart.
  const each = Array.from({ length: 7 }, (_, n) => ({ details: { n } }));
  await asTeam(team.team.id, (tx) => auditEach(tx, team, "page.turned", each));
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await readAudit(team, { kind: "page", cursor }, 3);
    seen.push(...page.items.map(({ details }) => details.n));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("is for owners and admins, and names each mistake of a filter", async () => {
  for (const role of ["viewer", "analyst"] as const) {
    const member = await makeMember(ctx, role);
    const call = { cookie: await signedIn(member.member.userId), query: { team: ctx.team.slug } };
    expect((await callApi(GET, call)).status).toBe(403);
    expect((await callApi(CSV, call)).status).toBe(403);
  }
  const cookie = await signedIn(mia.member.userId);
  const get = (query: Record<string, string>) => callApi(GET, { cookie, query: { team: ctx.team.slug, ...query } });
  expect((await get({})).status).toBe(200);
  const stranger = await makeTeam();
  const mistakes: Record<string, string>[] = [
    { from: "yesterday" },
    { to: "2026-13-01" },
    { kind: "Key'; drop table" },
    { member: "mia" },
    { member: stranger.member.id },
    { cursor: "zzz" },
    { cursor: Buffer.from(`2026-99-99T00:00:00.000Z|${ctx.team.id}`).toString("base64url") },
  ];
  for (const query of mistakes) {
    const [path] = Object.keys(query);
    expect(await get(query)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  }
  const reversed = await get({ from: "2026-11-02", to: "2026-11-01" });
  expect(reversed.body.errors).toEqual([{ path: "to", message: "The last day lies before the first. Swap them." }]);
});

test("is a file with stable keys, the reader’s words, and no cell that a spreadsheet would run", async () => {
  const cookie = await signedIn(mia.member.userId);
  const query = { team: ctx.team.slug, kind: "member" };
  const { status, headers, text } = await callApi(CSV, { cookie, query, headers: { "accept-language": "zh-CN" } });
  expect({ status, type: headers.get("content-type") }).toEqual({ status: 200, type: "text/csv; charset=utf-8" });
  const [keys, words, line, end] = text.split("\r\n");
  expect(keys).toBe(
    "entry_id,happened_at,date,actor,member_id,member,token,action,details,before,after,address,device",
  );
  expect(words).toContain("操作身份");
  expect(line).toContain(
    `'=Mia,,member.role_changed,,"{""role"":""viewer""}","{""role"":""admin""}",203.0.113.5,curl/8.5`,
  );
  expect(end).toBe("");
});

test("is exported whole, in batches that the reader asks for", async () => {
  const team = await makeTeam();
  const each = Array.from({ length: 2_500 }, (_, n) => ({ details: { n } }));
  await asTeam(team.team.id, (tx) => auditEach(tx, team, "row.made", each));
  const sizes: number[] = [];
  for await (const batch of exportAudit(team, {})) sizes.push(batch.length);
  expect(sizes).toEqual([1_000, 1_000, 500]);
}, 60_000);

test.each([
  [{}, "audit_entry_team_id_at_id_idx"],
  [{ kind: "key" }, "audit_entry_kind"],
  [{ member: "00000000-0000-7000-8000-000000000000" }, "audit_entry_team_id_member_id_at_id_idx"],
])("finds a page of %j by its index, without sorting the log", async (filter, index) => {
  const before = { at: "2026-11-23T00:00:00.000Z", id: "00000000-0000-7000-8000-000000000000" };
  const { text, values } = auditSql(ctx, filter, before, 50);
  const client = await database.superuserPool.connect();
  try {
    await client.query("begin; set local enable_seqscan = off; set local enable_bitmapscan = off");
    const { rows } = await client.query(`explain ${text}`, values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toMatch(new RegExp(`Limit.*\\n\\s*->\\s+Index Scan Backward using ${index}`));
  } finally {
    await client.query("rollback");
    client.release();
  }
});
