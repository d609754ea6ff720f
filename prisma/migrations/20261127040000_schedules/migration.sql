-- Saved searches and watchlists that renew by themselves, and what came of each moment at which they were due.
CREATE TABLE "schedule" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "search_id" UUID,
    "watchlist_id" UUID,
    "member_id" UUID NOT NULL,
    "cadence" TEXT NOT NULL,
    "week_day" INTEGER,
    "month_day" INTEGER,
    "every_days" INTEGER NOT NULL DEFAULT 1,
    "hour" INTEGER NOT NULL,
    "time_zone" TEXT NOT NULL,
    "next_due_at" TIMESTAMPTZ(3) NOT NULL,
    "price_credits" INTEGER NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("team_id","id")
);
CREATE TABLE "schedule_slot" (
    "team_id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "by_hand" BOOLEAN NOT NULL DEFAULT false,
    "press_id" UUID,
    "max_credits" INTEGER,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID,
    "outcome" TEXT,
    "reason" TEXT,
    "credits" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_slot_pkey" PRIMARY KEY ("team_id","schedule_id","due_at")
);
ALTER TABLE "run" ADD COLUMN "schedule_id" UUID;

ALTER TABLE "schedule" ADD CONSTRAINT "schedule_team_id_search_id_fkey" FOREIGN KEY ("team_id", "search_id") REFERENCES "saved_search"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "schedule_slot" ADD CONSTRAINT "schedule_slot_team_id_schedule_id_fkey" FOREIGN KEY ("team_id", "schedule_id") REFERENCES "schedule"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "schedule_slot" ADD CONSTRAINT "schedule_slot_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "schedule" ADD CONSTRAINT "schedule_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND ("search_id" IS NULL) <> ("watchlist_id" IS NULL)
  AND "cadence" IN ('daily', 'weekdays', 'weekly', 'monthly', 'budget') AND "hour" BETWEEN 0 AND 23
  AND ("week_day" IS NOT NULL) = ("cadence" = 'weekly') AND ("week_day" IS NULL OR "week_day" BETWEEN 1 AND 7)
  AND ("month_day" IS NOT NULL) = ("cadence" = 'monthly') AND ("month_day" IS NULL OR "month_day" BETWEEN 1 AND 31)
  AND "every_days" > 0 AND ("every_days" = 1 OR "cadence" = 'budget') AND "price_credits" >= 0);
ALTER TABLE "schedule_slot" ADD CONSTRAINT "schedule_slot_words" CHECK (
  ("outcome" IS NULL OR "outcome" IN ('renewed', 'fresh', 'partial', 'failed', 'stopped', 'skipped'))
  AND ("outcome" IS NULL) = ("ended_at" IS NULL) AND "credits" >= 0 AND "missed" >= 0);

-- One schedule for each thing; what is due and what is under way is looked for every few seconds and is little.
CREATE UNIQUE INDEX "schedule_of_search" ON "schedule" ("team_id", "search_id") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "schedule_of_watchlist" ON "schedule" ("team_id", "watchlist_id") WHERE "ended_at" IS NULL;
CREATE INDEX "schedule_waiting" ON "schedule" ("next_due_at") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "schedule_slot_press" ON "schedule_slot" ("team_id", "press_id");
CREATE INDEX "schedule_slot_open" ON "schedule_slot" ("due_at") WHERE "ended_at" IS NULL;
CREATE INDEX "schedule_slot_of_run" ON "schedule_slot" ("team_id", "run_id") WHERE "run_id" IS NOT NULL;
-- The newest of each schedule, and of a team, are read for its page.
CREATE INDEX "schedule_slot_newest" ON "schedule_slot" ("team_id", "due_at" DESC);

ALTER TABLE "schedule" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "schedule" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "schedule"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE POLICY system_read ON "schedule" FOR SELECT TO CURRENT_USER
  USING ((SELECT current_setting('app.system', true)) = 'on');
ALTER TABLE "schedule_slot" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "schedule_slot" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "schedule_slot"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE POLICY system_read ON "schedule_slot" FOR SELECT TO CURRENT_USER
  USING ((SELECT current_setting('app.system', true)) = 'on');

-- Schedules of all teams that are due. A team that is about to be deleted is read-only, and nothing is due in it.
CREATE FUNCTION schedules_due(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT s.team_id, s.id FROM schedule s JOIN team t ON t.id = s.team_id
    WHERE s.ended_at IS NULL AND s.next_due_at <= app_now() AND s.upstream = t.upstream AND t.deletes_at IS NULL
    ORDER BY s.next_due_at LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;

-- Schedules of teams that have moved to another time zone since their next moment was reckoned.
CREATE FUNCTION schedules_elsewhere(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT s.team_id, s.id FROM schedule s JOIN team t ON t.id = s.team_id
    WHERE s.ended_at IS NULL AND s.time_zone <> t.time_zone AND s.next_due_at > app_now() LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;

-- Moments of all teams that nothing has come of yet: not begun, or their run has ended.
CREATE FUNCTION schedule_slots_waiting(p_most int)
RETURNS TABLE (team_id uuid, schedule_id uuid, due_at timestamptz, run_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT s.team_id, s.schedule_id, s.due_at::timestamptz, s.run_id
    FROM schedule_slot s LEFT JOIN run r ON r.team_id = s.team_id AND r.id = s.run_id
    WHERE s.ended_at IS NULL AND (s.run_id IS NULL OR r.state IN ('done', 'stopped', 'failed'))
    ORDER BY s.due_at LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;

-- One kind of notification more, whatever kinds there are by now.
DO $do$
DECLARE v_words text;
BEGIN
  SELECT regexp_replace(pg_get_constraintdef(oid), 'ARRAY\[', 'ARRAY[''schedule_skipped''::text, ') INTO STRICT v_words
  FROM pg_constraint WHERE conname = 'notification_words' AND conrelid = 'notification'::regclass;
  ALTER TABLE "notification" DROP CONSTRAINT "notification_words";
  EXECUTE 'ALTER TABLE "notification" ADD CONSTRAINT "notification_words" ' || v_words;
END $do$;
