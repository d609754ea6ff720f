-- Webhooks choose to hear of provider changes and of the weekly review, too.
ALTER TABLE "webhook" ADD COLUMN "provider" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "reviews" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "weekly_review" ADD COLUMN "webhooks" INTEGER NOT NULL DEFAULT 0;

-- As before; who hears of a notice is chosen by what it is about.
CREATE OR REPLACE FUNCTION tell_webhooks(p_team uuid, p_kind text, p_facts jsonb, p_link text, p_dedupe text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO webhook_item (team_id, webhook_id, dedupe, kind, facts, link, at, due_at)
    SELECT w.team_id, w.id, p_dedupe, p_kind, p_facts, p_link, app_now(),
      alert_mail_at(w.timing, w.digest_hour, w.digest_weekday, w.quiet_from, w.quiet_to, app_now() AT TIME ZONE t.time_zone)
        AT TIME ZONE t.time_zone
    FROM webhook w JOIN team t ON t.id = w.team_id
    WHERE w.team_id = p_team AND CASE p_kind WHEN 'provider_changed' THEN w.provider ELSE w.limits END
      AND w.off_reason IS NULL AND w.deleted_at IS NULL
    ON CONFLICT DO NOTHING;
END $$;

-- As before; changes of the provider leave too.
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
  IF p_kind IN ('limit_reached_percent', 'unsettled_open', 'key_rejected', 'upstream_out_of_credits', 'provider_changed') THEN
    PERFORM tell_webhooks(p_team, p_kind, p_facts, p_link, p_dedupe);
  END IF;
  IF p_kind IN ('limit_reached_percent', 'unsettled_open', 'key_rejected', 'upstream_out_of_credits', 'provider_changed',
    'webhook_off') THEN
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

-- As before; a review that only webhooks want is due too.
CREATE OR REPLACE FUNCTION weekly_reviews_due() RETURNS TABLE (team_id uuid, week date)
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
      AND (EXISTS (SELECT 1 FROM weekly_review_reader r WHERE r.team_id = s.team_id)
        OR EXISTS (SELECT 1 FROM webhook h WHERE h.team_id = s.team_id AND h.reviews AND h.off_reason IS NULL
          AND h.deleted_at IS NULL))
      AND NOT EXISTS (SELECT 1 FROM weekly_review v WHERE v.team_id = s.team_id AND v.week = w.monday::date
        AND v.sent_at IS NOT NULL)
    LIMIT 200;
  PERFORM set_config('app.system', '', true);
END $$;
