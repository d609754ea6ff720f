-- The weekly review: when it goes out, who wants it, and what each told.
CREATE TABLE "weekly_review_setting" (
    "team_id" UUID NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "weekday" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "weekly_review_setting_pkey" PRIMARY KEY ("team_id")
);

CREATE TABLE "weekly_review_reader" (
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "weekly_review_reader_pkey" PRIMARY KEY ("team_id","member_id")
);

CREATE TABLE "weekly_review" (
    "team_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "commented_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "facts" JSONB,
    "sent_at" TIMESTAMPTZ(3),
    "readers" INTEGER,

    CONSTRAINT "weekly_review_pkey" PRIMARY KEY ("team_id","week")
);

ALTER TABLE "weekly_review_setting" ADD CONSTRAINT "weekly_review_setting_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "weekly_review_reader" ADD CONSTRAINT "weekly_review_reader_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "weekly_review" ADD CONSTRAINT "weekly_review_team_id_commented_by_id_fkey" FOREIGN KEY ("team_id", "commented_by_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "weekly_review_setting" ADD CONSTRAINT "weekly_review_setting_words" CHECK (
  "weekday" BETWEEN 1 AND 7 AND "hour" BETWEEN 0 AND 23);
ALTER TABLE "weekly_review" ADD CONSTRAINT "weekly_review_whole" CHECK (
  ("sent_at" IS NULL) = ("facts" IS NULL) AND ("sent_at" IS NULL) = ("readers" IS NULL)
  AND extract(isodow FROM "week") = 1);

DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['weekly_review_setting', 'weekly_review_reader', 'weekly_review'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
    EXECUTE format($p$CREATE POLICY system_read ON %I FOR SELECT TO CURRENT_USER
      USING ((SELECT current_setting('app.system', true)) = 'on')$p$, t);
  END LOOP;
END $do$;

-- The weeks, named by their Mondays, whose review is due in a team's own time and was not sent. What nobody was there to
-- send for three days is not told any more, and neither is what was due before the setting was made.
CREATE FUNCTION weekly_reviews_due() RETURNS TABLE (team_id uuid, week date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY
    SELECT s.team_id, w.monday::date FROM weekly_review_setting s
      JOIN team t ON t.id = s.team_id AND t.deletes_at IS NULL
      CROSS JOIN LATERAL (SELECT date_trunc('week', app_now() AT TIME ZONE t.time_zone) - make_interval(weeks => n) AS monday
        FROM generate_series(0, 1) AS n) w
      CROSS JOIN LATERAL (
        SELECT (w.monday + make_interval(days => s.weekday - 1, hours => s.hour)) AT TIME ZONE t.time_zone AS at) due
    WHERE s.is_on AND due.at <= app_now() AND due.at > app_now() - interval '3 days' AND due.at > s.changed_at
      AND EXISTS (SELECT 1 FROM weekly_review_reader r WHERE r.team_id = s.team_id)
      AND NOT EXISTS (SELECT 1 FROM weekly_review v WHERE v.team_id = s.team_id AND v.week = w.monday::date
        AND v.sent_at IS NOT NULL)
    LIMIT 200;
  PERFORM set_config('app.system', '', true);
END $$;
