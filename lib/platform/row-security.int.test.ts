import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asTeam } from "@/lib/auth/context";
import { testDatabase } from "@/lib/testing/database";
import { makeTeam } from "@/lib/testing/factories";
import { db } from "./db";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await database.superuserPool.query(sql, values)).rows as T[];

/** Tables that belong to no team. A new one needs a reason to stand here. */
const TEAMLESS = [
  "_prisma_migrations",
  "account_event",
  "account_link",
  "app_clock",
  "mail",
  "rate_limit",
  "recovery_code",
  "second_factor",
  "session",
  "user_account",
];

const teamTables = async () =>
  (
    await query<{ name: string }>(
      "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> all($1) order by 1",
      [TEAMLESS],
    )
  ).map(({ name }) => name);

describe("every table of a team", () => {
  test("is behind forced row-level security with a policy for reading and writing", async () => {
    for (const table of await teamTables()) {
      const [row] = await query<{ forced: boolean; enabled: boolean; policies: string[] }>(
        `select c.relforcerowsecurity as forced, c.relrowsecurity as enabled,
           array(select p.cmd || ' ' || p.roles::text from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'own_team'
             and p.qual like '%app.team%' and p.with_check = p.qual) as policies
         from pg_class c where c.oid = ('public.' || quote_ident($1))::regclass`,
        [table],
      );
      expect({ table, ...row }).toEqual({ table, forced: true, enabled: true, policies: ["ALL {public}"] });
    }
  });

  test("has the team first in its primary key and in every foreign key to another of them", async () => {
    const tables = await teamTables();
    const keys = await query<{ table: string; kind: string; first: string; target: string }>(
      `select t.relname as table, c.contype as kind, a.attname as first, coalesce(f.relname, '') as target
       from pg_constraint c join pg_class t on t.oid = c.conrelid left join pg_class f on f.oid = c.confrelid
         join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
       where c.contype in ('p', 'f') and c.connamespace = 'public'::regnamespace and t.relname = any($1)`,
      [tables],
    );
    const wrong = keys.filter(
      ({ table, kind, first, target }) =>
        table !== "team" && first !== "team_id" && !(kind === "f" && TEAMLESS.includes(target)),
    );
    expect(wrong).toEqual([]);
    expect(keys.filter(({ kind }) => kind === "p")).toHaveLength(tables.length);
  });

  test("shows nothing without a context, nothing of another team, and takes no row for one", async () => {
    const [one, two] = [await makeTeam(), await makeTeam()];
    for (const table of await teamTables()) {
      const { rows } = await database.appPool.query(`select count(*)::int as n from "${table}"`);
      expect({ table, n: rows[0].n }).toEqual({ table, n: 0 });
    }
    const seen = await asTeam(one.team.id, (tx) => tx.membership.findMany());
    expect(seen.map(({ teamId }) => teamId)).toEqual([one.team.id]);
    const wrongTeam = asTeam(one.team.id, (tx) =>
      tx.auditEntry.create({ data: { teamId: two.team.id, action: "test", details: {} } }),
    );
    await expect(wrongTeam).rejects.toThrow();
    expect(
      await asTeam(one.team.id, (tx) => tx.team.updateMany({ data: { name: "taken" }, where: { id: two.team.id } })),
    ).toEqual({ count: 0 });
  });

  test("is not opened by a setting of one's own, and a context never leaks to the next query", async () => {
    const ctx = await makeTeam();
    const client = await database.appPool.connect();
    try {
      await client.query("select set_config('app.system', 'on', false)");
      const { rows } = await client.query("select count(*)::int as n from membership");
      expect(rows[0].n).toBe(0);
    } finally {
      await client.query("select set_config('app.system', '', false)");
      client.release();
    }
    for (let index = 0; index < 20; index++) {
      await asTeam(ctx.team.id, (tx) => tx.membership.count());
      expect(await db().membership.count()).toBe(0);
    }
  });

  test("refuses a row that points into another team", async () => {
    const [one, two] = [await makeTeam(), await makeTeam()];
    const insert = database.superuserPool.query(
      "insert into api_token (team_id, id, member_id, name, hash, last_four, scope) values ($1, $2, $3, 'x', $4, 'abcd', 'read')",
      [one.team.id, randomUUID(), two.member.id, randomUUID()],
    );
    await expect(insert).rejects.toMatchObject({ code: "23503" });
  });
});

