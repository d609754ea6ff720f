-- Rules that say what a team wants to be told, and what they had to tell.
CREATE TABLE "alert_rule" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "condition" TEXT NOT NULL,
    "metric" TEXT,
    "value" DOUBLE PRECISION,
    "against" TEXT,
    "category_id" TEXT,
    "region" TEXT,
    "window" TEXT,
    "watchlist_id" UUID,
    "search_id" UUID,
    "cooldown_hours" INTEGER NOT NULL,
    "member_id" UUID NOT NULL,
    "muted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("team_id","id")
);

CREATE TABLE "alert" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "condition" TEXT NOT NULL,
    "metric" TEXT,
    "value" DOUBLE PRECISION,
    "against" TEXT,
    "old_value" DOUBLE PRECISION,
    "new_value" DOUBLE PRECISION,
    "old_at" TIMESTAMPTZ(6),
    "new_at" TIMESTAMPTZ(6) NOT NULL,
    "old_snapshot_id" UUID,
    "observations" INTEGER,
    "fired_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("team_id","id")
);

CREATE INDEX "alert_rule_team_id_upstream_created_at_idx" ON "alert_rule"("team_id", "upstream", "created_at" DESC);
CREATE INDEX "alert_team_id_rule_id_category_id_region_window_new_at_idx" ON "alert"("team_id", "rule_id", "category_id", "region", "window", "new_at");
CREATE INDEX "alert_team_id_upstream_fired_at_id_idx" ON "alert"("team_id", "upstream", "fired_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "alert_team_id_rule_id_snapshot_id_category_id_key" ON "alert"("team_id", "rule_id", "snapshot_id", "category_id");
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_team_id_search_id_fkey" FOREIGN KEY ("team_id", "search_id") REFERENCES "saved_search"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "alert" ADD CONSTRAINT "alert_team_id_rule_id_fkey" FOREIGN KEY ("team_id", "rule_id") REFERENCES "alert_rule"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "cooldown_hours" BETWEEN 0 AND 8760
  AND "condition" IN ('crosses_up', 'crosses_down', 'rises_by', 'falls_by', 'changes_by', 'enters_top', 'leaves_top',
    'is_new', 'reverses', 'unusual', 'older_than')
  AND ("against" IS NULL OR "against" IN ('previous', 'week'))
  -- About one thing: a category in a region and window, a list, or a search.
  AND num_nonnulls("category_id", "watchlist_id", "search_id") = 1
  AND ("category_id" IS NULL) = ("region" IS NULL) AND ("category_id" IS NULL) = ("window" IS NULL));
-- Looked for with each answer: what may fire.
CREATE INDEX "alert_rule_live" ON "alert_rule" ("team_id", "upstream") WHERE "deleted_at" IS NULL AND "muted_at" IS NULL;

DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['alert_rule', 'alert'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['alert_rule', 'outbox'] LOOP
    EXECUTE format($p$CREATE POLICY system_read ON %I FOR SELECT TO CURRENT_USER
      USING ((SELECT current_setting('app.system', true)) = 'on')$p$, t);
  END LOOP;
END $do$;

-- One kind of notification more, whatever kinds there are by now.
DO $do$
DECLARE v_words text;
BEGIN
  SELECT regexp_replace(pg_get_constraintdef(oid), 'ARRAY\[', 'ARRAY[''alert''::text, ') INTO STRICT v_words
  FROM pg_constraint WHERE conname = 'notification_words' AND conrelid = 'notification'::regclass;
  ALTER TABLE "notification" DROP CONSTRAINT "notification_words";
  EXECUTE 'ALTER TABLE "notification" ADD CONSTRAINT "notification_words" ' || v_words;
END $do$;

-- Teams with stored answers that no rule was tried on yet, and those that want to be told of old data.
CREATE FUNCTION alert_teams_waiting() RETURNS TABLE (team_id uuid, answers boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY
    SELECT o.team_id, true FROM outbox o GROUP BY o.team_id
    UNION ALL
    SELECT DISTINCT r.team_id, false FROM alert_rule r
      WHERE r.condition = 'older_than' AND r.deleted_at IS NULL AND r.muted_at IS NULL;
  PERFORM set_config('app.system', '', true);
END $$;
