-- Every name that a team ever had in addresses. It keeps them all: old links lead on, and nobody else gets them.
CREATE TABLE "team_slug" (
    "team_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_slug_pkey" PRIMARY KEY ("team_id","slug")
);
CREATE UNIQUE INDEX "team_slug_slug_key" ON "team_slug"("slug");
ALTER TABLE "team_slug" ADD CONSTRAINT "team_slug_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
DO $do$ BEGIN
  PERFORM set_config('app.system', 'on', true);
  INSERT INTO team_slug (team_id, slug) SELECT t.id, t.slug FROM team t;
  PERFORM set_config('app.system', '', true);
END $do$;

ALTER TABLE "team_slug" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "team_slug" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "team_slug"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE POLICY system_read ON "team_slug" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');

CREATE OR REPLACE FUNCTION team_of_member(p_slug text, p_user uuid) RETURNS SETOF team_member
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, t.slug, t.name, t.time_zone, t.period_first_day, t.default_region, t.default_window,
      t.freshness_minutes, t.upstream, m.id, m.user_id, m.role, u.name, t.deletes_at, t.second_factor_required
    FROM team_slug s JOIN team t ON t.id = s.team_id JOIN membership m ON m.team_id = t.id JOIN user_account u ON u.id = m.user_id
    WHERE s.slug = p_slug AND m.user_id = p_user AND m.removed_at IS NULL;
  PERFORM set_config('app.system', '', true);
END $$;

CREATE OR REPLACE FUNCTION create_team(p_id uuid, p_slug text, p_name text, p_time_zone text, p_user uuid, p_member uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_before text := coalesce(current_setting('app.team', true), '');
BEGIN
  PERFORM set_config('app.team', p_id::text, true);
  -- Somebody's former name is in here too; it would not be in `team`.
  IF NOT EXISTS (SELECT 1 FROM team t WHERE t.id = p_id) THEN
    INSERT INTO team (id, slug, name, time_zone) VALUES (p_id, p_slug, p_name, p_time_zone) ON CONFLICT (slug) DO NOTHING;
    IF FOUND THEN
      INSERT INTO team_slug (team_id, slug) VALUES (p_id, p_slug) ON CONFLICT (slug) DO NOTHING;
      IF FOUND THEN
        INSERT INTO membership (team_id, id, user_id, role) VALUES (p_id, p_member, p_user, 'owner');
        PERFORM set_config('app.team', v_before, true);
        RETURN true;
      END IF;
      DELETE FROM team t WHERE t.id = p_id;
    END IF;
  END IF;
  PERFORM set_config('app.team', v_before, true);
  RETURN false;
END $$;
