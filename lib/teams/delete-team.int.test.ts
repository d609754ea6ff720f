import { describe, expect, test } from "vitest";
import * as entriesCsv from "@/app/api/v1/credits/entries.csv/route";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { contextOfMember } from "@/lib/auth/read-context";
import { askForMore } from "@/lib/credits/ask-for-more";
import { changeLimits } from "@/lib/credits/change-limits";
import { stateBalance } from "@/lib/credits/state-balance";
import { buyPage } from "@/lib/insights/buy-page";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam, unique } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { addWatchItemSchema, createSearchSchema, createWatchlistSchema } from "@/lib/tracking/schemas";
import { startRun } from "@/lib/tracking/start-run";
import { changeRole } from "./change-role";
import { createTeamFor } from "./create-team";
import { deleteTeam } from "./delete-team";
import { invite } from "./invite";
import { keepTeam } from "./keep-team";
import { leaveTeam } from "./leave-team";
import { purgeTeams } from "./purge-teams";
import { updateTeam } from "./update-team";

const given = purchases();
const query = async (sql: string, ...values: unknown[]) => (await given.database.superuserPool.query(sql, values)).rows;
const visitor = { address: null, userAgent: null };
const deleting = { code: "conflict", details: { reason: "team_deleting" } };

/** The same person, as their next request finds them. */
async function anew(ctx: TeamContext): Promise<TeamContext> {
  const now = await contextOfMember(ctx.team.slug, ctx.member.userId, visitor);
  if (!now) throw new Error("They are in the team");
  return now;
}

/** A team with something of everything. */
async function filledTeam(): Promise<TeamContext> {
  const owner = await makeTeam();
  const analyst = await makeMember(owner, "analyst");
  await buyPage(analyst, ask({ window: "30" }), explore);
  await buyPage(analyst, ask({ window: "30", region: "GB" }), explore);
  await query("update team set raw_retention_days = 1 where id = $1", owner.team.id);
  await query(
    `insert into raw_forgotten (team_id, request_id, received_at, forgotten_at, bytes, sha256)
     select team_id, request_id, received_at, now(), 1, repeat('0', 64) from raw_answer where team_id = $1 limit 1`,
    owner.team.id,
  );
  await changeLimits(owner, { memberDefault: 4 });
  await askForMore(analyst, { credits: 5, note: "" });
  await stateBalance(owner, { credits: 5 });
  await saveCategoryName(owner, "5", { name: "mine", aliases: [] });
  await createToken({ teamId: owner.team.id, memberId: owner.member.id, name: "t", scope: "read" });
  await createSearch(owner, createSearchSchema.parse({ name: "s", region: "US", window: "7", pages: 1 }));
  const list = await createWatchlist(owner, createWatchlistSchema.parse({ name: "l" }));
  await addWatchItem(owner, list.id, addWatchItemSchema.parse({ categoryId: "5", region: "US" }));
  await startRun(owner, {
    ...{ kind: "backfill", searchId: null, watchlistId: null, questions: [ask()], maxAgeMinutes: 0 },
    ...{ maxCredits: 2, body: {}, idempotencyKey: unique("run") },
  });
  await invite(owner, { email: null, role: "viewer", limitCredits: null }, "en");
  await updateTeam(owner, { slug: unique("moved"), version: 1 });
  return owner;
}