describe("the ordinary role", () => {
  test("owns nothing, is no superuser, bypasses nothing, and cannot become the owner", async () => {
    const { rows } = await database.appPool.query(
      `select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
         (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships
       from pg_roles r where r.rolname = current_user`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0, memberships: 0 },
    ]);
  });

  test("may write only where a verb writes, and call only the functions that are named", async () => {
    const grants = await query<{ grant: string }>(
      `select table_name || ': ' || string_agg(privilege_type, ', ' order by privilege_type) as grant
       from information_schema.role_table_grants
       where grantee = $1 and table_schema = 'public' and privilege_type <> 'SELECT' group by table_name order by 1`,
      [new URL(database.appUrl).username],
    );
    expect(grants.map(({ grant }) => grant)).toEqual([
      "account_event: INSERT",
      "account_link: DELETE, INSERT, UPDATE",
      "alert: INSERT",
      "alert_mail: DELETE, INSERT",
      "alert_preference: INSERT, UPDATE",
      "alert_rule: INSERT, UPDATE",
      "alert_rule_webhook: DELETE, INSERT",
      "answer_opened: INSERT",
      "api_token: INSERT, UPDATE",
      "audit_entry: INSERT",
      "category_name: DELETE, INSERT, UPDATE",
      "category_note: DELETE, INSERT, UPDATE",
      "history_import: INSERT, UPDATE",
      "imported_point: INSERT",
      "invitation: INSERT, UPDATE",
      "key_balance: INSERT",
      "limit_request: INSERT",
      "mail: DELETE, INSERT, UPDATE",
      "membership: INSERT, UPDATE",
      "movement_review: DELETE, INSERT",
      "notice_mail: DELETE, INSERT",
      "notification: INSERT",
      "outbox: DELETE",
      "own_number: DELETE, INSERT, UPDATE",
      "provider_break: INSERT, UPDATE",
      "rate_limit: DELETE, INSERT, UPDATE",
      "recovery_code: DELETE, INSERT, UPDATE",
      "run: INSERT, UPDATE",
      "run_item: INSERT",
      "run_step: DELETE, INSERT, UPDATE",
      "run_target: INSERT",
      "saved_search: INSERT, UPDATE",
      "schedule: INSERT, UPDATE",
      "schedule_plan: INSERT, UPDATE",
      "schedule_slot: INSERT, UPDATE",
      "second_factor: DELETE, INSERT, UPDATE",
      "session: DELETE, INSERT, UPDATE",
      "source_check: INSERT",
      "team: UPDATE",
      "team_key: INSERT, UPDATE",
      "team_slug: INSERT",
      "user_account: INSERT, UPDATE",
      "watch_item: DELETE, INSERT, UPDATE",
      "watchlist: INSERT, UPDATE",
      "webhook: INSERT, UPDATE",
      "webhook_attempt: INSERT, UPDATE",
      "webhook_delivery: DELETE, INSERT, UPDATE",
      "webhook_item: DELETE, INSERT, UPDATE",
      "weekly_review: INSERT, UPDATE",
      "weekly_review_reader: DELETE, INSERT",
      "weekly_review_setting: INSERT, UPDATE",
    ]);
    const callable = await query<{ name: string }>(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and has_function_privilege($1, p.oid, 'execute') order by 1`,
      [new URL(database.appUrl).username],
    );
    expect(callable.map(({ name }) => name)).toEqual([
      "alert_mail_at",
      "alert_mails_due",
      "alert_teams_waiting",
      "all_teams",
      "app_now",
      "audit_hash",
      "audit_in_teams",
      "audit_verify",
      "category_notes_due",
      "create_team",
      "credit_counters_of",
      "credit_effective_limit",
      "credit_event_hash",
      "credit_period",
      "credit_period_cut",
      "credit_subjects",
      "credit_totals",
      "credits_begin_send",
      "credits_claim",
      "credits_decide_ask",
      "credits_expire",
      "credits_expired",
      "credits_rule_due",
      "credits_set_first_day",
      "credits_set_limit",
      "credits_set_limits",
      "credits_settle",
      "credits_settle_by_hand",
      "credits_settle_by_rule",
      "credits_settle_many_by_hand",
      "credits_unsettled_waiting",
      "credits_verify",
      "find_api_token",
      "find_invitation",
      "forget_raw_answers",
      "has_any_account",
      "memberships_of_user",
      "notify_members",
      "purge_team",
      "runs_waiting",
      "schedule_slots_waiting",
      "schedules_due",
      "schedules_elsewhere",
      "team_of_member",
      "teams_of_user",
      "teams_owned_alone",
      "teams_to_purge",
      "teams_with_raw_retention",
      "tell_webhooks",
      "uuid_v7_at",
      "webhook_deliveries_waiting",
      "webhook_teams_to_tidy",
      "webhooks_due",
      "weekly_reviews_due",
    ]);
  });

  test("runs every function of the owner with a fixed search path, or with names that were bound when it was made", async () => {
    const loose = await query<{ name: string }>(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and p.prosqlbody is null and not exists (select 1 from unnest(p.proconfig) c where c like 'search_path=%')`,
    );
    expect(loose).toEqual([]);
  });
});

test("append-only tables refuse changes from everyone, by triggers that a replica setting does not silence", async () => {
  const triggers = await query<{ trigger: string }>(
    `select c.relname || '.' || t.tgname || ' ' || t.tgenabled::text as trigger from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal order by 1`,
  );
  const tables = [
    "account_event",
    "audit_entry",
    "audit_link",
    "credit_event",
    "key_balance",
    "ranking_row",
    "raw_answer",
    "raw_forgotten",
    "served_answer",
    "snapshot",
  ];
  expect(triggers.map(({ trigger }) => trigger)).toEqual(
    [
      ...tables.flatMap((table) => [`${table}.append_only A`, `${table}.never_truncated A`]),
      "credit_request.never_deleted A",
      "credit_request.never_truncated A",
      "limit_request.decided_stays A",
      "limit_request.never_deleted A",
      "limit_request.never_truncated A",
      "audit_entry.chained A",
      "credit_counter.limit_moved O",
      "membership.keeps_owner O",
      "team_key.refused O",
    ].sort(),
  );
});
