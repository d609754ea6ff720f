CREATE POLICY system_read ON "credit_counter" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');

-- Sums over all teams, for whoever watches the installation: of a team's counters, which hold its members' as well.
CREATE FUNCTION credit_totals() RETURNS TABLE (upstream text, spent bigint, held bigint, unsettled bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT c.upstream, sum(c.spent)::bigint, sum(c.held)::bigint, sum(c.unsettled)::bigint
    FROM credit_counter c WHERE c.scope = 'team' GROUP BY c.upstream;
  PERFORM set_config('app.system', '', true);
END $$;
