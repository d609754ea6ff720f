-- The clock is read once, so that the index finds what is due: asked for each row, it looked at every schedule.
CREATE OR REPLACE FUNCTION schedules_due(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_now timestamptz := app_now();
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT s.team_id, s.id FROM schedule s JOIN team t ON t.id = s.team_id
    WHERE s.ended_at IS NULL AND s.next_due_at <= v_now AND s.upstream = t.upstream AND t.deletes_at IS NULL
    ORDER BY s.next_due_at LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;
