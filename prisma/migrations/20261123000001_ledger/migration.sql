-- The purchase in three steps, each one function called as one statement and committed by itself.
-- Lock order, always: flight -> request -> categories, key -> counters (team -> schedules -> member -> token).
-- Names: p_… parameters, v_… variables. All run as the owner and set the team themselves; callers hold a TeamContext.

-- First day of the credit period that holds a moment, in the team's time zone.
CREATE FUNCTION credit_period_start(p_time_zone text, p_first_day int, p_at timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (date_trunc('month', day - (p_first_day - 1)) + make_interval(days => p_first_day - 1))::date
  FROM (SELECT (p_at AT TIME ZONE p_time_zone)::date AS day) AS local $$;

CREATE FUNCTION credit_period_end(p_time_zone text, p_start date) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ((p_start + interval '1 month')::date::timestamp) AT TIME ZONE p_time_zone $$;

-- Covers the request's fixed fields and the event's own: altering either row shows.
CREATE FUNCTION credit_event_hash(r credit_request, e credit_event) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sha256(convert_to(jsonb_build_array(
    r.team_id, r.id, r.upstream, r.endpoint, r.region, r."window", r.category_id, r.q, r.page, r.question_key, r.key_id,
    r.member_id, r.token_id, r.purpose, r.run_id, r.search_id, r.watchlist_id, r.schedule_id, r.repeats_id, r.input_hash,
    r.price_credits, r.period_start - date '2000-01-01', extract(epoch FROM r.reserved_at), r.nonce,
    e.seq, e.kind, e.credits, e.state, extract(epoch FROM e.at), e.basis, e.problem, e.reason, e.http_status,
    e.upstream_request_id, e.by_member_id)::text, 'UTF8')) $$;

-- Appends the next event of a request. Part of each step below; never called from outside.
CREATE FUNCTION credit_append(r credit_request, p_kind text, p_credits int, p_state text, p_basis text DEFAULT NULL,
  p_problem text DEFAULT NULL, p_reason text DEFAULT NULL, p_http_status int DEFAULT NULL,
  p_upstream_request_id text DEFAULT NULL, p_by uuid DEFAULT NULL, p_at timestamptz DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e credit_event;
BEGIN
  e.team_id := r.team_id; e.request_id := r.id; e.kind := p_kind; e.credits := p_credits; e.state := p_state;
  e.basis := p_basis; e.problem := p_problem; e.reason := p_reason; e.http_status := p_http_status;
  e.upstream_request_id := p_upstream_request_id; e.by_member_id := p_by; e.at := coalesce(p_at, app_now());
  SELECT coalesce(max(seq), 0) + 1 INTO e.seq FROM credit_event WHERE team_id = r.team_id AND request_id = r.id;
  e.hash := credit_event_hash(r, e);
  INSERT INTO credit_event SELECT e.*;
  RETURN e.at;
END $$;

-- The counters that a request touches, in lock order.
CREATE FUNCTION credit_subjects(p_team uuid, p_member uuid, p_token uuid, p_purpose text)
RETURNS TABLE (place int, scope text, subject_id uuid)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 1, 'team', p_team
  UNION ALL SELECT 2, 'schedules', p_team WHERE p_purpose = 'schedule'
  UNION ALL SELECT 3, 'member', p_member
  UNION ALL SELECT 4, 'token', p_token WHERE p_token IS NOT NULL
  ORDER BY 1 $$;

-- Moves credits of a request between held, unsettled and spent, on every counter that it touches.
CREATE FUNCTION credit_move(r credit_request, p_spent int, p_held int, p_unsettled int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s record;
BEGIN
  FOR s IN SELECT * FROM credit_subjects(r.team_id, r.member_id, r.token_id, r.purpose) LOOP
    UPDATE credit_counter c SET spent = c.spent + p_spent, held = c.held + p_held, unsettled = c.unsettled + p_unsettled
      WHERE c.team_id = r.team_id AND c.upstream = r.upstream AND c.period_start = r.period_start
        AND c.scope = s.scope AND c.subject_id = s.subject_id;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no % counter for request %', s.scope, r.id;
    END IF;
  END LOOP;
END $$;

-- Ends a request whose lease ran out: unsent is released, sent is unsettled. The caller holds flight and request.
CREATE FUNCTION credit_end_dead(r credit_request) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_at timestamptz;
BEGIN
  IF r.state = 'reserved' THEN
    v_at := credit_append(r, 'released', 0, 'released', NULL, 'upstream_failed', 'lease_ended');
    UPDATE credit_request SET state = 'released', lease_until = NULL, settled_at = v_at, problem = 'upstream_failed',
      reason = 'lease_ended' WHERE team_id = r.team_id AND id = r.id;
    PERFORM credit_move(r, 0, -r.price_credits, 0);
    RETURN 'released';
  END IF;
  v_at := credit_append(r, 'unsettled', 0, 'unsettled', 'assumed', 'upstream_timeout', 'lease_ended');
  UPDATE credit_request SET state = 'unsettled', lease_until = NULL, settled_at = v_at, basis = 'assumed',
    problem = 'upstream_timeout', reason = 'lease_ended' WHERE team_id = r.team_id AND id = r.id;
  PERFORM credit_move(r, 0, -r.price_credits, r.price_credits);
  RETURN 'unsettled';
END $$;

-- Step 1. Answers from the store, joins a request under way, or reserves credits for a new one.
-- p_ask: upstream, endpoint, region, window, category_id, q, page, question_key, member_id, token_id, purpose, run_id,
-- search_id, watchlist_id, schedule_id, repeats_id, input_hash, price_credits, max_age_ms, waited_ms, lease_ms, nonce.
-- result: stored | shared | claimed | replay | conflict | limit | key_missing | key_rejected | upstream_out_of_credits
CREATE FUNCTION credits_claim(p_team uuid, p_id uuid, p_ask jsonb)
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
  v_period date;
  v_missing boolean;
  v_cooldown interval;
  s record;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT * INTO STRICT a FROM jsonb_to_record(p_ask) AS ask(upstream text, endpoint text, region text, "window" text,
    category_id text, q text, page int, question_key text, member_id uuid, token_id uuid, purpose text, run_id uuid,
    search_id uuid, watchlist_id uuid, schedule_id uuid, repeats_id uuid, input_hash text, price_credits int,
    max_age_ms bigint, waited_ms bigint, lease_ms bigint, nonce uuid);

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
      -- The mark stays whatever happens to this claim below: refusals return, they never raise.
      IF credit_end_dead(v_request) = 'unsettled' AND a.repeats_id IS NULL THEN
        a.repeats_id := v_request.id;
      END IF;
    END IF;
    UPDATE flight f SET request_id = NULL WHERE f.team_id = p_team AND f.question_key = a.question_key;
  END IF;

  SELECT * INTO STRICT v_team FROM team t WHERE t.id = p_team;
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

  v_period := credit_period_start(v_team.time_zone, v_team.period_first_day, v_now);
  SELECT EXISTS (SELECT 1 FROM credit_subjects(p_team, a.member_id, a.token_id, a.purpose) x WHERE NOT EXISTS (
    SELECT 1 FROM credit_counter c WHERE c.team_id = p_team AND c.upstream = a.upstream AND c.period_start = v_period
      AND c.scope = x.scope AND c.subject_id = x.subject_id)) INTO v_missing;
  IF v_missing THEN
    -- credits_set_limit takes the same lock, so that a new counter never carries a limit of a moment ago.
    PERFORM pg_advisory_xact_lock(hashtextextended('credit_limit/' || p_team, 0));
    INSERT INTO credit_counter (team_id, upstream, period_start, scope, subject_id, limit_credits)
      SELECT p_team, a.upstream, v_period, x.scope, x.subject_id, l.credits
      FROM credit_subjects(p_team, a.member_id, a.token_id, a.purpose) x
      LEFT JOIN credit_limit l ON l.team_id = p_team AND l.scope = x.scope AND l.subject_id = x.subject_id
      ORDER BY x.place
      ON CONFLICT DO NOTHING;
  END IF;

  -- Lock all, check all, and only then write: a refusal leaves no hold behind.
  FOR s IN SELECT * FROM credit_subjects(p_team, a.member_id, a.token_id, a.purpose) LOOP
    SELECT * INTO STRICT v_counter FROM credit_counter c WHERE c.team_id = p_team AND c.upstream = a.upstream
      AND c.period_start = v_period AND c.scope = s.scope AND c.subject_id = s.subject_id FOR UPDATE;
    IF v_counter.spent + v_counter.held + v_counter.unsettled + a.price_credits > v_counter.limit_credits THEN
      RETURN QUERY SELECT 'limit', NULL::text, NULL::uuid, NULL::uuid, NULL::text, s.scope, v_counter.limit_credits,
        v_counter.spent, v_counter.held + v_counter.unsettled, credit_period_end(v_team.time_zone, v_period), NULL::int;
      RETURN;
    END IF;
  END LOOP;

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
      a.repeats_id, a.input_hash, a.price_credits, v_period, v_now, 'reserved', a.nonce,
      clock_timestamp() + a.lease_ms * interval '1 millisecond')
    RETURNING * INTO v_request;
  PERFORM credit_append(v_request, 'reserved', 0, 'reserved', p_at => v_now);
  PERFORM credit_move(v_request, 0, a.price_credits, 0);
  UPDATE flight f SET request_id = p_id WHERE f.team_id = p_team AND f.question_key = a.question_key;
  RETURN QUERY SELECT 'claimed', 'bought', p_id, NULL::uuid, NULL::text, NULL::text, NULL::int, NULL::int, NULL::int,
    NULL::timestamptz, NULL::int;
END $$;

-- Step 2. The last look before the socket opens: still the owner, same key, still a member, a free send slot.
-- p_attempt counts from 1; the same attempt again succeeds (a connection lost at commit), a higher one is a repeat.
-- result: ok (with wait_ms and the sealed key) | key_rejected | forbidden | key_missing | upstream_rate_limited | lost
CREATE FUNCTION credits_begin_send(p_team uuid, p_id uuid, p_nonce uuid, p_attempt int, p_lease_ms bigint, p_per_second float8,
  p_max_wait_ms bigint)
RETURNS TABLE (result text, wait_ms int, sent_at timestamptz, key_id uuid, sealed_key_id text, sealed_nonce bytea, sealed_text bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_request credit_request;
  v_flight flight;
  v_key team_key;
  v_refusal text;
  v_slot timestamptz;
  v_now timestamptz := clock_timestamp();
  v_wait bigint := 0;
  v_at timestamptz;
  v_question text;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT r.question_key INTO v_question FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  SELECT * INTO v_flight FROM flight f WHERE f.team_id = p_team AND f.question_key = v_question FOR UPDATE;
  SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id FOR UPDATE;
  IF v_request.id IS NULL OR v_request.nonce <> p_nonce OR v_request.state NOT IN ('reserved', 'sending')
     OR v_flight.request_id IS DISTINCT FROM p_id OR p_attempt < v_request.attempt THEN
    RETURN QUERY SELECT 'lost', NULL::int, NULL::timestamptz, NULL::uuid, NULL::text, NULL::bytea, NULL::bytea;
    RETURN;
  END IF;

  SELECT * INTO v_key FROM team_key k WHERE k.team_id = p_team AND k.id = v_request.key_id;
  v_refusal := CASE
    WHEN v_key.ended_at IS NOT NULL
      OR (SELECT t.upstream FROM team t WHERE t.id = p_team) IS DISTINCT FROM v_request.upstream THEN 'key_missing'
    WHEN v_key.rejected_at IS NOT NULL AND v_request.purpose <> 'key_test' THEN 'key_rejected'
    WHEN NOT EXISTS (SELECT 1 FROM membership m WHERE m.team_id = p_team AND m.id = v_request.member_id
      AND m.removed_at IS NULL AND m.role <> 'viewer') THEN 'forbidden'
    WHEN v_request.token_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM api_token k WHERE k.team_id = p_team
      AND k.id = v_request.token_id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > v_now)
      AND k.scope = 'read+spend') THEN 'forbidden'
  END;

  IF v_refusal IS NULL AND p_attempt > v_request.attempt THEN
    INSERT INTO key_pace AS p (team_id, key_id, next_slot_at) VALUES (p_team, v_request.key_id, v_now)
      ON CONFLICT (team_id, key_id) DO UPDATE SET next_slot_at = greatest(p.next_slot_at, v_now)
      RETURNING next_slot_at INTO v_slot;
    v_wait := greatest(0, ceil(extract(epoch FROM v_slot - v_now) * 1000));
    IF v_wait > p_max_wait_ms THEN
      v_refusal := 'upstream_rate_limited';
    ELSE
      UPDATE key_pace p SET next_slot_at = v_slot + make_interval(secs => 1.0 / p_per_second)
        WHERE p.team_id = p_team AND p.key_id = v_request.key_id;
    END IF;
  END IF;

  IF v_refusal IS NOT NULL THEN
    -- A repeat that may no longer go out: the attempts before it proved to be free.
    IF v_request.state = 'sending' THEN
      v_at := credit_append(v_request, 'not_charged', 0, 'not_charged', 'assumed', v_refusal, 'before_repeat');
      UPDATE credit_request r SET state = 'not_charged', basis = 'assumed', lease_until = NULL, settled_at = v_at,
        problem = v_refusal, reason = 'before_repeat' WHERE r.team_id = p_team AND r.id = p_id;
    ELSE
      v_at := credit_append(v_request, 'released', 0, 'released', NULL, v_refusal, 'before_send');
      UPDATE credit_request r SET state = 'released', lease_until = NULL, settled_at = v_at, problem = v_refusal,
        reason = 'before_send' WHERE r.team_id = p_team AND r.id = p_id;
    END IF;
    PERFORM credit_move(v_request, 0, -v_request.price_credits, 0);
    UPDATE flight f SET request_id = NULL WHERE f.team_id = p_team AND f.question_key = v_question;
    RETURN QUERY SELECT v_refusal, v_wait::int, NULL::timestamptz, NULL::uuid, NULL::text, NULL::bytea, NULL::bytea;
    RETURN;
  END IF;

  v_at := v_request.sent_at;
  IF p_attempt > v_request.attempt THEN
    v_at := credit_append(v_request, 'sending', 0, 'sending');
  END IF;
  UPDATE credit_request r SET state = 'sending', attempt = p_attempt, sent_at = v_at,
    lease_until = v_now + (p_lease_ms + v_wait) * interval '1 millisecond' WHERE r.team_id = p_team AND r.id = p_id;
  RETURN QUERY SELECT 'ok', v_wait::int, v_at, v_key.id, v_key.sealed_key_id, v_key.sealed_nonce, v_key.sealed_text;
END $$;

-- Rows, categories, snapshot and outbox of a readable answer. Runs inside settle's own sub-transaction.
CREATE FUNCTION credit_store_answer(r credit_request, p_snapshot uuid, p_fetched_at timestamptz, p_answer text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_answer jsonb := p_answer::jsonb;
  v_ranked boolean := r.category_id = '' AND r.q = '';
BEGIN
  INSERT INTO snapshot (team_id, id, request_id, upstream, endpoint, region, "window", category_id, q, page, question_key,
      sent_at, fetched_at, total, has_more, row_count)
    VALUES (r.team_id, p_snapshot, r.id, r.upstream, r.endpoint, r.region, r."window", r.category_id, r.q, r.page,
      r.question_key, r.sent_at, p_fetched_at, (v_answer->>'total')::int, (v_answer->>'hasMore')::boolean,
      jsonb_array_length(v_answer->'rows'));
  INSERT INTO ranking_row (team_id, snapshot_id, place, position, rank, upstream, category_id, parent_id, top_id, region,
      "window", fetched_at, posts, posts_change_pct, impressions, ctr_pct, cvr_pct, six_second_view_rate_pct, cost, cpa,
      likes, comments, shares)
    SELECT r.team_id, p_snapshot, x.place, (r.page - 1) * 20 + x.place,
      CASE WHEN v_ranked THEN (r.page - 1) * 20 + x.place END, r.upstream, x."categoryId", x."parentId", x."topId", r.region,
      r."window", p_fetched_at, x.posts, x."postsChangePct", x.impressions, x."ctrPct", x."cvrPct",
      x."sixSecondViewRatePct", x.cost, x.cpa, x.likes, x.comments, x.shares
    FROM jsonb_to_recordset(v_answer->'rows') AS x(place int, "categoryId" text, "parentId" text, "topId" text, posts bigint,
      "postsChangePct" float8, impressions bigint, "ctrPct" float8, "cvrPct" float8, "sixSecondViewRatePct" float8,
      cost float8, cpa float8, likes bigint, comments bigint, shares bigint);
  -- In the order of their ids, so that two answers learning the same names never wait for each other in a ring.
  INSERT INTO category AS c (team_id, upstream, id, level, parent_id, name, first_seen_at, last_seen_at)
    SELECT r.team_id, r.upstream, n.id, min(n.level), max(n.parent_id), max(n.name), p_fetched_at, p_fetched_at
    FROM jsonb_to_recordset(v_answer->'rows') AS x("categoryId" text, "parentId" text, "topId" text, "categoryName" text,
        "parentName" text, "topName" text)
      CROSS JOIN LATERAL (VALUES (x."topId", 1, NULL, x."topName"), (x."parentId", 2, x."topId", x."parentName"),
        (x."categoryId", 3, x."parentId", x."categoryName")) AS n(id, level, parent_id, name)
    WHERE n.id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM category k WHERE k.team_id = r.team_id AND k.upstream = r.upstream AND k.id = n.id
        AND k.name IS NOT DISTINCT FROM n.name AND k.parent_id IS NOT DISTINCT FROM n.parent_id
        AND k.last_seen_at > p_fetched_at - interval '1 day')
    GROUP BY n.id ORDER BY n.id
    ON CONFLICT (team_id, upstream, id) DO UPDATE SET name = coalesce(excluded.name, c.name),
      parent_id = coalesce(excluded.parent_id, c.parent_id), last_seen_at = greatest(c.last_seen_at, excluded.last_seen_at);
  INSERT INTO outbox (team_id, snapshot_id, created_at) VALUES (r.team_id, p_snapshot, p_fetched_at);
END $$;

-- Step 3. Ends a request once. p_result: outcome, basis, problem, reason, http_status, upstream_request_id, received_ago_ms.
-- p_answer is JSON text {total, hasMore, rows} or null; when it cannot be stored, money and raw answer still settle.
-- result: settled | again (it was settled before; the state says how) | lost
CREATE FUNCTION credits_settle(p_team uuid, p_id uuid, p_nonce uuid, p_snapshot uuid, p_result jsonb, p_raw bytea, p_answer text)
RETURNS TABLE (result text, state text, problem text, snapshot_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  a record;
  v_request credit_request;
  v_question text;
  v_fetched_at timestamptz;
  v_at timestamptz;
  v_snapshot uuid;
  v_late boolean;
  v_spent int;
  v_final boolean;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT * INTO STRICT a FROM jsonb_to_record(p_result) AS x(outcome text, basis text, problem text, reason text,
    http_status int, upstream_request_id text, received_ago_ms bigint);
  IF a.outcome NOT IN ('charged', 'not_charged', 'unsettled') THEN
    RAISE EXCEPTION 'unknown outcome %', a.outcome;
  END IF;
  SELECT r.question_key INTO v_question FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM 1 FROM flight f WHERE f.team_id = p_team AND f.question_key = v_question FOR UPDATE;
  SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id FOR UPDATE;
  IF v_request.id IS NULL OR v_request.nonce <> p_nonce OR v_request.state IN ('reserved', 'released') THEN
    RETURN QUERY SELECT 'lost', v_request.state, v_request.problem, NULL::uuid;
    RETURN;
  END IF;
  v_fetched_at := app_now() - coalesce(a.received_ago_ms, 0) * interval '1 millisecond';
  -- Late evidence settles what the lease's end had left open; what a person settled stays.
  v_late := v_request.state = 'unsettled' AND v_request.reason = 'lease_ended' AND v_request.basis <> 'by_hand';
  IF v_request.state <> 'sending' AND NOT v_late THEN
    RETURN QUERY SELECT 'again', v_request.state, v_request.problem,
      (SELECT s.id FROM snapshot s WHERE s.team_id = p_team AND s.request_id = p_id);
    RETURN;
  END IF;

  IF p_raw IS NOT NULL THEN
    INSERT INTO raw_answer (team_id, request_id, received_at, http_status, body)
      VALUES (p_team, p_id, v_fetched_at, a.http_status, p_raw) ON CONFLICT DO NOTHING;
  END IF;
  IF p_answer IS NOT NULL THEN
    BEGIN
      PERFORM credit_store_answer(v_request, p_snapshot, v_fetched_at, p_answer);
      v_snapshot := p_snapshot;
    EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR datatype_mismatch THEN
      a.problem := 'upstream_invalid_answer';
      a.reason := 'rows_not_storable';
    END;
  END IF;

  IF v_late AND a.outcome = 'unsettled' THEN
    RETURN QUERY SELECT 'again', v_request.state, v_request.problem, v_snapshot;
    RETURN;
  END IF;

  v_spent := CASE WHEN a.outcome = 'charged' THEN v_request.price_credits ELSE 0 END;
  v_at := credit_append(v_request, CASE WHEN v_late THEN 'correction' ELSE a.outcome END, v_spent, a.outcome, a.basis,
    a.problem, a.reason, a.http_status, a.upstream_request_id);
  UPDATE credit_request r SET state = a.outcome, basis = a.basis, problem = a.problem, reason = a.reason,
    http_status = a.http_status, upstream_request_id = a.upstream_request_id, settled_at = v_at, lease_until = NULL
    WHERE r.team_id = p_team AND r.id = p_id;

  UPDATE team_key k SET
    last_success_at = CASE WHEN a.outcome = 'charged' THEN v_fetched_at ELSE k.last_success_at END,
    rejected_at = CASE WHEN a.problem = 'key_rejected' THEN v_fetched_at WHEN a.outcome = 'charged' THEN NULL ELSE k.rejected_at END,
    rejected_reason = CASE WHEN a.problem = 'key_rejected' THEN a.reason WHEN a.outcome = 'charged' THEN NULL ELSE k.rejected_reason END,
    out_of_credits_at = CASE WHEN a.problem = 'upstream_out_of_credits' THEN clock_timestamp() WHEN a.outcome = 'charged' THEN NULL ELSE k.out_of_credits_at END,
    last_refusal_at = CASE WHEN a.problem IN ('key_rejected', 'upstream_out_of_credits', 'upstream_rate_limited') THEN v_fetched_at ELSE k.last_refusal_at END,
    last_refusal = CASE WHEN a.problem IN ('key_rejected', 'upstream_out_of_credits', 'upstream_rate_limited') THEN a.problem ELSE k.last_refusal END
    WHERE k.team_id = p_team AND k.id = v_request.key_id;

  v_final := v_request."window" LIKE '____-__' AND v_fetched_at >= CASE WHEN v_request."window" LIKE '____-__'
    THEN ((to_date(v_request."window", 'YYYY-MM') + interval '1 month 3 days')::timestamp AT TIME ZONE 'UTC') END;
  -- Newest by the time of sending: a late answer never becomes newest by arriving late.
  UPDATE flight f SET
    request_id = CASE WHEN f.request_id = p_id THEN NULL ELSE f.request_id END,
    newest_snapshot_id = CASE WHEN newer.is THEN v_snapshot ELSE f.newest_snapshot_id END,
    newest_sent_at = CASE WHEN newer.is THEN v_request.sent_at ELSE f.newest_sent_at END,
    newest_fetched_at = CASE WHEN newer.is THEN v_fetched_at ELSE f.newest_fetched_at END,
    newest_is_final = CASE WHEN newer.is THEN coalesce(v_final, false) ELSE f.newest_is_final END
    FROM (SELECT v_snapshot IS NOT NULL AND (g.newest_sent_at IS NULL OR v_request.sent_at >= g.newest_sent_at) AS is
      FROM flight g WHERE g.team_id = p_team AND g.question_key = v_question) AS newer
    WHERE f.team_id = p_team AND f.question_key = v_question;

  IF v_late THEN
    PERFORM credit_move(v_request, v_spent, 0, -v_request.price_credits);
  ELSE
    PERFORM credit_move(v_request, v_spent, -v_request.price_credits,
      CASE WHEN a.outcome = 'unsettled' THEN v_request.price_credits ELSE 0 END);
  END IF;
  RETURN QUERY SELECT 'settled', a.outcome, a.problem, v_snapshot;
END $$;

-- What the sweeper ends: requests of all teams whose lease ran out.
CREATE FUNCTION credits_expired(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT r.team_id, r.id FROM credit_request r
    WHERE r.state IN ('reserved', 'sending') AND r.lease_until < clock_timestamp() ORDER BY r.lease_until LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;

-- Ends one request whose lease ran out; null when it is not (or no longer) such a request.
CREATE FUNCTION credits_expire(p_team uuid, p_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_request credit_request;
  v_question text;
  v_state text;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT r.question_key INTO v_question FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM 1 FROM flight f WHERE f.team_id = p_team AND f.question_key = v_question FOR UPDATE;
  SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id FOR UPDATE;
  IF v_request.id IS NULL OR v_request.state NOT IN ('reserved', 'sending') OR v_request.lease_until > clock_timestamp() THEN
    RETURN NULL;
  END IF;
  v_state := credit_end_dead(v_request);
  UPDATE flight f SET request_id = NULL WHERE f.team_id = p_team AND f.question_key = v_question AND f.request_id = p_id;
  RETURN v_state;
END $$;

-- A person says what a request really cost. Refused while its lease runs.
-- result: settled | unchanged | under_way | not_found
CREATE FUNCTION credits_settle_by_hand(p_team uuid, p_id uuid, p_charged boolean, p_reason text, p_by uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_request credit_request;
  v_question text;
  v_new text := CASE WHEN p_charged THEN 'charged' ELSE 'not_charged' END;
  v_credits int;
  v_at timestamptz;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT r.question_key INTO v_question FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM 1 FROM flight f WHERE f.team_id = p_team AND f.question_key = v_question FOR UPDATE;
  SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id FOR UPDATE;
  IF v_request.id IS NULL THEN RETURN 'not_found'; END IF;
  IF v_request.state IN ('reserved', 'sending') THEN
    IF v_request.lease_until > clock_timestamp() THEN RETURN 'under_way'; END IF;
    PERFORM credit_end_dead(v_request);
    UPDATE flight f SET request_id = NULL WHERE f.team_id = p_team AND f.question_key = v_question AND f.request_id = p_id;
    SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  END IF;
  IF v_request.state = v_new OR v_request.state = 'released' THEN RETURN 'unchanged'; END IF;
  v_credits := CASE WHEN p_charged THEN v_request.price_credits
    WHEN v_request.state = 'charged' THEN -v_request.price_credits ELSE 0 END;
  v_at := credit_append(v_request, 'correction', v_credits, v_new, 'by_hand', v_request.problem, p_reason,
    v_request.http_status, v_request.upstream_request_id, p_by);
  UPDATE credit_request r SET state = v_new, basis = 'by_hand', reason = p_reason, settled_at = v_at
    WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM credit_move(v_request, v_credits, 0,
    CASE WHEN v_request.state = 'unsettled' THEN -v_request.price_credits ELSE 0 END);
  RETURN 'settled';
END $$;

-- Sets or removes (null) a limit a month, from the running period on. Beneath what is spent: nothing more is granted.
CREATE FUNCTION credits_set_limit(p_team uuid, p_scope text, p_subject uuid, p_credits int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_team team;
  v_period date;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT * INTO STRICT v_team FROM team t WHERE t.id = p_team;
  v_period := credit_period_start(v_team.time_zone, v_team.period_first_day, app_now());
  PERFORM pg_advisory_xact_lock(hashtextextended('credit_limit/' || p_team, 0));
  IF p_credits IS NULL THEN
    DELETE FROM credit_limit l WHERE l.team_id = p_team AND l.scope = p_scope AND l.subject_id = p_subject;
  ELSE
    INSERT INTO credit_limit (team_id, scope, subject_id, credits) VALUES (p_team, p_scope, p_subject, p_credits)
      ON CONFLICT (team_id, scope, subject_id) DO UPDATE SET credits = excluded.credits;
  END IF;
  UPDATE credit_counter c SET limit_credits = p_credits
    WHERE c.team_id = p_team AND c.scope = p_scope AND c.subject_id = p_subject AND c.period_start >= v_period;
END $$;

-- Finds every row of a team's ledger that does not fit the others. No row: it is exact.
CREATE FUNCTION credits_verify(p_team uuid) RETURNS TABLE (subject text, problem text)
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
    FROM requests r CROSS JOIN LATERAL credit_subjects(r.team_id, r.member_id, r.token_id, r.purpose) s
    GROUP BY 1, 2, 3, 4),
  now_period AS (
    SELECT credit_period_start(t.time_zone, t.period_first_day, app_now()) AS start FROM team t WHERE t.id = p_team)
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
  SELECT concat_ws('/', c.upstream, c.period_start, c.scope, c.subject_id), 'counter carries another limit than the one set'
    FROM credit_counter c LEFT JOIN credit_limit l USING (team_id, scope, subject_id)
    WHERE c.team_id = p_team AND c.period_start >= (SELECT start FROM now_period)
      AND c.limit_credits IS DISTINCT FROM l.credits
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
