-- What a team decides about itself, beside its credits.
ALTER TABLE "team"
  ADD COLUMN "member_language" TEXT,
  ADD COLUMN "second_factor_required" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "deletes_at" TIMESTAMPTZ(3),
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "team" ADD CONSTRAINT "team_settings_words" CHECK (
  ("member_language" IS NULL OR "member_language" IN ('en', 'zh-CN')) AND "version" > 0);

-- Who asks, for which team: what every request needs to know of both.
ALTER TYPE team_member ADD ATTRIBUTE "deletes_at" timestamptz, ADD ATTRIBUTE "second_factor_required" boolean;
CREATE OR REPLACE FUNCTION team_of_member(p_slug text, p_user uuid) RETURNS SETOF team_member
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, t.slug, t.name, t.time_zone, t.period_first_day, t.default_region, t.default_window,
      t.freshness_minutes, t.upstream, m.id, m.user_id, m.role, u.name, t.deletes_at, t.second_factor_required
    FROM team t JOIN membership m ON m.team_id = t.id JOIN user_account u ON u.id = m.user_id
    WHERE t.slug = p_slug AND m.user_id = p_user AND m.removed_at IS NULL;
  PERFORM set_config('app.system', '', true);
END $$;

DROP FUNCTION find_api_token(text);
CREATE FUNCTION find_api_token(p_hash text)
RETURNS TABLE (token_id uuid, scope text, expires_at timestamptz, revoked_at timestamptz, team_id uuid, slug text, name text,
  time_zone text, period_first_day int, default_region text, default_window text, freshness_minutes int, upstream text,
  member_id uuid, user_id uuid, role text, member_name text, deletes_at timestamptz, second_factor_required boolean)
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
        t.period_first_day, t.default_region, t.default_window, t.freshness_minutes, t.upstream, m.id, m.user_id, m.role, u.name,
        t.deletes_at, t.second_factor_required
      FROM team t JOIN membership m ON m.team_id = t.id JOIN user_account u ON u.id = m.user_id
      WHERE t.id = v_token.team_id AND m.id = v_token.member_id AND m.removed_at IS NULL;
  END IF;
  PERFORM set_config('app.system', '', true);
END $$;
