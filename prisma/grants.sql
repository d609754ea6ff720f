-- What the ordinary role may do. Run after each migration; :app_role is its quoted name.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :app_role;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM :app_role;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM :app_role;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :app_role;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO :app_role;
REVOKE ALL ON "_prisma_migrations" FROM :app_role;
GRANT INSERT, UPDATE ON "user_account", "session", "membership", "team_key", "api_token" TO :app_role;
GRANT DELETE ON "session" TO :app_role;
GRANT UPDATE ON "team" TO :app_role;
GRANT INSERT ON "account_event", "audit_entry", "limit_request", "key_balance" TO :app_role;
GRANT USAGE ON SEQUENCE "account_event_id_seq" TO :app_role;
GRANT INSERT, UPDATE, DELETE ON "rate_limit", "mail", "account_link", "second_factor", "recovery_code" TO :app_role;

GRANT INSERT, UPDATE ON "invitation" TO :app_role;
GRANT INSERT ON "team_slug" TO :app_role;
GRANT EXECUTE ON FUNCTION find_invitation(text), teams_to_purge(), purge_team(uuid) TO :app_role;
GRANT INSERT, UPDATE ON "saved_search", "watchlist", "run", "run_step", "alert_rule" TO :app_role;
GRANT INSERT ON "alert" TO :app_role;
GRANT INSERT, UPDATE ON "alert_preference", "provider_break", "weekly_review", "weekly_review_setting" TO :app_role;
GRANT INSERT, DELETE ON "weekly_review_reader" TO :app_role;
GRANT INSERT, DELETE ON "alert_mail", "movement_review" TO :app_role;
-- An answer leaves the outbox in the transaction in which the rules were tried on it.
GRANT DELETE ON "outbox" TO :app_role;
GRANT INSERT, UPDATE ON "history_import" TO :app_role;
GRANT INSERT ON "imported_point" TO :app_role;
GRANT INSERT, UPDATE, DELETE ON "watch_item", "category_name", "category_note", "own_number" TO :app_role;
-- What a run has not asked yet is planned anew with each answer.
GRANT DELETE ON "run_step" TO :app_role;
GRANT INSERT ON "run_item", "run_target" TO :app_role;
-- What a check of the source has found is noted when its run ends.
GRANT INSERT, UPDATE ("findings") ON "source_check" TO :app_role;
-- That an answer was opened is written once and never taken back.
GRANT INSERT ON "answer_opened" TO :app_role;

-- The job queue: its tables hold names of jobs and ids of rows, nothing of a team.
GRANT USAGE ON SCHEMA pgboss TO :app_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO :app_role;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA pgboss TO :app_role;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO :app_role;

GRANT EXECUTE ON FUNCTION weekly_reviews_due(), alert_teams_waiting(), alert_mails_due(),
  alert_mail_at(text, int, int, int, int, timestamp), category_notes_due(), runs_waiting(int), app_now(), has_any_account(), all_teams(), teams_of_user(uuid), team_of_member(text, uuid),
  find_api_token(text), create_team(uuid, text, text, text, uuid, uuid),
  credit_period(uuid, timestamptz), credit_period_cut(team, timestamptz),
  credits_set_first_day(uuid, int), credits_set_limits(uuid, jsonb), credits_decide_ask(uuid, uuid, text, int, uuid),
  credit_effective_limit(uuid, text, date, text, uuid),
  credits_claim(uuid, uuid, jsonb), credits_begin_send(uuid, uuid, uuid, int, bigint, float8, bigint),
  credits_settle(uuid, uuid, uuid, uuid, jsonb, bytea, text), credits_expired(int), credits_expire(uuid, uuid),
  credits_settle_by_hand(uuid, uuid, boolean, text, uuid), credits_settle_many_by_hand(uuid, uuid[], boolean, text, uuid),
  credits_rule_due(int), credits_settle_by_rule(uuid, uuid), credits_unsettled_waiting(), credits_set_limit(uuid, text, uuid, int),
  credits_verify(uuid), credit_totals(), credit_event_hash(credit_request, credit_event), credit_subjects(uuid, uuid, uuid, text), credit_counters_of(uuid, uuid, uuid, text) TO :app_role;

GRANT EXECUTE ON FUNCTION memberships_of_user(uuid), teams_owned_alone(uuid) TO :app_role;

-- A notification is written once and then only marked as read.
GRANT INSERT, UPDATE ("read_at") ON "notification" TO :app_role;
GRANT EXECUTE ON FUNCTION notify_members(uuid, uuid[], boolean, text, jsonb, text, text), uuid_v7_at(timestamptz) TO :app_role;
GRANT EXECUTE ON FUNCTION forget_raw_answers(uuid, int), teams_with_raw_retention() TO :app_role;
GRANT EXECUTE ON FUNCTION audit_hash(bytea, audit_entry), audit_verify(uuid), audit_in_teams(uuid, text, jsonb, text, text)
  TO :app_role;
GRANT INSERT, UPDATE ON "schedule", "schedule_slot", "schedule_plan" TO :app_role;
GRANT EXECUTE ON FUNCTION schedules_due(int), schedules_elsewhere(int), schedule_slots_waiting(int) TO :app_role;

-- Webhooks: what they are told, each request that is made, and which rules tell them.
GRANT INSERT, DELETE ON "alert_rule_webhook", "notice_mail" TO :app_role;
GRANT INSERT, UPDATE ON "webhook", "webhook_attempt" TO :app_role;
GRANT INSERT, UPDATE, DELETE ON "webhook_item", "webhook_delivery" TO :app_role;
GRANT EXECUTE ON FUNCTION webhooks_due(), webhook_deliveries_waiting(int), webhook_teams_to_tidy(timestamptz),
  tell_webhooks(uuid, text, jsonb, text, text) TO :app_role;
