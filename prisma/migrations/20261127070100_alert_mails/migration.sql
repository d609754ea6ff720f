-- How members want to hear of alerts, and the alerts that wait to be mailed to them.
CREATE TABLE "alert_preference" (
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "hears" TEXT NOT NULL,
    "in_app" BOOLEAN NOT NULL,
    "mail" TEXT NOT NULL,
    "digest_hour" INTEGER NOT NULL,
    "digest_weekday" INTEGER NOT NULL,
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_preference_pkey" PRIMARY KEY ("team_id","member_id")
);

CREATE TABLE "alert_mail" (
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "alert_mail_pkey" PRIMARY KEY ("team_id","member_id","alert_id")
);

CREATE INDEX "alert_mail_due_at_idx" ON "alert_mail"("due_at");
ALTER TABLE "alert_preference" ADD CONSTRAINT "alert_preference_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_mail" ADD CONSTRAINT "alert_mail_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_mail" ADD CONSTRAINT "alert_mail_team_id_alert_id_fkey" FOREIGN KEY ("team_id", "alert_id") REFERENCES "alert"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "alert_preference" ADD CONSTRAINT "alert_preference_words" CHECK (
  "hears" IN ('own', 'all') AND "mail" IN ('off', 'at_once', 'daily', 'weekly')
  AND "digest_hour" BETWEEN 0 AND 23 AND "digest_weekday" BETWEEN 1 AND 7
  AND ("quiet_from" IS NULL) = ("quiet_to" IS NULL)
  AND ("quiet_from" IS NULL OR ("quiet_from" BETWEEN 0 AND 23 AND "quiet_to" BETWEEN 0 AND 23 AND "quiet_from" <> "quiet_to")));

DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['alert_preference', 'alert_mail'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
  END LOOP;
END $do$;
CREATE POLICY system_read ON "alert_mail" FOR SELECT TO CURRENT_USER
  USING ((SELECT current_setting('app.system', true)) = 'on');

-- When a mail about something that was told at p_local goes out, both by the clock on the team's wall: at the next hour of
-- a digest, at the end of quiet hours, or at once.
CREATE FUNCTION alert_mail_at(p_mail text, p_hour int, p_weekday int, p_quiet_from int, p_quiet_to int, p_local timestamp)
RETURNS timestamp LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_at timestamp;
  v_hour int := extract(hour FROM p_local);
BEGIN
  IF p_mail = 'weekly' THEN
    v_at := date_trunc('week', p_local) + make_interval(days => p_weekday - 1, hours => p_hour);
    RETURN CASE WHEN v_at <= p_local THEN v_at + interval '7 days' ELSE v_at END;
  ELSIF p_mail = 'daily' THEN
    v_at := date_trunc('day', p_local) + make_interval(hours => p_hour);
  ELSIF p_quiet_from < p_quiet_to AND v_hour >= p_quiet_from AND v_hour < p_quiet_to
    OR p_quiet_from > p_quiet_to AND (v_hour >= p_quiet_from OR v_hour < p_quiet_to) THEN
    v_at := date_trunc('day', p_local) + make_interval(hours => p_quiet_to);
  ELSE
    RETURN p_local;
  END IF;
  RETURN CASE WHEN v_at <= p_local THEN v_at + interval '1 day' ELSE v_at END;
END $$;

-- Members of all teams whose mails about alerts are due.
CREATE FUNCTION alert_mails_due() RETURNS TABLE (team_id uuid, member_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT DISTINCT a.team_id, a.member_id FROM alert_mail a WHERE a.due_at <= app_now() LIMIT 500;
  PERFORM set_config('app.system', '', true);
END $$;
