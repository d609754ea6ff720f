import type pg from "pg";

/** Whom the rows belong to: the team, a member of it, and that member's account. */
export type LongTeam = { teamId: string; memberId: string; userId: string };

/** The row that a text finds alone: so many rows are called by their number, and this one has it as its last. */
export const FOUND = "row 7777 of many";

/**
 * Fills every table of a team that has no end of rows, each with so many rows in one statement: members and their
 * invitations and tokens, searches, lists, schedules, rules, categories and own names, sheets, webhooks, signed-in
 * browsers. As a superuser, without looking up foreign keys row by row: they fit by how the rows are made.
 */
export async function fillLongTables(pool: pg.Pool, { teamId, memberId, userId }: LongTeam, most: number) {
  const client = await pool.connect();
  const fill = (sql: string) => client.query(sql.replaceAll(":n", `generate_series(1, ${most}::int) n`));
  const at = "now() - n * interval '1 minute'";
  const called = "'row ' || n || ' of many'";
  const [team, member, user] = [`'${teamId}'::uuid`, `'${memberId}'::uuid`, `'${userId}'::uuid`];
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await fill(`create temporary table person on commit drop as select n, gen_random_uuid() as id from :n`);
    await fill(`create temporary table thing on commit drop as select n, gen_random_uuid() as id from :n`);
    await client.query(
      `insert into user_account (id, email, name, password_hash)
       select id, 'row' || n || '.' || left(id::text, 8) || '@example.com', ${called}, '-' from person`,
    );
    await client.query(
      `insert into membership (team_id, id, user_id, role)
       select ${team}, gen_random_uuid(), id, case when n % 3 = 0 then 'viewer' else 'analyst' end from person`,
    );
    await fill(
      `insert into invitation (team_id, id, email, role, token_hash, created_by_id, created_at, sent_at, expires_at)
       select ${team}, gen_random_uuid(), 'row' || n || '.of.many@example.com', 'viewer', gen_random_uuid()::text,
         ${member}, ${at}, ${at}, now() + interval '7 days' from :n`,
    );
    await fill(
      `insert into api_token (team_id, id, member_id, name, hash, last_four, scope, created_at)
       select ${team}, gen_random_uuid(), ${member}, ${called}, gen_random_uuid()::text, 'abcd', 'read', ${at} from :n`,
    );
    await client.query(
      `insert into saved_search (team_id, id, upstream, name, region, "window", pages, member_id, created_at, updated_at)
       select ${team}, id, 'sandbox', ${called}, 'US', '7', 1, ${member}, ${at}, now() from thing`,
    );
    await fill(
      `insert into watchlist (team_id, id, upstream, name, member_id, created_at, updated_at)
       select ${team}, gen_random_uuid(), 'sandbox', ${called}, ${member}, ${at}, now() from :n`,
    );
    await client.query(
      `insert into schedule (team_id, id, upstream, search_id, member_id, cadence, hour, time_zone, next_due_at,
         price_credits, created_at, updated_at)
       select ${team}, gen_random_uuid(), 'sandbox', id, ${member}, 'daily', n % 24, 'UTC',
         now() + interval '1 day' + n * interval '1 second', 2, now(), now() from thing`,
    );
    await fill(
      `insert into category (team_id, upstream, id, level, name, first_seen_at, last_seen_at)
       select ${team}, 'sandbox', (800000 + n)::text, 3, ${called}, now(), now() from :n`,
    );
    await fill(
      `insert into category_name (team_id, upstream, category_id, name, updated_at)
       select ${team}, 'sandbox', (800000 + n)::text, 'own ' || ${called}, now() from :n`,
    );
    await client.query(
      `insert into alert_rule (team_id, id, upstream, name, condition, search_id, cooldown_hours, member_id, created_at,
         updated_at)
       select ${team}, gen_random_uuid(), 'sandbox', ${called}, 'is_new', id, 24, ${member}, ${at}, now() from thing`,
    );
    await fill(
      `insert into history_import (team_id, id, upstream, name, "window", rows, member_id, created_at)
       select ${team}, gen_random_uuid(), 'sandbox', ${called}, '7', 1, ${member}, ${at} from :n`,
    );
    await fill(
      `insert into webhook (team_id, id, name, format, language, host, limits, timing, digest_hour, digest_weekday,
         sealed_key_id, sealed_nonce, sealed_text, created_at, updated_at)
       select ${team}, gen_random_uuid(), ${called}, 'json', 'en', 'hooks.example.com', false, 'at_once', 9, 1, 'none',
         '\\x00', '\\x00', now(), now() from :n`,
    );
    await fill(
      `insert into session (id, user_id, created_at, last_seen_at, expires_at, user_agent, address)
       select gen_random_uuid(), ${user}, ${at}, ${at}, now() + interval '7 days', ${called}, '192.0.2.1' from :n`,
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
  for (const table of FILLED) await pool.query(`analyze ${table}`);
}

const FILLED = [
  "user_account",
  "membership",
  "invitation",
  "api_token",
  "saved_search",
  "watchlist",
  "schedule",
].concat(["category", "category_name", "alert_rule", "history_import", "webhook", "session"]);
