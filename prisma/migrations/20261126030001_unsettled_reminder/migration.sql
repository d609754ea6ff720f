-- Teams, by upstream, whose requests have waited longer than a day for a person to say what they cost.
CREATE FUNCTION credits_unsettled_waiting() RETURNS TABLE (team_id uuid, upstream text, requests int, credits int, day text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT t.id, r.upstream, count(*)::int, sum(r.price_credits)::int, (app_now() AT TIME ZONE t.time_zone)::date::text
    FROM team t JOIN credit_request r ON r.team_id = t.id AND r.upstream = t.upstream
    WHERE t.unsettled_rule = 'ask' AND r.state = 'unsettled' AND r.settled_at <= app_now() - interval '1 day'
    GROUP BY t.id, r.upstream;
  PERFORM set_config('app.system', '', true);
END $$;
