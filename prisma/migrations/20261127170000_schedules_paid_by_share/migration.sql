-- A schedule may be paid by the team's share for schedules instead of a member: its purchases count against the team's
-- limit and the share, and against nobody's own. Who asked is known all the same.
ALTER TABLE "schedule" ADD COLUMN "by_share" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "run" ADD COLUMN "by_share" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "credit_request" ADD COLUMN "by_share" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "run" ADD CONSTRAINT "run_by_share" CHECK (NOT "by_share" OR "schedule_id" IS NOT NULL);
ALTER TABLE "credit_request" ADD CONSTRAINT "credit_request_by_share" CHECK (
  NOT "by_share" OR ("purpose" = 'schedule' AND "token_id" IS NULL));
ALTER TYPE credit_ask ADD ATTRIBUTE by_share boolean;

-- The same for what a member pays; that the share pays is covered too.
CREATE OR REPLACE FUNCTION credit_event_hash(r credit_request, e credit_event) RETURNS bytea
LANGUAGE sql STABLE RETURN sha256(convert_to((jsonb_build_array(
  r.team_id, r.id, r.upstream, r.endpoint, r.region, r."window", r.category_id, r.q, r.page, r.question_key, r.key_id,
  r.member_id, r.token_id, r.purpose, r.run_id, r.search_id, r.watchlist_id, r.schedule_id, r.repeats_id, r.input_hash,
  r.price_credits, r.period_start - date '2000-01-01', extract(epoch FROM r.reserved_at), r.nonce,
  e.seq, e.kind, e.credits, e.state, extract(epoch FROM e.at), e.basis, e.problem, e.reason, e.http_status,
  e.upstream_request_id, e.by_member_id) || CASE WHEN r.by_share THEN '["by_share"]' ELSE '[]' END::jsonb)::text, 'UTF8'));

-- The counters that a request touches, in lock order. Without a member: the share for schedules pays.
CREATE OR REPLACE FUNCTION credit_counters_of(p_team uuid, p_member uuid, p_token uuid, p_purpose text,
  OUT scopes text[], OUT subjects uuid[])
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  scopes := '{team}'; subjects := ARRAY[p_team];
  IF p_purpose = 'schedule' THEN
    scopes := scopes || 'schedules'::text; subjects := subjects || p_team;
  END IF;
  IF p_member IS NOT NULL THEN
    scopes := scopes || 'member'::text; subjects := subjects || p_member;
  END IF;
  IF p_token IS NOT NULL THEN
    scopes := scopes || 'token'::text; subjects := subjects || p_token;
  END IF;
END $$;

-- Moves credits of a request between held, unsettled and spent, on every counter that it touches, and tells of the
-- share of a limit that this reaches. A step is at least its price, so nothing is reached beneath half of a limit.
CREATE OR REPLACE FUNCTION credit_move(r credit_request, p_spent int, p_held int, p_unsettled int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_of record;
  c credit_counter;
  v_used int;
  v_more int := p_spent + p_unsettled;
  v_percent int;
BEGIN
  v_of := credit_counters_of(r.team_id, CASE WHEN NOT r.by_share THEN r.member_id END, r.token_id, r.purpose);
  FOR v_place IN 1 .. cardinality(v_of.scopes) LOOP
    UPDATE credit_counter k SET spent = k.spent + p_spent, held = k.held + p_held, unsettled = k.unsettled + p_unsettled
      WHERE k.team_id = r.team_id AND k.upstream = r.upstream AND k.period_start = r.period_start
        AND k.scope = v_of.scopes[v_place] AND k.subject_id = v_of.subjects[v_place]
      RETURNING k.* INTO c;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no % counter for request %', v_of.scopes[v_place], r.id;
    END IF;
    IF v_more > 0 AND c.limit_credits IS NOT NULL THEN
      v_used := c.spent + c.unsettled;
      IF v_used >= c.limit_credits - v_used THEN
        v_percent := credit_percent_reached(v_used, c.limit_credits, r.price_credits);
        IF v_percent > credit_percent_reached(v_used - v_more, c.limit_credits, r.price_credits) THEN
          PERFORM credit_notice(c, v_percent);
        END IF;
      END IF;
    END IF;
  END LOOP;
END $$;

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
        OR v_flight.newest_fetched_at > v_now - (a.max_age_ms + a.waited_ms) * interval '1 millisecond') THEN
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

