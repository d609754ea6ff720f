import type { TeamContext } from "@/lib/auth/context";
import { createSession } from "@/lib/auth/sessions";
import { db } from "@/lib/platform/db";
import { type Rows, readRows } from "./further-databases";
import { makeMarkedTeam } from "./marked-team";
import type { purchases } from "./purchases";

/** `npm run test:long` upgrades such a team from every version there was. */
export const isLong = Boolean(process.env.LONG);

/** What no verb of `makeMarkedTeam` writes; $1 is the team. */
const MORE = [
  "select credits_set_limit($1, 'team', $1, 1000)",
  `insert into alert_preference (team_id, member_id, hears, in_app, mail, digest_hour, digest_weekday, updated_at)
    select team_id, id, 'all', true, 'daily', 9, 1, now() from membership where team_id = $1`,
  "insert into alert_mail select team_id, member_id, a.id, now() from alert a join alert_preference using (team_id) where team_id = $1",
  "insert into notice_mail select team_id, member_id, id, now() from notification where team_id = $1",
  "insert into weekly_review_setting values ($1, true, 1, 9, now()) on conflict do nothing",
  "insert into weekly_review_reader select team_id, id from membership where team_id = $1 on conflict do nothing",
  "insert into run_item select team_id, id, 'US', '7', '777777' from run where team_id = $1",
  "insert into run_target select r.team_id, r.id, 1, null, w.id from run r join watchlist w using (team_id) where team_id = $1 limit 1",
  `insert into source_check select r.team_id, r.id, k.id, '[]' from run r join team_key k using (team_id)
    where team_id = $1 limit 1`,
  "insert into answer_opened select team_id, request_id, now() from snapshot where team_id = $1",
  `insert into schedule_slot (team_id, schedule_id, due_at, opened_at, outcome, ended_at)
    select team_id, id, now(), now(), 'renewed', now() from schedule where team_id = $1`,
  `insert into schedule_plan (team_id, upstream, member_id, made_at, before)
    select team_id, 'sandbox', id, now(), '[]' from membership where team_id = $1 limit 1`,
  "insert into limit_notice values ($1, 'sandbox', current_date, 'team', $1, 100, 75, now())",
  `insert into key_balance select k.team_id, gen_random_uuid(), 'sandbox', k.id, 'stated', 900, null, m.id, now()
    from team_key k join membership m using (team_id) where team_id = $1 limit 1`,
  `insert into raw_forgotten select team_id, id, now(), now(), 9, repeat('0', 64)
    from credit_request where team_id = $1 and state = 'unsettled'`,
  `insert into webhook_item select team_id, id, 'dedupe', 'alert', '{}', '/alerts', now(), now() from webhook where team_id = $1`,
  `insert into webhook_attempt (team_id, delivery_id, number, started_at, by_hand)
    select team_id, id, 7, now(), false from webhook_delivery where team_id = $1`,
  "insert into alert_rule_webhook select team_id, r.id, w.id from alert_rule r join webhook w using (team_id) where team_id = $1",
  `insert into mail (id, kind, to_address, language, expires_at, ended_at, outcome)
    select $1, 'invitation', 'a@example.com', 'en', now(), now(), 'sent'`,
  "insert into account_link select 'hash', user_id, 'reset_password', null, now() from membership where team_id = $1 limit 1",
  `insert into second_factor (user_id, sealed_key_id, sealed_nonce, sealed_text)
    select m.user_id, k.sealed_key_id, k.sealed_nonce, k.sealed_text
    from membership m join team_key k using (team_id) where team_id = $1 limit 1`,
  "insert into recovery_code select user_id, 'hash' from second_factor join membership using (user_id) where team_id = $1",
  "insert into account_event (user_id, action) select user_id, 'account.signed_in' from membership where team_id = $1",
  "insert into rate_limit values ('key of ' || $1::uuid, 1, 1)",
];

/** A team with a row in every table of this version. */
export async function makeWholeTeam(given: ReturnType<typeof purchases>): Promise<{ ctx: TeamContext; rows: Rows }> {
  const { insider: ctx } = await makeMarkedTeam(given);
  await db().$transaction((tx) => createSession(tx, ctx.member.userId, { address: null, userAgent: null }));
  const client = await given.database.superuserPool.connect();
  try {
    for (const sql of MORE) await client.query(sql, sql.includes("$1") ? [ctx.team.id] : []);
    return { ctx, rows: await readRows(client) };
  } finally {
    client.release();
  }
}
