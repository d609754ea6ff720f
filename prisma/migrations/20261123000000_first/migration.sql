
-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "language" TEXT,
    "theme" TEXT,
    "up_color" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,
    "address" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_event" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "address" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "account_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "app_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offset_seconds" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "app_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_request" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "category_id" TEXT NOT NULL DEFAULT '',
    "q" TEXT NOT NULL DEFAULT '',
    "page" INTEGER NOT NULL,
    "question_key" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "token_id" UUID,
    "purpose" TEXT NOT NULL,
    "run_id" UUID,
    "search_id" UUID,
    "watchlist_id" UUID,
    "schedule_id" UUID,
    "repeats_id" UUID,
    "input_hash" TEXT NOT NULL,
    "price_credits" INTEGER NOT NULL,
    "period_start" DATE NOT NULL,
    "reserved_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL,
    "nonce" UUID NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(6),
    "sent_at" TIMESTAMPTZ(6),
    "settled_at" TIMESTAMPTZ(6),
    "basis" TEXT,
    "problem" TEXT,
    "reason" TEXT,
    "http_status" INTEGER,
    "upstream_request_id" TEXT,

    CONSTRAINT "credit_request_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "credit_event" (
    "team_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "basis" TEXT,
    "problem" TEXT,
    "reason" TEXT,
    "http_status" INTEGER,
    "upstream_request_id" TEXT,
    "by_member_id" UUID,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "credit_event_pkey" PRIMARY KEY ("team_id","request_id","seq")
);

-- CreateTable
CREATE TABLE "credit_counter" (
    "team_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "scope" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "limit_credits" INTEGER,
    "spent" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "unsettled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "credit_counter_pkey" PRIMARY KEY ("team_id","upstream","period_start","scope","subject_id")
);

-- CreateTable
CREATE TABLE "credit_limit" (
    "team_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "credits" INTEGER NOT NULL,

    CONSTRAINT "credit_limit_pkey" PRIMARY KEY ("team_id","scope","subject_id")
);

-- CreateTable
CREATE TABLE "flight" (
    "team_id" UUID NOT NULL,
    "question_key" TEXT NOT NULL,
    "request_id" UUID,
    "newest_snapshot_id" UUID,
    "newest_sent_at" TIMESTAMPTZ(6),
    "newest_fetched_at" TIMESTAMPTZ(6),
    "newest_is_final" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "flight_pkey" PRIMARY KEY ("team_id","question_key")
);