-- Finds every row of a team's ledger that does not fit the others. No row: it is exact.
CREATE OR REPLACE FUNCTION credits_verify(p_team uuid) RETURNS TABLE (subject text, problem text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH requests AS (SELECT * FROM credit_request WHERE team_id = p_team),
  events AS (SELECT * FROM credit_event WHERE team_id = p_team),
  story AS (
    SELECT request_id, count(*) AS n, max(seq) AS last_seq, sum(credits) AS credits,
      string_agg(kind, ' ' ORDER BY seq) AS kinds, count(*) FILTER (WHERE kind = 'sending') AS sends,
      max(at) FILTER (WHERE kind = 'sending') AS sent_at
    FROM events GROUP BY request_id),
  sums AS (
    SELECT r.upstream, r.period_start, s.scope, s.subject_id,
      sum(CASE WHEN r.state = 'charged' THEN r.price_credits ELSE 0 END) AS spent,
      sum(CASE WHEN r.state IN ('reserved', 'sending') THEN r.price_credits ELSE 0 END) AS held,
      sum(CASE WHEN r.state = 'unsettled' THEN r.price_credits ELSE 0 END) AS unsettled
    FROM requests r CROSS JOIN LATERAL 
      credit_subjects(r.team_id, CASE WHEN NOT r.by_share THEN r.member_id END, r.token_id, r.purpose) s
    GROUP BY 1, 2, 3, 4),
  now_period AS (
    SELECT p.start FROM credit_period(p_team, app_now()) p)
  SELECT e.request_id::text, 'event ' || e.seq || ' or its request was altered' FROM events e
    JOIN requests r ON r.id = e.request_id WHERE e.hash IS DISTINCT FROM credit_event_hash(r, e)
  UNION ALL
  SELECT e.request_id::text, 'event ' || e.seq || ' belongs to no request' FROM events e
    WHERE NOT EXISTS (SELECT 1 FROM requests r WHERE r.id = e.request_id)
  UNION ALL
  SELECT r.id::text, 'has no events' FROM requests r WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.request_id = r.id)
  UNION ALL
  SELECT y.request_id::text, 'its events are out of order: ' || y.kinds FROM story y
    WHERE y.n <> y.last_seq
      OR y.kinds !~ '^reserved( released|( sending)+( (charged|not_charged|unsettled))?( correction)*)?$'
  UNION ALL
  SELECT r.id::text, 'does not say what its last event says' FROM requests r
    JOIN story y ON y.request_id = r.id JOIN events e ON e.request_id = r.id AND e.seq = y.last_seq
    WHERE (r.state, r.basis, r.problem, r.reason, r.http_status, r.upstream_request_id)
        IS DISTINCT FROM (e.state, e.basis, e.problem, e.reason, e.http_status, e.upstream_request_id)
      OR (r.lease_until IS NULL) = (r.state IN ('reserved', 'sending'))
      OR r.attempt <> y.sends OR r.sent_at IS DISTINCT FROM y.sent_at
      OR r.settled_at IS DISTINCT FROM CASE WHEN r.state IN ('reserved', 'sending') THEN NULL ELSE e.at END
  UNION ALL
  SELECT r.id::text, 'its events sum up to ' || y.credits || ' credits in state ' || r.state FROM requests r
    JOIN story y ON y.request_id = r.id
    WHERE y.credits <> CASE WHEN r.state = 'charged' THEN r.price_credits ELSE 0 END
  UNION ALL
  SELECT concat_ws('/', coalesce(c.upstream, s.upstream), coalesce(c.period_start, s.period_start), coalesce(c.scope, s.scope),
      coalesce(c.subject_id, s.subject_id)),
    format('counter says %s spent, %s held, %s unsettled; its requests say %s, %s, %s', c.spent, c.held, c.unsettled, s.spent,
      s.held, s.unsettled)
    FROM (SELECT * FROM credit_counter WHERE team_id = p_team) c
    FULL JOIN sums s ON (c.upstream, c.period_start, c.scope, c.subject_id) = (s.upstream, s.period_start, s.scope, s.subject_id)
    WHERE (c.spent, c.held, c.unsettled) IS DISTINCT FROM (s.spent, s.held, s.unsettled)
      AND NOT (s.scope IS NULL AND c.spent = 0 AND c.held = 0 AND c.unsettled = 0)
  UNION ALL
  SELECT concat_ws('/', c.upstream, c.period_start, c.scope, c.subject_id), 'counter carries another limit than what was set and granted comes to'
    FROM credit_counter c
    WHERE c.team_id = p_team AND c.period_start >= (SELECT start FROM now_period) AND c.limit_credits
      IS DISTINCT FROM credit_effective_limit(p_team, c.upstream, c.period_start, c.scope, c.subject_id)
  UNION ALL
  SELECT r.id::text, 'is charged and readable but its answer is not stored' FROM requests r
    WHERE r.state = 'charged' AND r.problem IS NULL AND r.basis <> 'by_hand'
      AND NOT EXISTS (SELECT 1 FROM snapshot s WHERE s.team_id = p_team AND s.request_id = r.id)
  UNION ALL
  SELECT s.request_id::text, 'its stored answer holds another number of rows' FROM snapshot s
    WHERE s.team_id = p_team AND s.row_count <> (SELECT count(*) FROM ranking_row w WHERE w.team_id = p_team AND w.snapshot_id = s.id)
  UNION ALL
  SELECT r.id::text, 'was asked for by nobody' FROM requests r WHERE NOT EXISTS (
    SELECT 1 FROM served_answer x WHERE x.team_id = p_team AND x.id = r.id AND x.source = 'bought' AND x.request_id = r.id)
$$;
