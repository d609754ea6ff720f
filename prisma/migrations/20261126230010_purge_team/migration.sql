-- What a team holds is deleted in one way alone: by purge_team, once the team is due. The mark of that function counts
-- only for the table's owner, which the ordinary role is not and cannot become.
CREATE FUNCTION is_purging(p_team uuid, p_table oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT current_setting('app.purge_team', true) = p_team::text
    AND current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = p_table)
    AND EXISTS (SELECT 1 FROM team t WHERE t.id = p_team AND t.deletes_at <= app_now()) $$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND is_purging((to_jsonb(OLD) ->> 'team_id')::uuid, TG_RELID) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Raw answers stay append-only. A delete passes only inside forget_raw_answers: as the table's owner, which the
-- ordinary role is not and cannot become, with that function's mark, and with the trace already written; or with the team.
CREATE OR REPLACE FUNCTION keep_raw_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND is_purging(OLD.team_id, TG_RELID) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'DELETE' AND current_setting('app.forget_raw', true) = OLD.team_id::text
    AND current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID)
    AND EXISTS (SELECT 1 FROM raw_forgotten f WHERE f.team_id = OLD.team_id AND f.request_id = OLD.request_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Deletes a team that is due, with every row of every table that has its id: of a table made later too. Those that
-- others point to come last. False: not due, or gone already.
CREATE FUNCTION purge_team(p_team uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_before text := coalesce(current_setting('app.team', true), '');
  v_left oid[];
  v_next oid;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  PERFORM 1 FROM team t WHERE t.id = p_team AND t.deletes_at <= app_now() FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM set_config('app.team', v_before, true);
    RETURN false;
  END IF;
  PERFORM set_config('app.purge_team', p_team::text, true);
  SELECT array_agg(a.attrelid) INTO v_left FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attname = 'team_id' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace;
  WHILE cardinality(v_left) > 0 LOOP
    SELECT x.id INTO v_next FROM unnest(v_left) AS x(id)
      WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k
        WHERE k.contype = 'f' AND k.confrelid = x.id AND k.conrelid <> x.id AND k.conrelid = ANY (v_left))
      LIMIT 1;
    IF v_next IS NULL THEN
      RAISE EXCEPTION 'tables point to one another in a circle: %', (SELECT array_agg(x::regclass) FROM unnest(v_left) x);
    END IF;
    EXECUTE format('DELETE FROM %s WHERE team_id = $1', v_next::regclass) USING p_team;
    v_left := array_remove(v_left, v_next);
  END LOOP;
  DELETE FROM team t WHERE t.id = p_team;
  PERFORM set_config('app.purge_team', '', true);
  PERFORM set_config('app.team', v_before, true);
  RETURN true;
END $$;

CREATE FUNCTION teams_to_purge() RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id FROM team t WHERE t.deletes_at <= app_now() ORDER BY t.deletes_at;
  PERFORM set_config('app.system', '', true);
END $$;
