-- Notices about limits, keys, unknown costs and webhooks that wait to be mailed, as alerts do.
CREATE TABLE "notice_mail" (
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "notice_mail_pkey" PRIMARY KEY ("team_id","member_id","notification_id")
);

CREATE INDEX "notice_mail_due_at_idx" ON "notice_mail"("due_at");
ALTER TABLE "notice_mail" ADD CONSTRAINT "notice_mail_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_mail" ADD CONSTRAINT "notice_mail_team_id_notification_id_fkey" FOREIGN KEY ("team_id", "notification_id") REFERENCES "notification"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "notice_mail" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "notice_mail" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "notice_mail"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE POLICY system_read ON "notice_mail" FOR SELECT TO CURRENT_USER
  USING ((SELECT current_setting('app.system', true)) = 'on');

-- As before; what concerns limits, keys and unknown costs also goes to webhooks, and as mails to the members told who
-- wish for mails, at the hour of their wish.
CREATE OR REPLACE FUNCTION notify_members(p_team uuid, p_members uuid[], p_admins boolean, p_kind text, p_facts jsonb,
  p_link text, p_dedupe text) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_now timestamptz := app_now();
  v_told uuid[];
BEGIN
  WITH told AS (
    INSERT INTO notification (team_id, id, member_id, kind, facts, link, dedupe, created_at)
      SELECT p_team, uuid_v7_at(v_now), m.id, p_kind, p_facts, p_link, p_dedupe, v_now FROM membership m
      WHERE m.team_id = p_team AND m.removed_at IS NULL
        AND (m.id = ANY (p_members) OR (p_admins AND m.role IN ('owner', 'admin')))
      ORDER BY m.id
      ON CONFLICT (team_id, member_id, dedupe) DO NOTHING
      RETURNING id)
  SELECT array_agg(id) INTO v_told FROM told;
  IF v_told IS NULL THEN RETURN 0; END IF;
  IF p_kind IN ('limit_reached_percent', 'unsettled_open', 'key_rejected', 'upstream_out_of_credits') THEN
    PERFORM tell_webhooks(p_team, p_kind, p_facts, p_link, p_dedupe);
  END IF;
  IF p_kind IN ('limit_reached_percent', 'unsettled_open', 'key_rejected', 'upstream_out_of_credits', 'webhook_off') THEN
    INSERT INTO notice_mail (team_id, member_id, notification_id, due_at)
      SELECT n.team_id, n.member_id, n.id, alert_mail_at(p.mail, p.digest_hour, p.digest_weekday, p.quiet_from, p.quiet_to,
        v_now AT TIME ZONE t.time_zone) AT TIME ZONE t.time_zone
      FROM notification n
        JOIN alert_preference p ON p.team_id = n.team_id AND p.member_id = n.member_id AND p.mail <> 'off'
        JOIN team t ON t.id = n.team_id
      WHERE n.team_id = p_team AND n.id = ANY (v_told);
  END IF;
  RETURN cardinality(v_told);
END $$;

-- Members of all teams whose mails about alerts or limits are due.
CREATE OR REPLACE FUNCTION alert_mails_due() RETURNS TABLE (team_id uuid, member_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY
    SELECT a.team_id, a.member_id FROM alert_mail a WHERE a.due_at <= app_now()
    UNION
    SELECT n.team_id, n.member_id FROM notice_mail n WHERE n.due_at <= app_now()
    LIMIT 500;
  PERFORM set_config('app.system', '', true);
END $$;