const tablesOfTeams = async () =>
  (
    await query(
      `select a.attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'team_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    )
  ).map(({ name }) => name as string);

/** Every row of every table of the database, but for those of one team. */
async function rowsBut(teamId: string): Promise<Record<string, string>> {
  const ofTeams = new Set(await tablesOfTeams());
  const tables = await query(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const texts = tables.map(async ({ name }) => {
    const where = name === "team" ? "id::text <> $1" : ofTeams.has(name) ? "team_id::text <> $1" : "$1::text <> ''";
    const [row] = await query(
      `select coalesce(string_agg(to_jsonb(x)::text, ',' order by to_jsonb(x)::text), '') as text from "${name}" x where ${where}`,
      teamId,
    );
    return [name, row.text] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

const filledTables = async (teamId: string) => {
  const counted = (await tablesOfTeams()).map(async (name) => {
    const [row] = await query(`select count(*)::int as n from ${name} where team_id = $1`, teamId);
    return row.n > 0 ? [name] : [];
  });
  return (await Promise.all(counted)).flat();
};

describe("deleting a team", () => {
  test("is for an owner who typed its address", async () => {
    const owner = await makeTeam();
    const admin = await makeMember(owner, "admin");
    const { slug } = owner.team;
    await expect(deleteTeam(admin, { slug })).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteTeam(owner, { slug: `${slug}x` })).rejects.toMatchObject({
      details: { errors: [{ path: "slug", message: "slug_confirm" }] },
    });
    expect((await deleteTeam(owner, { slug })).deletesAt).not.toBeNull();
  });

  test("stops runs, purchases and changes at once, leaves reading, exporting and leaving, and is undone whole", async () => {
    const owner = await filledTeam();
    const member = await makeMember(owner, "admin");
    const before = await rowsBut("00000000-0000-0000-0000-000000000000");
    const { slug } = await anew(owner).then(({ team }) => team);
    await deleteTeam(await anew({ ...owner, team: { ...owner.team, slug } }), { slug });
    const late = await anew(owner);
    await expect(buyPage(late, ask({ region: "FR" }), explore)).rejects.toMatchObject(deleting);
    await expect(changeRole(late, member.member.id, { role: "viewer" })).rejects.toMatchObject(deleting);
    await expect(invite(late, { email: null, role: "viewer", limitCredits: null }, "en")).rejects.toMatchObject(
      deleting,
    );
    expect(await query("select distinct state from run where team_id = $1", owner.team.id)).toEqual([
      { state: "stopped" },
    ]);
    const cookie = await signedIn(owner.member.userId);
    expect((await callApi(entriesCsv.GET, { cookie, query: { team: slug } })).status).toBe(200);
    await leaveTeam(await anew(member));

    expect(await purgeTeams()).toEqual([]);
    expect((await keepTeam(late)).deletesAt).toBeNull();
    expect(await changeRole(await anew(owner), owner.member.id, { role: "owner" })).toMatchObject({ role: "owner" });
    const after = await rowsBut("00000000-0000-0000-0000-000000000000");
    const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
    expect(changed.sort()).toEqual(["audit_entry", "audit_link", "membership", "rate_limit", "run", "session"]);
  });

  test("purges every row of it after seven days, append-only ones too, and not a row of anybody else's", async () => {
    const [doomed, bystander] = [await filledTeam(), await filledTeam()];
    const filled = await filledTables(doomed.team.id);
    expect(filled).toEqual(
      expect.arrayContaining([
        ...["api_token", "audit_entry", "category", "category_name", "credit_counter", "credit_event", "credit_limit"],
        ...["credit_request", "flight", "invitation", "key_balance", "key_pace", "limit_request", "membership"],
        ...["notification", "ranking_row", "raw_answer", "raw_forgotten", "run", "run_step", "saved_search"],
        ...["served_answer", "snapshot", "team_key", "team_slug", "watch_item", "watchlist"],
      ]),
    );
    const { slug } = await anew(doomed).then(({ team }) => team);
    await deleteTeam(doomed, { slug });
    await query("update team set deletes_at = app_now() - interval '1 second' where id = $1", doomed.team.id);
    const before = await rowsBut(doomed.team.id);
    expect(await purgeTeams()).toEqual([doomed.team.id]);
    expect(await purgeTeams()).toEqual([]);
    expect(await filledTables(doomed.team.id)).toEqual([]);
    expect(await query("select 1 from team where id = $1", doomed.team.id)).toEqual([]);
    expect(await rowsBut(doomed.team.id)).toEqual(before);
    expect((await filledTables(bystander.team.id)).sort()).toEqual(filled.sort());
    expect(await contextOfMember(slug, doomed.member.userId, visitor)).toBeNull();
    // Its addresses are free again.
    expect((await createTeamFor(bystander.member.userId, { name: slug, timeZone: "UTC" })).slug).toBe(slug);
  });

  test("needs the function and the seven days: neither the ordinary role nor a borrowed mark deletes a row", async () => {
    const owner = await filledTeam();
    const { rows } = await given.database.appPool.query("select purge_team($1) as gone", [owner.team.id]);
    expect(rows).toEqual([{ gone: false }]);
    const client = await given.database.superuserPool.connect();
    try {
      await client.query("select set_config('app.purge_team', $1, false)", [owner.team.id]);
      for (const table of ["credit_event", "audit_entry", "raw_answer", "ranking_row"]) {
        await expect(client.query(`delete from ${table} where team_id = $1`, [owner.team.id])).rejects.toMatchObject({
          code: "23001",
        });
      }
    } finally {
      await client.query("select set_config('app.purge_team', '', false)");
      client.release();
    }
  });
});
