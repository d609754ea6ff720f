-- A claim holds the counters for two statements less: each is checked and reserved by one UPDATE.
-- Step 1. Answers from the store, joins a request under way, or reserves credits for a new one.
-- p_ask: upstream, endpoint, region, window, category_id, q, page, question_key, member_id, token_id, purpose, run_id,
-- search_id, watchlist_id, schedule_id, repeats_id, input_hash, price_credits, max_age_ms, waited_ms, lease_ms, nonce,
-- confirmed (the asker knows that it costs more than the team lets pass unasked).
-- result: stored | shared | claimed | replay | conflict | limit | confirm_needed | key_missing | key_rejected | upstream_out_of_credits
CREATE OR REPLACE FUNCTION credits_claim(p_team uuid, p_id uuid, p_ask jsonb)
RETURNS TABLE (result text, source text, request_id uuid, snapshot_id uuid, reason text, scope text, limit_credits int,
  spent int, held int, resets_at timestamptz, retry_after_seconds int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  a record;
  v_team team;
  v_flight flight;
  v_request credit_request;
  v_served served_answer;
  v_key team_key;
  v_counter credit_counter;
  v_now timestamptz;
  v_period record;
  v_scopes text[];
  v_subjects uuid[];
  v_missing boolean := false;
  v_cooldown interval;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT * INTO STRICT a FROM jsonb_to_record(p_ask) AS ask(upstream text, endpoint text, region text, "window" text,
    category_id text, q text, page int, question_key text, member_id uuid, token_id uuid, purpose text, run_id uuid,
    search_id uuid, watchlist_id uuid, schedule_id uuid, repeats_id uuid, input_hash text, price_credits int,
    max_age_ms bigint, waited_ms bigint, lease_ms bigint, nonce uuid, confirmed boolean);

  INSERT INTO flight (team_id, question_key) VALUES (p_team, a.question_key) ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT v_flight FROM flight f WHERE f.team_id = p_team AND f.question_key = a.question_key FOR UPDATE;

  -- The same id again: its own outcome, whatever the question costs today.
  SELECT * INTO v_served FROM served_answer x WHERE x.team_id = p_team AND x.id = p_id;
  IF FOUND THEN
    -- With the same nonce it is the same buyer, whose first answer to this statement was lost on the way.
    SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
    RETURN QUERY SELECT CASE WHEN v_served.input_hash <> a.input_hash THEN 'conflict'
        WHEN v_request.nonce = a.nonce AND v_request.state = 'reserved' THEN 'claimed' ELSE 'replay' END, v_served.source,
      v_served.request_id, v_served.snapshot_id, NULL::text, NULL::text, NULL::int, NULL::int, NULL::int,
      NULL::timestamptz, NULL::int;
    RETURN;
  END IF;

  v_now := app_now();
  IF v_flight.newest_snapshot_id IS NOT NULL AND (
      (v_flight.newest_is_final AND a.max_age_ms > 0)
      OR v_flight.newest_fetched_at > v_now - (a.max_age_ms + a.waited_ms) * interval '1 millisecond') THEN
    INSERT INTO served_answer (team_id, id, at, member_id, token_id, input_hash, question_key, source, snapshot_id)
      VALUES (p_team, p_id, v_now, a.member_id, a.token_id, a.input_hash, a.question_key, 'stored', v_flight.newest_snapshot_id)
      ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT CASE WHEN FOUND THEN 'stored' ELSE 'conflict' END, 'stored', NULL::uuid, v_flight.newest_snapshot_id,
      NULL::text, NULL::text, NULL::int, NULL::int, NULL::int, NULL::timestamptz, NULL::int;
    RETURN;
  END IF;

  SELECT * INTO STRICT v_team FROM team t WHERE t.id = p_team;
  SELECT * INTO v_period FROM credit_period_cut(v_team, v_now);
  SELECT array_agg(x.scope ORDER BY x.place), array_agg(x.subject_id ORDER BY x.place) INTO v_scopes, v_subjects
    FROM credit_subjects(p_team, a.member_id, a.token_id, a.purpose) x;

  IF v_flight.request_id IS NOT NULL THEN
    SELECT * INTO STRICT v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = v_flight.request_id FOR UPDATE;
    IF v_request.state IN ('reserved', 'sending') THEN
      IF v_request.lease_until > clock_timestamp() THEN
        INSERT INTO served_answer (team_id, id, at, member_id, token_id, input_hash, question_key, source, request_id)
          VALUES (p_team, p_id, v_now, a.member_id, a.token_id, a.input_hash, a.question_key, 'shared', v_request.id)
          ON CONFLICT DO NOTHING;
        RETURN QUERY SELECT CASE WHEN FOUND THEN 'shared' ELSE 'conflict' END, 'shared', v_request.id, NULL::uuid, NULL::text,
          NULL::text, NULL::int, NULL::int, NULL::int, NULL::timestamptz, NULL::int;
        RETURN;
      END IF;
      -- Before the dead one's counters are locked: making counters takes the lock of the limits, which comes first.
      PERFORM credit_make_counters(p_team, a.upstream, v_period.start, v_scopes, v_subjects);
      -- The mark stays whatever happens to this claim below: refusals return, they never raise.
      IF credit_end_dead(v_request) = 'unsettled' AND a.repeats_id IS NULL THEN
        a.repeats_id := v_request.id;
      END IF;
    END IF;
    UPDATE flight f SET request_id = NULL WHERE f.team_id = p_team AND f.question_key = a.question_key;
  END IF;

  SELECT * INTO v_key FROM team_key k WHERE k.team_id = p_team AND k.upstream = a.upstream AND k.ended_at IS NULL;
  IF v_key.id IS NULL OR v_team.upstream IS DISTINCT FROM a.upstream THEN
    RETURN QUERY SELECT 'key_missing', NULL::text, NULL::uuid, NULL::uuid, NULL::text, NULL::text, NULL::int, NULL::int,
      NULL::int, NULL::timestamptz, NULL::int;
    RETURN;
  END IF;
  -- A test is how a person finds out whether a refused key works again.
  IF a.purpose <> 'key_test' THEN
    IF v_key.rejected_at IS NOT NULL THEN
      RETURN QUERY SELECT 'key_rejected', NULL::text, NULL::uuid, NULL::uuid, v_key.rejected_reason, NULL::text, NULL::int,
        NULL::int, NULL::int, NULL::timestamptz, NULL::int;
      RETURN;
    END IF;
    v_cooldown := CASE WHEN a.purpose = 'schedule' THEN interval '15 minutes' ELSE interval '60 seconds' END;
    IF v_key.out_of_credits_at + v_cooldown > clock_timestamp() THEN
      RETURN QUERY SELECT 'upstream_out_of_credits', NULL::text, NULL::uuid, NULL::uuid, NULL::text, NULL::text, NULL::int,
        NULL::int, NULL::int, NULL::timestamptz,
        ceil(extract(epoch FROM v_key.out_of_credits_at + v_cooldown - clock_timestamp()))::int;
      RETURN;
    END IF;
  END IF;

  -- A first look without locks: most refusals end here, and what lacks a counter gets one.
  FOR v_counter IN SELECT c.* FROM unnest(v_scopes, v_subjects) WITH ORDINALITY AS x(scope, subject_id, place)
      LEFT JOIN credit_counter c ON c.team_id = p_team AND c.upstream = a.upstream AND c.period_start = v_period.start
        AND c.scope = x.scope AND c.subject_id = x.subject_id ORDER BY x.place LOOP
    v_missing := v_missing OR v_counter.scope IS NULL;
    IF v_counter.spent + v_counter.held + v_counter.unsettled + a.price_credits > v_counter.limit_credits THEN
      RETURN QUERY SELECT 'limit', NULL::text, NULL::uuid, NULL::uuid, NULL::text, v_counter.scope, v_counter.limit_credits,
        v_counter.spent, v_counter.held + v_counter.unsettled, v_period.resets_at, NULL::int;
      RETURN;
    END IF;
  END LOOP;
  IF a.price_credits > v_team.confirm_above_credits AND a.confirmed IS NOT TRUE THEN
    RETURN QUERY SELECT 'confirm_needed', NULL::text, NULL::uuid, NULL::uuid, NULL::text, NULL::text, NULL::int, NULL::int,
      NULL::int, NULL::timestamptz, NULL::int;
    RETURN;
  END IF;
  IF v_missing THEN
    PERFORM credit_make_counters(p_team, a.upstream, v_period.start, v_scopes, v_subjects);
  END IF;

  BEGIN
    -- Written before the counters are locked, so that a busy team's are held for as short as can be.
    INSERT INTO served_answer (team_id, id, at, member_id, token_id, input_hash, question_key, source, request_id)
      VALUES (p_team, p_id, v_now, a.member_id, a.token_id, a.input_hash, a.question_key, 'bought', p_id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'conflict', NULL::text, NULL::uuid, NULL::uuid, NULL::text, NULL::text, NULL::int, NULL::int,
        NULL::int, NULL::timestamptz, NULL::int;
      RETURN;
    END IF;
    INSERT INTO credit_request (team_id, id, upstream, endpoint, region, "window", category_id, q, page, question_key, key_id,
        member_id, token_id, purpose, run_id, search_id, watchlist_id, schedule_id, repeats_id, input_hash, price_credits,
        period_start, reserved_at, state, nonce, lease_until)
      VALUES (p_team, p_id, a.upstream, a.endpoint, a.region, a."window", coalesce(a.category_id, ''), coalesce(a.q, ''), a.page,
        a.question_key, v_key.id, a.member_id, a.token_id, a.purpose, a.run_id, a.search_id, a.watchlist_id, a.schedule_id,
        a.repeats_id, a.input_hash, a.price_credits, v_period.start, v_now, 'reserved', a.nonce,
        clock_timestamp() + a.lease_ms * interval '1 millisecond')
      RETURNING * INTO v_request;
    PERFORM credit_append(v_request, 'reserved', 0, 'reserved', p_at => v_now);
    UPDATE flight f SET request_id = p_id WHERE f.team_id = p_team AND f.question_key = a.question_key;

    -- In lock order, each checked and reserved by one statement. One that is full by now undoes all of the above: a
    -- refusal leaves nothing behind.
    FOR v_place IN 1 .. cardinality(v_scopes) LOOP
      UPDATE credit_counter c SET held = c.held + a.price_credits
        WHERE c.team_id = p_team AND c.upstream = a.upstream AND c.period_start = v_period.start
          AND c.scope = v_scopes[v_place] AND c.subject_id = v_subjects[v_place]
          AND (c.limit_credits IS NULL OR c.spent + c.held + c.unsettled + a.price_credits <= c.limit_credits);
      IF NOT FOUND THEN
        SELECT * INTO STRICT v_counter FROM credit_counter c WHERE c.team_id = p_team AND c.upstream = a.upstream
          AND c.period_start = v_period.start AND c.scope = v_scopes[v_place] AND c.subject_id = v_subjects[v_place];
        RAISE EXCEPTION USING ERRCODE = 'NB001', MESSAGE = 'limit reached';
      END IF;
    END LOOP;
  EXCEPTION WHEN SQLSTATE 'NB001' THEN
    RETURN QUERY SELECT 'limit', NULL::text, NULL::uuid, NULL::uuid, NULL::text, v_counter.scope, v_counter.limit_credits,
      v_counter.spent, v_counter.held + v_counter.unsettled, v_period.resets_at, NULL::int;
    RETURN;
  END;
  RETURN QUERY SELECT 'claimed', 'bought', p_id, NULL::uuid, NULL::text, NULL::text, NULL::int, NULL::int, NULL::int,
    NULL::timestamptz, NULL::int;
END $$;
