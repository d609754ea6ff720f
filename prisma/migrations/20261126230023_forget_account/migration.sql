-- A deleted account keeps its row under a pseudonym, so that history keeps its order; nothing else of it stays.
ALTER TABLE "user_account" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

-- An installation whose every account is gone is entered anew.
CREATE OR REPLACE FUNCTION has_any_account() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM user_account WHERE deleted_at IS NULL) $$;

-- Every team that a person is or was in, for the export of their data.
CREATE FUNCTION memberships_of_user(p_user uuid)
RETURNS TABLE (team_id uuid, slug text, name text, member_id uuid, role text, joined_at timestamptz, removed_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, t.slug, t.name, m.id, m.role, m.created_at, m.removed_at
    FROM membership m JOIN team t ON t.id = m.team_id WHERE m.user_id = p_user ORDER BY t.name, t.slug;
  PERFORM set_config('app.system', '', true);
END $$;

-- Teams that would be left without an owner; one that is being deleted needs none.
CREATE FUNCTION teams_owned_alone(p_user uuid) RETURNS TABLE (slug text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.slug, t.name FROM membership m JOIN team t ON t.id = m.team_id
    WHERE m.user_id = p_user AND m.removed_at IS NULL AND m.role = 'owner' AND t.deletes_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM membership o WHERE o.team_id = m.team_id AND o.id <> m.id AND o.removed_at IS NULL AND o.role = 'owner')
    ORDER BY t.name, t.slug;
  PERFORM set_config('app.system', '', true);
END $$;
