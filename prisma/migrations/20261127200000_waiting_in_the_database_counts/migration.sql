-- An ask that waited in here, for a lock or for its turn, was made before it was heard: an answer that came meanwhile is
-- young enough for it. Nothing else is changed.
-- Step 1. Answers from the store, joins a request under way, or reserves credits for a new one.
-- p_ask: a credit_ask; confirmed: the asker knows that it costs more than the team lets pass unasked.
-- result: stored | shared | claimed | replay | conflict | limit | confirm_needed | key_missing | key_rejected | upstream_out_of_credits
CREATE OR REPLACE FUNCTION credits_claim(p_team uuid, p_id uuid, p_ask jsonb)
RETURNS TABLE (result text, source text, request_id uuid, snapshot_id uuid, reason text, scope text, limit_credits int,
  spent int, held int, resets_at timestamptz, retry_after_seconds int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  a credit_ask := jsonb_populate_record(NULL::credit_ask, p_ask);
  v_of record;
  v_flight flight;
  v_served served_answer;
  v_request credit_request;
  v_now timestamptz;
  v_team record;
  v_period record;
  v_look record;
  v_counter credit_counter;
  v_cooldown interval;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  v_of := credit_counters_of(p_team, CASE WHEN a.by_share THEN NULL ELSE a.member_id END, a.token_id, a.purpose);

  -- Once. What changes on the way (a dead request ended, counters made, somebody was first) has all looked at again.
  LOOP
    -- Locked, if the question was ever bought. Otherwise the first to write its flight below holds the lock.
    SELECT * INTO v_flight FROM flight f WHERE f.team_id = p_team AND f.question_key = a.question_key FOR UPDATE;

    -- The same id again: its own outcome, whatever the question costs today.
    SELECT * INTO v_served FROM served_answer x WHERE x.team_id = p_team AND x.id = p_id;
    IF FOUND THEN
      -- With the same nonce it is the same buyer, whose first answer to this statement was lost on the way.
      SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
      result := CASE WHEN v_served.input_hash <> a.input_hash THEN 'conflict'
        WHEN v_request.nonce = a.nonce AND v_request.state = 'reserved' THEN 'claimed' ELSE 'replay' END;
      source := v_served.source; request_id := v_served.request_id; snapshot_id := v_served.snapshot_id;
      RETURN NEXT; RETURN;
    END IF;

    -- With app_now(), in one look.
    SELECT t AS team, clock_timestamp() + make_interval(secs => k.offset_seconds) AS now INTO STRICT v_team
      FROM team t CROSS JOIN app_clock k WHERE t.id = p_team;
    v_now := v_team.now;
    IF v_flight.newest_snapshot_id IS NOT NULL AND (
        (v_flight.newest_is_final AND a.max_age_ms > 0)
        OR v_flight.newest_fetched_at > v_now - (clock_timestamp() - transaction_timestamp())
          - (a.max_age_ms + a.waited_ms) * interval '1 millisecond') THEN
      INSERT INTO served_answer (team_id, id, at, member_id, token_id, input_hash, question_key, source, snapshot_id)
        VALUES (p_team, p_id, v_now, a.member_id, a.token_id, a.input_hash, a.question_key, 'stored', v_flight.newest_snapshot_id)
        ON CONFLICT DO NOTHING;
      result := CASE WHEN FOUND THEN 'stored' ELSE 'conflict' END;
      source := 'stored'; snapshot_id := v_flight.newest_snapshot_id;
      RETURN NEXT; RETURN;
    END IF;

    v_period := credit_period_cut(v_team.team, v_now);
    IF v_flight.request_id IS NOT NULL THEN
      SELECT * INTO STRICT v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = v_flight.request_id FOR UPDATE;
      IF v_request.state IN ('reserved', 'sending') THEN
        IF v_request.lease_until > clock_timestamp() THEN
          INSERT INTO served_answer (team_id, id, at, member_id, token_id, input_hash, question_key, source, request_id)
            VALUES (p_team, p_id, v_now, a.member_id, a.token_id, a.input_hash, a.question_key, 'shared', v_request.id)
            ON CONFLICT DO NOTHING;
          result := CASE WHEN FOUND THEN 'shared' ELSE 'conflict' END;
          source := 'shared'; request_id := v_request.id;
          RETURN NEXT; RETURN;
        END IF;
        -- Before the dead one's counters are locked: making counters takes the lock of the limits, which comes first.
        PERFORM credit_make_counters(p_team, a.upstream, v_period.start, v_of.scopes, v_of.subjects);
        -- The mark stays whatever happens to this claim below: refusals return, they never raise.
        IF credit_end_dead(v_request) = 'unsettled' AND a.repeats_id IS NULL THEN
          a.repeats_id := v_request.id;
        END IF;
      END IF;
      UPDATE flight f SET request_id = NULL WHERE f.team_id = p_team AND f.question_key = a.question_key;
      CONTINUE;
    END IF;

    -- The key, and the counters without a lock: most refusals end here, and what lacks a counter gets one.
    SELECT k.id, k.rejected_at, k.rejected_reason, k.out_of_credits_at, c.made, c.full_at INTO v_look
      FROM (SELECT count(*) AS made, min(array_position(v_of.scopes, c.scope))
          FILTER (WHERE c.spent + c.held + c.unsettled + a.price_credits > c.limit_credits) AS full_at
        FROM credit_counter c WHERE c.team_id = p_team AND c.upstream = a.upstream AND c.period_start = v_period.start
          AND c.scope = ANY (v_of.scopes) AND c.subject_id = ANY (v_of.subjects)) c
      LEFT JOIN team_key k ON k.team_id = p_team AND k.upstream = a.upstream AND k.ended_at IS NULL;
    IF v_look.id IS NULL OR (v_team.team).upstream IS DISTINCT FROM a.upstream THEN
      result := 'key_missing';
      RETURN NEXT; RETURN;
    END IF;
    -- A test is how a person finds out whether a refused key works again.
    IF a.purpose <> 'key_test' THEN
      IF v_look.rejected_at IS NOT NULL THEN
        result := 'key_rejected'; reason := v_look.rejected_reason;
        RETURN NEXT; RETURN;
      END IF;
      v_cooldown := CASE WHEN a.purpose = 'schedule' THEN interval '15 minutes' ELSE interval '60 seconds' END;
      IF v_look.out_of_credits_at + v_cooldown > clock_timestamp() THEN
        result := 'upstream_out_of_credits';
        retry_after_seconds := ceil(extract(epoch FROM v_look.out_of_credits_at + v_cooldown - clock_timestamp()));
        RETURN NEXT; RETURN;
      END IF;
    END IF;
    EXIT WHEN v_look.full_at IS NOT NULL;
    IF a.price_credits > (v_team.team).confirm_above_credits AND a.confirmed IS NOT TRUE THEN
      result := 'confirm_needed';
      RETURN NEXT; RETURN;
    END IF;
    IF v_look.made < cardinality(v_of.scopes) THEN
      -- The flight comes first in the order of locks.
      IF v_flight.question_key IS NULL THEN
        INSERT INTO flight (team_id, question_key) VALUES (p_team, a.question_key) ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
      END IF;
      PERFORM credit_make_counters(p_team, a.upstream, v_period.start, v_of.scopes, v_of.subjects);
      CONTINUE;
    END IF;

    BEGIN
      IF v_flight.question_key IS NULL THEN
        -- Whoever asks the same waits here for our end, and then looks again.
        INSERT INTO flight (team_id, question_key, request_id) VALUES (p_team, a.question_key, p_id) ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
      ELSE
        UPDATE flight f SET request_id = p_id WHERE f.team_id = p_team AND f.question_key = a.question_key;
      END IF;
      -- Written before the counters are locked, so that a busy team's are held for as short as can be.
      INSERT INTO served_answer (team_id, id, at, member_id, token_id, input_hash, question_key, source, request_id)
        VALUES (p_team, p_id, v_now, a.member_id, a.token_id, a.input_hash, a.question_key, 'bought', p_id) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'NB001', MESSAGE = 'the id was used for another question meanwhile';
      END IF;
      INSERT INTO credit_request (team_id, id, upstream, endpoint, region, "window", category_id, q, page, question_key, key_id,
          member_id, token_id, purpose, run_id, search_id, watchlist_id, schedule_id, repeats_id, by_share, input_hash, price_credits,
          period_start, reserved_at, state, nonce, lease_until)
        VALUES (p_team, p_id, a.upstream, a.endpoint, a.region, a."window", coalesce(a.category_id, ''), coalesce(a.q, ''), a.page,
          a.question_key, v_look.id, a.member_id, a.token_id, a.purpose, a.run_id, a.search_id, a.watchlist_id, a.schedule_id,
          a.repeats_id, coalesce(a.by_share, false), a.input_hash, a.price_credits, v_period.start, v_now, 'reserved', a.nonce,
          clock_timestamp() + a.lease_ms * interval '1 millisecond')
        RETURNING * INTO v_request;
      PERFORM credit_append(v_request, 'reserved', 0, 'reserved', p_at => v_now, p_seq => 1);

      -- In lock order, each checked and reserved by one statement. One that is full by now undoes all of the above: a
      -- refusal leaves nothing behind.
      FOR v_place IN 1 .. cardinality(v_of.scopes) LOOP
        UPDATE credit_counter c SET held = c.held + a.price_credits
          WHERE c.team_id = p_team AND c.upstream = a.upstream AND c.period_start = v_period.start
            AND c.scope = v_of.scopes[v_place] AND c.subject_id = v_of.subjects[v_place]
            AND (c.limit_credits IS NULL OR c.spent + c.held + c.unsettled + a.price_credits <= c.limit_credits);
        IF NOT FOUND THEN
          v_look.full_at := v_place;
          RAISE EXCEPTION USING ERRCODE = 'NB001', MESSAGE = 'limit reached';
        END IF;
      END LOOP;
      result := 'claimed'; source := 'bought'; request_id := p_id;
      RETURN NEXT; RETURN;
    EXCEPTION WHEN SQLSTATE 'NB001' THEN
      EXIT WHEN v_look.full_at IS NOT NULL;
    END;
  END LOOP;

  SELECT * INTO STRICT v_counter FROM credit_counter c WHERE c.team_id = p_team AND c.upstream = a.upstream
    AND c.period_start = v_period.start AND c.scope = v_of.scopes[v_look.full_at] AND c.subject_id = v_of.subjects[v_look.full_at];
  result := 'limit'; scope := v_counter.scope; limit_credits := v_counter.limit_credits; spent := v_counter.spent;
  held := v_counter.held + v_counter.unsettled; resets_at := v_period.resets_at;
  RETURN NEXT;
END $$;
