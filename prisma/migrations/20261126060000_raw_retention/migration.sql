-- What is left of a raw answer that the team's setting has forgotten: enough to prove a copy.
CREATE TABLE "raw_forgotten" (
    "team_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "forgotten_at" TIMESTAMPTZ(6) NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "raw_forgotten_pkey" PRIMARY KEY ("team_id","request_id")
);
ALTER TABLE "raw_forgotten" ADD CONSTRAINT "raw_forgotten_team_id_request_id_fkey" FOREIGN KEY ("team_id", "request_id") REFERENCES "credit_request"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "raw_forgotten" ADD CONSTRAINT "raw_forgotten_words" CHECK ("bytes" >= 0 AND "sha256" ~ '^[0-9a-f]{64}$');

ALTER TABLE "raw_forgotten" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "raw_forgotten" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "raw_forgotten"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "raw_forgotten" FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE "raw_forgotten" ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON "raw_forgotten" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "raw_forgotten" ENABLE ALWAYS TRIGGER never_truncated;

-- By age, for the retention; by what served it, for a receipt.
CREATE INDEX "raw_answer_team_id_received_at_idx" ON "raw_answer" ("team_id", "received_at");
CREATE INDEX "served_answer_stored" ON "served_answer" ("team_id", "snapshot_id") WHERE "source" = 'stored';
CREATE INDEX "served_answer_shared" ON "served_answer" ("team_id", "request_id") WHERE "source" = 'shared';

-- Raw answers stay append-only. A delete passes only inside forget_raw_answers: as the table's owner, which the
-- ordinary role is not and cannot become, with that function's mark, and with the trace already written.
CREATE FUNCTION keep_raw_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('app.forget_raw', true) = OLD.team_id::text
    AND current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID)
    AND EXISTS (SELECT 1 FROM raw_forgotten f WHERE f.team_id = OLD.team_id AND f.request_id = OLD.request_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER append_only ON "raw_answer";
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "raw_answer" FOR EACH ROW EXECUTE FUNCTION keep_raw_answer();
ALTER TABLE "raw_answer" ENABLE ALWAYS TRIGGER append_only;

-- Forgets at most p_most raw answers of one team that are older than its own setting says. Without a setting, nothing.
-- What a request still to confirm brought stays: it is the evidence. Several at once share the work.
CREATE FUNCTION forget_raw_answers(p_team uuid, p_most int) RETURNS TABLE (answers int, bytes bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_days int;
  v_now timestamptz := app_now();
  v_ids uuid[];
  v_before text := coalesce(current_setting('app.team', true), '');
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  -- Shared with others who forget, but not with a change of the setting: after "keep for ever" nothing more goes.
  SELECT t.raw_retention_days INTO v_days FROM team t WHERE t.id = p_team FOR SHARE;
  IF v_days IS NOT NULL THEN
    SELECT array_agg(x.request_id) INTO v_ids FROM (
      SELECT a.request_id FROM raw_answer a
        WHERE a.team_id = p_team AND a.received_at < v_now - make_interval(days => v_days)
          AND EXISTS (SELECT 1 FROM credit_request r WHERE r.team_id = p_team AND r.id = a.request_id
            AND r.state IN ('charged', 'not_charged', 'released'))
        ORDER BY a.received_at LIMIT p_most FOR UPDATE OF a SKIP LOCKED) x;
  END IF;
  IF v_ids IS NULL THEN
    RETURN QUERY SELECT 0, 0::bigint;
  ELSE
    RETURN QUERY WITH traced AS (
      INSERT INTO raw_forgotten (team_id, request_id, received_at, forgotten_at, bytes, sha256)
        SELECT a.team_id, a.request_id, a.received_at, v_now, octet_length(a.body), encode(sha256(a.body), 'hex')
          FROM raw_answer a WHERE a.team_id = p_team AND a.request_id = ANY (v_ids)
        RETURNING bytes)
      SELECT count(*)::int, coalesce(sum(traced.bytes), 0)::bigint FROM traced;
    PERFORM set_config('app.forget_raw', p_team::text, true);
    DELETE FROM raw_answer a WHERE a.team_id = p_team AND a.request_id = ANY (v_ids);
    PERFORM set_config('app.forget_raw', '', true);
  END IF;
  PERFORM set_config('app.team', v_before, true);
END $$;

-- Which teams do not keep raw answers for ever.
CREATE FUNCTION teams_with_raw_retention() RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id FROM team t WHERE t.raw_retention_days IS NOT NULL ORDER BY t.id;
  PERFORM set_config('app.system', '', true);
END $$;
