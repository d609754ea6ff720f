-- A team keeps an owner, whichever statement takes one away. Two who demote each other at once wait for one another
-- here, and the second one sees what the first one did.
CREATE FUNCTION team_keeps_owner() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM team t WHERE t.id = OLD.team_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT 1 FROM membership m WHERE m.team_id = OLD.team_id AND m.role = 'owner' AND m.removed_at IS NULL) THEN
    RAISE EXCEPTION 'the team would have no owner' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keeps_owner AFTER UPDATE OF "role", "removed_at" ON "membership" FOR EACH ROW
  WHEN (OLD."role" = 'owner' AND OLD."removed_at" IS NULL AND (NEW."role" <> 'owner' OR NEW."removed_at" IS NOT NULL))
  EXECUTE FUNCTION team_keeps_owner();
