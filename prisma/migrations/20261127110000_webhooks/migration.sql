-- Where teams are told outside of the application, what they are told there, and every request that was made for it.
CREATE TABLE "webhook" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "keyword" TEXT NOT NULL DEFAULT '',
    "limits" BOOLEAN NOT NULL,
    "timing" TEXT NOT NULL,
    "digest_hour" INTEGER NOT NULL,
    "digest_weekday" INTEGER NOT NULL,
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "sealed_key_id" TEXT,
    "sealed_nonce" BYTEA,
    "sealed_text" BYTEA,
    "off_reason" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("team_id","id")
);

CREATE TABLE "webhook_delivery" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "tried_until" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("team_id","id")
);

CREATE TABLE "webhook_item" (
    "team_id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "dedupe" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "link" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "delivery_id" UUID,

    CONSTRAINT "webhook_item_pkey" PRIMARY KEY ("team_id","webhook_id","dedupe")
);

CREATE TABLE "webhook_attempt" (
    "team_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "by_hand" BOOLEAN NOT NULL,
    "status" INTEGER,
    "latency_ms" INTEGER,
    "problem" TEXT,
    "answer" TEXT,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("team_id","delivery_id","number")
);

CREATE TABLE "alert_rule_webhook" (
    "team_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,

    CONSTRAINT "alert_rule_webhook_pkey" PRIMARY KEY ("team_id","rule_id","webhook_id")
);

CREATE INDEX "webhook_item_team_id_delivery_id_idx" ON "webhook_item"("team_id", "delivery_id");
CREATE INDEX "webhook_delivery_team_id_webhook_id_created_at_id_idx" ON "webhook_delivery"("team_id", "webhook_id", "created_at" DESC, "id" DESC);
ALTER TABLE "webhook_item" ADD CONSTRAINT "webhook_item_team_id_webhook_id_fkey" FOREIGN KEY ("team_id", "webhook_id") REFERENCES "webhook"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "webhook_item" ADD CONSTRAINT "webhook_item_team_id_delivery_id_fkey" FOREIGN KEY ("team_id", "delivery_id") REFERENCES "webhook_delivery"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_team_id_webhook_id_fkey" FOREIGN KEY ("team_id", "webhook_id") REFERENCES "webhook"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_team_id_delivery_id_fkey" FOREIGN KEY ("team_id", "delivery_id") REFERENCES "webhook_delivery"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_rule_webhook" ADD CONSTRAINT "alert_rule_webhook_team_id_rule_id_fkey" FOREIGN KEY ("team_id", "rule_id") REFERENCES "alert_rule"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_rule_webhook" ADD CONSTRAINT "alert_rule_webhook_team_id_webhook_id_fkey" FOREIGN KEY ("team_id", "webhook_id") REFERENCES "webhook"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "webhook" ADD CONSTRAINT "webhook_words" CHECK (
  "name" <> '' AND "format" IN ('json', 'slack', 'feishu', 'dingtalk', 'wecom') AND "language" IN ('en', 'zh-CN')
  AND "timing" IN ('at_once', 'daily', 'weekly') AND "digest_hour" BETWEEN 0 AND 23 AND "digest_weekday" BETWEEN 1 AND 7
  AND ("quiet_from" IS NULL) = ("quiet_to" IS NULL)
  AND ("quiet_from" IS NULL OR ("quiet_from" BETWEEN 0 AND 23 AND "quiet_to" BETWEEN 0 AND 23 AND "quiet_from" <> "quiet_to"))
  AND ("off_reason" IS NULL OR "off_reason" IN ('by_hand', 'failing', 'gone'))
  -- What is deleted has forgotten its address and secrets.
  AND num_nonnulls("sealed_key_id", "sealed_nonce", "sealed_text") = CASE WHEN "deleted_at" IS NULL THEN 3 ELSE 0 END);
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_words" CHECK ("state" IN ('waiting', 'delivered', 'failed'));
ALTER TABLE "webhook_item" ADD CONSTRAINT "webhook_item_words" CHECK (
  jsonb_typeof("facts") = 'object' AND "link" ~ '^/[a-z]' AND "dedupe" <> '');
-- Looked for every few seconds: what is to be told, and what is to be tried.
CREATE INDEX "webhook_item_due" ON "webhook_item" ("due_at") WHERE "delivery_id" IS NULL;
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" ("next_try_at") WHERE "state" = 'waiting';

DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['webhook', 'webhook_delivery', 'webhook_item', 'webhook_attempt', 'alert_rule_webhook'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['webhook', 'webhook_delivery', 'webhook_item'] LOOP
    EXECUTE format($p$CREATE POLICY system_read ON %I FOR SELECT TO CURRENT_USER
      USING ((SELECT current_setting('app.system', true)) = 'on')$p$, t);
  END LOOP;
END $do$;

-- One kind of notification more, whatever kinds there are by now.
DO $do$
DECLARE v_words text;
BEGIN
  SELECT regexp_replace(pg_get_constraintdef(oid), 'ARRAY\[', 'ARRAY[''webhook_off''::text, ') INTO STRICT v_words
  FROM pg_constraint WHERE conname = 'notification_words' AND conrelid = 'notification'::regclass;
  ALTER TABLE "notification" DROP CONSTRAINT "notification_words";
  EXECUTE 'ALTER TABLE "notification" ADD CONSTRAINT "notification_words" ' || v_words;
END $do$;

-- Webhooks of all teams that have something to say now. What comes within seconds goes in one message: chats take some
-- 20 a minute.
CREATE FUNCTION webhooks_due() RETURNS TABLE (team_id uuid, webhook_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY
    SELECT DISTINCT i.team_id, i.webhook_id FROM webhook_item i
      JOIN webhook w ON w.team_id = i.team_id AND w.id = i.webhook_id AND w.off_reason IS NULL AND w.deleted_at IS NULL
    WHERE i.delivery_id IS NULL AND i.due_at <= app_now()
      AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.team_id = i.team_id AND d.webhook_id = i.webhook_id
        AND d.created_at > clock_timestamp() - interval '5 seconds')
    LIMIT 500;
  PERFORM set_config('app.system', '', true);
END $$;

-- Deliveries of all teams whose pause is over, and those that a killed process left.
CREATE FUNCTION webhook_deliveries_waiting(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT d.team_id, d.id FROM webhook_delivery d
    WHERE d.state = 'waiting' AND d.next_try_at <= clock_timestamp()
      AND (d.lease_until IS NULL OR d.lease_until < clock_timestamp())
    ORDER BY d.next_try_at LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;

-- Teams with deliveries that are older than the log keeps them.
CREATE FUNCTION webhook_teams_to_tidy(p_before timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT DISTINCT d.team_id FROM webhook_delivery d WHERE d.created_at < p_before;
  PERFORM set_config('app.system', '', true);
END $$;

-- Lays something down for the webhooks that hear of limits, each once for a dedupe; runs as its caller, in its team.
CREATE FUNCTION tell_webhooks(p_team uuid, p_kind text, p_facts jsonb, p_link text, p_dedupe text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO webhook_item (team_id, webhook_id, dedupe, kind, facts, link, at, due_at)
    SELECT w.team_id, w.id, p_dedupe, p_kind, p_facts, p_link, app_now(),
      alert_mail_at(w.timing, w.digest_hour, w.digest_weekday, w.quiet_from, w.quiet_to, app_now() AT TIME ZONE t.time_zone)
        AT TIME ZONE t.time_zone
    FROM webhook w JOIN team t ON t.id = w.team_id
    WHERE w.team_id = p_team AND w.limits AND w.off_reason IS NULL AND w.deleted_at IS NULL
    ON CONFLICT DO NOTHING;
END $$;

-- As before; what concerns limits, keys and unknown costs goes to webhooks too.
CREATE OR REPLACE FUNCTION notify_members(p_team uuid, p_members uuid[], p_admins boolean, p_kind text, p_facts jsonb,
  p_link text, p_dedupe text) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_now timestamptz := app_now();
  v_told int;
BEGIN
  INSERT INTO notification (team_id, id, member_id, kind, facts, link, dedupe, created_at)
    SELECT p_team, uuid_v7_at(v_now), m.id, p_kind, p_facts, p_link, p_dedupe, v_now FROM membership m
    WHERE m.team_id = p_team AND m.removed_at IS NULL
      AND (m.id = ANY (p_members) OR (p_admins AND m.role IN ('owner', 'admin')))
    ORDER BY m.id
    ON CONFLICT (team_id, member_id, dedupe) DO NOTHING;
  GET DIAGNOSTICS v_told = ROW_COUNT;
  IF v_told > 0 AND p_kind IN ('limit_reached_percent', 'unsettled_open', 'key_rejected', 'upstream_out_of_credits') THEN
    PERFORM tell_webhooks(p_team, p_kind, p_facts, p_link, p_dedupe);
  END IF;
  RETURN v_told;
END $$;