-- CreateTable
CREATE TABLE "served_answer" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "member_id" UUID NOT NULL,
    "token_id" UUID,
    "input_hash" TEXT NOT NULL,
    "question_key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "request_id" UUID,
    "snapshot_id" UUID,

    CONSTRAINT "served_answer_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "raw_answer" (
    "team_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "http_status" INTEGER,
    "body" BYTEA NOT NULL,

    CONSTRAINT "raw_answer_pkey" PRIMARY KEY ("team_id","request_id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "category_id" TEXT NOT NULL DEFAULT '',
    "q" TEXT NOT NULL DEFAULT '',
    "page" INTEGER NOT NULL,
    "question_key" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(6) NOT NULL,
    "fetched_at" TIMESTAMPTZ(6) NOT NULL,
    "total" INTEGER,
    "has_more" BOOLEAN,
    "row_count" INTEGER NOT NULL,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "ranking_row" (
    "team_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "rank" INTEGER,
    "upstream" TEXT NOT NULL,
    "category_id" TEXT,
    "parent_id" TEXT,
    "top_id" TEXT,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(6) NOT NULL,
    "posts" BIGINT,
    "posts_change_pct" DOUBLE PRECISION,
    "impressions" BIGINT,
    "ctr_pct" DOUBLE PRECISION,
    "cvr_pct" DOUBLE PRECISION,
    "six_second_view_rate_pct" DOUBLE PRECISION,
    "cost" DOUBLE PRECISION,
    "cpa" DOUBLE PRECISION,
    "likes" BIGINT,
    "comments" BIGINT,
    "shares" BIGINT,

    CONSTRAINT "ranking_row_pkey" PRIMARY KEY ("team_id","snapshot_id","place")
);

-- CreateTable
CREATE TABLE "category" (
    "team_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "parent_id" TEXT,
    "name" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "category_pkey" PRIMARY KEY ("team_id","upstream","id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "team_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("team_id","snapshot_id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "period_first_day" INTEGER NOT NULL DEFAULT 1,
    "default_region" TEXT NOT NULL DEFAULT 'US',
    "default_window" TEXT NOT NULL DEFAULT '7',
    "freshness_minutes" INTEGER NOT NULL DEFAULT 1440,
    "upstream" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "team_key" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "sealed_key_id" TEXT,
    "sealed_nonce" BYTEA,
    "sealed_text" BYTEA,
    "last_four" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" UUID,
    "ended_at" TIMESTAMPTZ(3),
    "rejected_at" TIMESTAMPTZ(3),
    "rejected_reason" TEXT,
    "out_of_credits_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_refusal_at" TIMESTAMPTZ(3),
    "last_refusal" TEXT,

    CONSTRAINT "team_key_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "key_pace" (
    "team_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "next_slot_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "key_pace_pkey" PRIMARY KEY ("team_id","key_id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "member_id" UUID,
    "token_id" UUID,
    "action" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "address" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_event_user_id_at_idx" ON "account_event"("user_id", "at");

-- CreateIndex
CREATE INDEX "credit_request_team_id_reserved_at_id_idx" ON "credit_request"("team_id", "reserved_at" DESC, "id");

-- CreateIndex
CREATE INDEX "credit_request_team_id_upstream_period_start_idx" ON "credit_request"("team_id", "upstream", "period_start");

-- CreateIndex
CREATE INDEX "served_answer_team_id_at_idx" ON "served_answer"("team_id", "at");

-- CreateIndex
CREATE INDEX "snapshot_team_id_question_key_sent_at_idx" ON "snapshot"("team_id", "question_key", "sent_at" DESC);

-- CreateIndex
CREATE INDEX "snapshot_team_id_upstream_fetched_at_idx" ON "snapshot"("team_id", "upstream", "fetched_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_team_id_request_id_key" ON "snapshot"("team_id", "request_id");

-- CreateIndex
CREATE INDEX "ranking_row_team_id_upstream_category_id_region_window_fetc_idx" ON "ranking_row"("team_id", "upstream", "category_id", "region", "window", "fetched_at");

-- CreateIndex
CREATE INDEX "category_team_id_upstream_parent_id_idx" ON "category"("team_id", "upstream", "parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_slug_key" ON "team"("slug");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_team_id_user_id_key" ON "membership"("team_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "audit_entry_team_id_at_idx" ON "audit_entry"("team_id", "at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_event" ADD CONSTRAINT "account_event_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_request" ADD CONSTRAINT "credit_request_team_id_key_id_fkey" FOREIGN KEY ("team_id", "key_id") REFERENCES "team_key"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_request" ADD CONSTRAINT "credit_request_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_request" ADD CONSTRAINT "credit_request_team_id_token_id_fkey" FOREIGN KEY ("team_id", "token_id") REFERENCES "api_token"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "credit_event" ADD CONSTRAINT "credit_event_team_id_request_id_fkey" FOREIGN KEY ("team_id", "request_id") REFERENCES "credit_request"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "raw_answer" ADD CONSTRAINT "raw_answer_team_id_request_id_fkey" FOREIGN KEY ("team_id", "request_id") REFERENCES "credit_request"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_team_id_request_id_fkey" FOREIGN KEY ("team_id", "request_id") REFERENCES "credit_request"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ranking_row" ADD CONSTRAINT "ranking_row_team_id_snapshot_id_fkey" FOREIGN KEY ("team_id", "snapshot_id") REFERENCES "snapshot"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_key" ADD CONSTRAINT "team_key_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_pace" ADD CONSTRAINT "key_pace_team_id_key_id_fkey" FOREIGN KEY ("team_id", "key_id") REFERENCES "team_key"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- The clock has one row.
ALTER TABLE "app_clock" ADD CONSTRAINT "app_clock_one_row" CHECK ("id" = 1);
INSERT INTO "app_clock" ("id", "offset_seconds") VALUES (1, 0);

-- Closed words.
ALTER TABLE "user_account" ADD CONSTRAINT "user_account_words" CHECK (
  "email" = lower("email") AND ("language" IS NULL OR "language" IN ('en', 'zh-CN'))
  AND ("theme" IS NULL OR "theme" IN ('light', 'dark')) AND ("up_color" IS NULL OR "up_color" IN ('green', 'red')));
ALTER TABLE "team" ADD CONSTRAINT "team_words" CHECK (
  "period_first_day" BETWEEN 1 AND 28 AND "freshness_minutes" >= 0 AND ("upstream" IS NULL OR "upstream" IN ('live', 'sandbox')));
ALTER TABLE "membership" ADD CONSTRAINT "membership_words" CHECK ("role" IN ('owner', 'admin', 'analyst', 'viewer'));
ALTER TABLE "team_key" ADD CONSTRAINT "team_key_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND ("ended_at" IS NULL) = ("sealed_text" IS NOT NULL)
  AND ("sealed_text" IS NULL) = ("sealed_nonce" IS NULL) AND ("sealed_text" IS NULL) = ("sealed_key_id" IS NULL));
CREATE UNIQUE INDEX "team_key_one_active" ON "team_key" ("team_id", "upstream") WHERE "ended_at" IS NULL;
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_words" CHECK ("scope" IN ('read', 'read+spend'));
ALTER TABLE "credit_request" ADD CONSTRAINT "credit_request_words" CHECK (
  "upstream" IN ('live', 'sandbox')
  AND "purpose" IN ('explore', 'api', 'key_test', 'search', 'watchlist', 'schedule')
  AND "state" IN ('reserved', 'sending', 'charged', 'not_charged', 'unsettled', 'released')
  AND ("basis" IS NULL OR "basis" IN ('documented', 'assumed', 'proven', 'by_hand'))
  AND ("lease_until" IS NOT NULL) = ("state" IN ('reserved', 'sending'))
  AND "price_credits" > 0 AND "page" > 0);
ALTER TABLE "credit_event" ADD CONSTRAINT "credit_event_words" CHECK (
  "kind" IN ('reserved', 'sending', 'charged', 'not_charged', 'unsettled', 'released', 'correction') AND "seq" > 0);
ALTER TABLE "credit_counter" ADD CONSTRAINT "credit_counter_words" CHECK (
  "scope" IN ('team', 'schedules', 'member', 'token') AND "spent" >= 0 AND "held" >= 0 AND "unsettled" >= 0
  AND ("limit_credits" IS NULL OR "limit_credits" >= 0));
ALTER TABLE "credit_limit" ADD CONSTRAINT "credit_limit_words" CHECK (
  "scope" IN ('team', 'schedules', 'member', 'token') AND "credits" >= 0);
ALTER TABLE "served_answer" ADD CONSTRAINT "served_answer_words" CHECK ("source" IN ('bought', 'stored', 'shared'));
ALTER TABLE "category" ADD CONSTRAINT "category_words" CHECK ("level" IN (1, 2, 3));
CREATE INDEX "credit_request_under_way" ON "credit_request" ("lease_until") WHERE "state" IN ('reserved', 'sending');

-- Row-level security: every table of a team, forced, for everyone. No context, no rows.
DO $do$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c
    WHERE c.table_schema = current_schema() AND c.column_name = 'team_id' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
  END LOOP;
END $do$;
ALTER TABLE "team" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "team" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "team"
  USING (id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
-- The owner's few named cross-team functions read through these; the ordinary role cannot, whatever it sets.
CREATE POLICY system_read ON "team" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');
CREATE POLICY system_read ON "membership" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');
CREATE POLICY system_read ON "api_token" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');
CREATE POLICY system_read ON "credit_request" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');

-- Append-only, for everyone, replicas and the owner included.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['credit_event', 'audit_entry', 'account_event', 'raw_answer', 'snapshot', 'ranking_row', 'served_answer'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', t);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER never_truncated', t);
  END LOOP;
  EXECUTE 'CREATE TRIGGER never_deleted BEFORE DELETE ON credit_request FOR EACH ROW EXECUTE FUNCTION refuse_change()';
  EXECUTE 'ALTER TABLE credit_request ENABLE ALWAYS TRIGGER never_deleted';
  EXECUTE 'CREATE TRIGGER never_truncated BEFORE TRUNCATE ON credit_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()';
  EXECUTE 'ALTER TABLE credit_request ENABLE ALWAYS TRIGGER never_truncated';
END $do$;

-- The application's clock.
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT clock_timestamp() + make_interval(secs => (SELECT offset_seconds FROM app_clock)) $$;

-- Accounts and teams across teams: what signing in needs before a team is known.
CREATE FUNCTION has_any_account() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM user_account) $$;

CREATE FUNCTION teams_of_user(p_user uuid)
RETURNS TABLE (team_id uuid, slug text, name text, role text, member_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, t.slug, t.name, m.role, m.id FROM membership m JOIN team t ON t.id = m.team_id
    WHERE m.user_id = p_user AND m.removed_at IS NULL ORDER BY t.name, t.slug;
  PERFORM set_config('app.system', '', true);
END $$;

CREATE TYPE team_member AS (
  team_id uuid, slug text, name text, time_zone text, period_first_day int, default_region text, default_window text,
  freshness_minutes int, upstream text, member_id uuid, user_id uuid, role text, member_name text);

CREATE FUNCTION team_of_member(p_slug text, p_user uuid) RETURNS SETOF team_member
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, t.slug, t.name, t.time_zone, t.period_first_day, t.default_region, t.default_window,
      t.freshness_minutes, t.upstream, m.id, m.user_id, m.role, u.name
    FROM team t JOIN membership m ON m.team_id = t.id JOIN user_account u ON u.id = m.user_id
    WHERE t.slug = p_slug AND m.user_id = p_user AND m.removed_at IS NULL;
  PERFORM set_config('app.system', '', true);
END $$;

CREATE FUNCTION find_api_token(p_hash text)
RETURNS TABLE (token_id uuid, scope text, expires_at timestamptz, revoked_at timestamptz, team_id uuid, slug text, name text,
  time_zone text, period_first_day int, default_region text, default_window text, freshness_minutes int, upstream text,
  member_id uuid, user_id uuid, role text, member_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_before text := coalesce(current_setting('app.team', true), '');
  v_token api_token;
BEGIN
  PERFORM set_config('app.system', 'on', true);
  SELECT * INTO v_token FROM api_token k WHERE k.hash = p_hash;
  IF FOUND THEN
    PERFORM set_config('app.team', v_token.team_id::text, true);
    UPDATE api_token k SET last_used_at = clock_timestamp()
      WHERE k.team_id = v_token.team_id AND k.id = v_token.id
        AND (k.last_used_at IS NULL OR k.last_used_at < clock_timestamp() - interval '1 minute');
    PERFORM set_config('app.team', v_before, true);
    RETURN QUERY SELECT v_token.id, v_token.scope, v_token.expires_at, v_token.revoked_at, t.id, t.slug, t.name, t.time_zone,
        t.period_first_day, t.default_region, t.default_window, t.freshness_minutes, t.upstream, m.id, m.user_id, m.role, u.name
      FROM team t JOIN membership m ON m.team_id = t.id JOIN user_account u ON u.id = m.user_id
      WHERE t.id = v_token.team_id AND m.id = v_token.member_id AND m.removed_at IS NULL;
  END IF;
  PERFORM set_config('app.system', '', true);
END $$;

-- Team ids for the operator's commands (verify-ledger, doctor).
CREATE FUNCTION all_teams() RETURNS TABLE (team_id uuid, slug text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, t.slug FROM team t ORDER BY t.slug;
  PERFORM set_config('app.system', '', true);
END $$;

CREATE FUNCTION create_team(p_id uuid, p_slug text, p_name text, p_time_zone text, p_user uuid, p_member uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_before text := coalesce(current_setting('app.team', true), '');
BEGIN
  PERFORM set_config('app.team', p_id::text, true);
  INSERT INTO team (id, slug, name, time_zone) VALUES (p_id, p_slug, p_name, p_time_zone) ON CONFLICT (slug) DO NOTHING;
  IF NOT FOUND THEN
    PERFORM set_config('app.team', v_before, true);
    RETURN false;
  END IF;
  INSERT INTO membership (team_id, id, user_id, role) VALUES (p_id, p_member, p_user, 'owner');
  PERFORM set_config('app.team', v_before, true);
  RETURN true;
END $$;
