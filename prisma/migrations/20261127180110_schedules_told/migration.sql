-- A plan that was made anew is told, and a renewal that brought nothing new says since when nothing changed.
ALTER TABLE "schedule_slot" ADD COLUMN "unchanged_since" TIMESTAMPTZ(3);
-- A plan that still fits is kept until its period ends.
ALTER TABLE "schedule" ADD COLUMN "planned_until" DATE;

-- One kind of notification more, whatever kinds there are by now.
DO $do$
DECLARE v_words text;
BEGIN
  SELECT regexp_replace(pg_get_constraintdef(oid), 'ARRAY\[', 'ARRAY[''schedules_replanned''::text, ') INTO STRICT v_words
  FROM pg_constraint WHERE conname = 'notification_words' AND conrelid = 'notification'::regclass;
  ALTER TABLE "notification" DROP CONSTRAINT "notification_words";
  EXECUTE 'ALTER TABLE "notification" ADD CONSTRAINT "notification_words" ' || v_words;
END $do$;

-- As before; schedules that were planned anew are told as limits are: it is about what credits reach for.
CREATE OR REPLACE FUNCTION notify_members(p_team uuid, p_members uuid[], p_admins boolean, p_kind text, p_facts jsonb,
  p_link text, p_dedupe text) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_now timestamptz := app_now();
  v_subject text := CASE
    WHEN p_kind IN ('limit_reached_percent', 'unsettled_open', 'key_rejected', 'upstream_out_of_credits', 'webhook_off',
        'schedules_replanned')
      THEN 'limits'
    WHEN p_kind = 'provider_changed' THEN 'provider' ELSE 'other' END;
  v_told uuid[];
BEGIN
  WITH told AS (
    INSERT INTO notification (team_id, id, member_id, kind, facts, link, dedupe, created_at, in_app)
      SELECT p_team, uuid_v7_at(v_now), m.id, p_kind, p_facts, p_link, p_dedupe, v_now, CASE v_subject
        WHEN 'limits' THEN m.role = 'owner' OR coalesce(p.limits_in_app, true)
        WHEN 'provider' THEN coalesce(p.provider_in_app, true) ELSE true END
      FROM membership m LEFT JOIN alert_preference p ON p.team_id = m.team_id AND p.member_id = m.id
      WHERE m.team_id = p_team AND m.removed_at IS NULL
        AND (m.id = ANY (p_members) OR (p_admins AND m.role IN ('owner', 'admin')))
      ORDER BY m.id
      ON CONFLICT (team_id, member_id, dedupe) DO NOTHING
      RETURNING id)
  SELECT array_agg(id) INTO v_told FROM told;
  IF v_told IS NULL THEN RETURN 0; END IF;
  -- A webhook that was switched off is no news for the others.
  IF v_subject <> 'other' AND p_kind <> 'webhook_off' THEN
    PERFORM tell_webhooks(p_team, p_kind, p_facts, p_link, p_dedupe);
  END IF;
  IF v_subject <> 'other' THEN
    INSERT INTO notice_mail (team_id, member_id, notification_id, due_at)
      SELECT n.team_id, n.member_id, n.id, alert_mail_at(p.mail, p.digest_hour, p.digest_weekday, p.quiet_from, p.quiet_to,
        v_now AT TIME ZONE t.time_zone) AT TIME ZONE t.time_zone
      FROM notification n
        JOIN alert_preference p ON p.team_id = n.team_id AND p.member_id = n.member_id AND p.mail <> 'off'
          AND CASE v_subject WHEN 'limits' THEN p.limits_mailed ELSE p.provider_mailed END
        JOIN team t ON t.id = n.team_id
      WHERE n.team_id = p_team AND n.id = ANY (v_told);
  END IF;
  RETURN cardinality(v_told);
END $$;
