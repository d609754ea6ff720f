-- Who did what, from which device, with what stood before and after; and a chain over the entries of a team.
ALTER TABLE "audit_entry" ADD COLUMN "device" TEXT, ADD COLUMN "before" JSONB, ADD COLUMN "after" JSONB,
  ADD COLUMN "is_system" BOOLEAN NOT NULL DEFAULT false;
DROP INDEX "audit_entry_team_id_at_idx";
CREATE INDEX "audit_entry_team_id_at_id_idx" ON "audit_entry"("team_id", "at", "id");
CREATE INDEX "audit_entry_team_id_member_id_at_id_idx" ON "audit_entry"("team_id", "member_id", "at", "id");
-- The kind of an entry is the first word of its action.
CREATE INDEX "audit_entry_kind" ON "audit_entry" ("team_id", split_part("action", '.', 1), "at", "id");

CREATE TABLE "audit_link" (
    "team_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "entry_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("team_id","seq")
);
CREATE UNIQUE INDEX "audit_link_team_id_entry_id_key" ON "audit_link"("team_id", "entry_id");
ALTER TABLE "audit_link" ADD CONSTRAINT "audit_link_team_id_entry_id_fkey" FOREIGN KEY ("team_id", "entry_id") REFERENCES "audit_entry"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_link" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_link" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "audit_link"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_link" FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE "audit_link" ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON "audit_link" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "audit_link" ENABLE ALWAYS TRIGGER never_truncated;

-- Covers every field of the entry and the link before it: altering or removing any of them shows.
CREATE FUNCTION audit_hash(p_previous bytea, e audit_entry) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sha256(coalesce(p_previous, ''::bytea) || convert_to(jsonb_build_array(
    e.team_id, e.id, extract(epoch FROM e.at), e.member_id, e.token_id, e.is_system, e.action, e.details, e."before",
    e."after", e.address, e.device)::text, 'UTF8')) $$;

-- Links an entry to the one before it. Deferred to the commit, when every row lock is held already: writers wait for one
-- another only for that moment, and the lock of the chain comes last in every order.
CREATE FUNCTION audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_before text := coalesce(current_setting('app.team', true), '');
  v_last audit_link;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('nichebook.audit/' || NEW.team_id, 0));
  PERFORM set_config('app.team', NEW.team_id::text, true);
  SELECT * INTO v_last FROM audit_link l WHERE l.team_id = NEW.team_id ORDER BY l.seq DESC LIMIT 1;
  INSERT INTO audit_link (team_id, seq, entry_id, hash)
    VALUES (NEW.team_id, coalesce(v_last.seq, 0) + 1, NEW.id, audit_hash(v_last.hash, NEW));
  PERFORM set_config('app.team', v_before, true);
  RETURN NULL;
END $$;

-- What was written before the chain is linked first, in its order.
DO $do$
DECLARE
  v_team uuid;
  v_entry audit_entry;
  v_hash bytea;
  v_seq int;
BEGIN
  PERFORM set_config('app.system', 'on', true);
  FOR v_team IN SELECT id FROM team LOOP
    PERFORM set_config('app.team', v_team::text, true);
    v_hash := NULL; v_seq := 0;
    FOR v_entry IN SELECT * FROM audit_entry e WHERE e.team_id = v_team ORDER BY e.at, e.id LOOP
      v_seq := v_seq + 1;
      v_hash := audit_hash(v_hash, v_entry);
      INSERT INTO audit_link (team_id, seq, entry_id, hash) VALUES (v_team, v_seq, v_entry.id, v_hash);
    END LOOP;
  END LOOP;
  PERFORM set_config('app.team', '', true);
  PERFORM set_config('app.system', '', true);
END $do$;
CREATE CONSTRAINT TRIGGER chained AFTER INSERT ON "audit_entry" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit_chain();
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER chained;

-- What does not fit in a team's audit log; part of verify-ledger.
CREATE FUNCTION audit_verify(p_team uuid) RETURNS TABLE (subject text, problem text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH links AS (
    SELECT l.*, lag(l.hash) OVER (ORDER BY l.seq) AS previous, row_number() OVER (ORDER BY l.seq) AS place
    FROM audit_link l WHERE l.team_id = p_team),
  entries AS (SELECT * FROM audit_entry e WHERE e.team_id = p_team)
  SELECT 'audit ' || k.entry_id, 'entry ' || k.seq || ' or the one before it was altered' FROM links k
    JOIN audit_entry e ON e.team_id = p_team AND e.id = k.entry_id WHERE k.hash IS DISTINCT FROM audit_hash(k.previous, e)
  UNION ALL
  SELECT 'audit ' || k.entry_id, 'entry ' || k.seq || ' is missing' FROM links k
    WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.id = k.entry_id)
  UNION ALL
  SELECT 'audit ' || k.entry_id, 'entry ' || k.seq || ' stands in place ' || k.place FROM links k WHERE k.seq <> k.place
  UNION ALL
  SELECT 'audit ' || e.id, 'is not in the chain' FROM entries e WHERE NOT EXISTS (SELECT 1 FROM links k WHERE k.entry_id = e.id)
$$;

-- Notes what happened to an account in the log of each team that the person is in. Teams in one order, as the chain locks them.
CREATE FUNCTION audit_in_teams(p_user uuid, p_action text, p_details jsonb, p_address text, p_device text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_before text := coalesce(current_setting('app.team', true), '');
  v record;
BEGIN
  FOR v IN SELECT * FROM teams_of_user(p_user) ORDER BY team_id LOOP
    PERFORM set_config('app.team', v.team_id::text, true);
    INSERT INTO audit_entry (team_id, id, member_id, action, details, address, device)
      VALUES (v.team_id, uuid_v7_at(clock_timestamp()), v.member_id, p_action, p_details, p_address, p_device);
  END LOOP;
  PERFORM set_config('app.team', v_before, true);
END $$;
