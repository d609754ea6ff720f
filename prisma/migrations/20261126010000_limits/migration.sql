-- Limits: a default for members, more for one period, and a first day of the period that may change.
ALTER TABLE "team" ADD COLUMN "period_changes" JSONB NOT NULL DEFAULT '[]';

CREATE TABLE "limit_request" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "asked_credits" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "granted_credits" INTEGER,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(6),

    CONSTRAINT "limit_request_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateIndex
CREATE INDEX "limit_request_team_id_upstream_period_start_member_id_idx" ON "limit_request"("team_id", "upstream", "period_start", "member_id");

-- AddForeignKey
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_team_id_decided_by_id_fkey" FOREIGN KEY ("team_id", "decided_by_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_words" CHECK (
  "state" IN ('open', 'granted', 'declined', 'withdrawn') AND "upstream" IN ('live', 'sandbox') AND "asked_credits" > 0
  AND ("state" = 'granted') = ("granted_credits" IS NOT NULL) AND ("granted_credits" IS NULL OR "granted_credits" > 0)
  AND ("state" = 'open') = ("decided_at" IS NULL) AND ("decided_by_id" IS NULL) = ("decided_at" IS NULL));
CREATE UNIQUE INDEX "limit_request_one_open" ON "limit_request" ("team_id", "upstream", "period_start", "member_id")
  WHERE "state" = 'open';
ALTER TABLE "limit_request" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "limit_request" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "limit_request"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE TRIGGER decided_stays BEFORE UPDATE ON "limit_request" FOR EACH ROW WHEN (OLD.state <> 'open')
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON "limit_request" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON "limit_request" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "limit_request" ENABLE ALWAYS TRIGGER decided_stays;
ALTER TABLE "limit_request" ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE "limit_request" ENABLE ALWAYS TRIGGER never_truncated;

ALTER TABLE "credit_limit" DROP CONSTRAINT "credit_limit_words";
ALTER TABLE "credit_limit" ADD CONSTRAINT "credit_limit_words" CHECK (
  "scope" IN ('team', 'schedules', 'member_default', 'member', 'token') AND "credits" >= 0);

-- The credit period that holds a moment: its first and last day, and when the next begins. Each first day holds from
-- one period's start to the next change, which is a period's start too: so periods follow each other without a hole.
DROP FUNCTION credit_period_start(text, int, timestamptz);
DROP FUNCTION credit_period_end(text, date);
CREATE FUNCTION credit_period_cut(t team, p_at timestamptz)
RETURNS TABLE (start date, last date, resets_at timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_day date := (p_at AT TIME ZONE t.time_zone)::date;
  v_first_day int := t.period_first_day;
  v_since date;
  v_until date;
  v_end date;
BEGIN
  IF t.period_changes <> '[]' THEN
    SELECT max(x."until") FILTER (WHERE x."until" <= v_day), min(x."until") FILTER (WHERE x."until" > v_day),
        coalesce((array_agg(x."firstDay" ORDER BY x."until") FILTER (WHERE x."until" > v_day))[1], v_first_day)
      INTO v_since, v_until, v_first_day
      FROM jsonb_to_recordset(t.period_changes) AS x("until" date, "firstDay" int);
  END IF;
  start := (date_trunc('month', (v_day - (v_first_day - 1))::timestamp) + make_interval(days => v_first_day - 1))::date;
  v_end := least((start + interval '1 month')::date, v_until);
  start := greatest(start, v_since);
  last := v_end - 1;
  resets_at := v_end::timestamp AT TIME ZONE t.time_zone;
  RETURN NEXT;
END $$;

CREATE FUNCTION credit_period(p_team uuid, p_at timestamptz)
RETURNS TABLE (start date, last date, resets_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.start, p.last, p.resets_at FROM team t CROSS JOIN LATERAL credit_period_cut(t, p_at) p WHERE t.id = p_team $$;

-- Another first day, from the next period on; the running one keeps its own. Changing it again replaces that.
CREATE FUNCTION credits_set_first_day(p_team uuid, p_first_day int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_team team;
  v_period record;
  v_past jsonb;
  v_running int;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT * INTO STRICT v_team FROM team t WHERE t.id = p_team FOR UPDATE;
  SELECT * INTO v_period FROM credit_period_cut(v_team, app_now());
  SELECT coalesce(jsonb_agg(x.change ORDER BY x.change ->> 'until') FILTER (WHERE (x.change ->> 'until')::date <= v_period.start), '[]'),
      coalesce((array_agg((x.change ->> 'firstDay')::int ORDER BY x.change ->> 'until')
        FILTER (WHERE (x.change ->> 'until')::date > v_period.start))[1], v_team.period_first_day)
    INTO v_past, v_running
    FROM jsonb_array_elements(v_team.period_changes) AS x(change);
  UPDATE team t SET period_first_day = p_first_day,
    period_changes = CASE WHEN p_first_day = v_running THEN v_past
      ELSE v_past || jsonb_build_object('until', v_period.last + 1, 'firstDay', v_running) END
    WHERE t.id = p_team;
END $$;

-- What a subject may use in a period: its own limit or, for a member without one, the team's default, and what was
-- granted for this period on top. Null is no limit.
CREATE FUNCTION credit_effective_limit(p_team uuid, p_upstream text, p_period date, p_scope text, p_subject uuid) RETURNS int
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN own.credits IS NOT NULL THEN least(2147483647, own.credits + coalesce((
      SELECT sum(g.granted_credits) FROM limit_request g WHERE p_scope = 'member' AND g.team_id = p_team
        AND g.upstream = p_upstream AND g.period_start = p_period AND g.member_id = p_subject), 0))::int END
  FROM (SELECT coalesce(
    (SELECT l.credits FROM credit_limit l WHERE l.team_id = p_team AND l.scope = p_scope AND l.subject_id = p_subject),
    (SELECT l.credits FROM credit_limit l WHERE p_scope = 'member' AND l.team_id = p_team AND l.scope = 'member_default'
      AND l.subject_id = p_team)) AS credits) AS own $$;

-- Every change of what a counter's limit comes to waits for this lock, and so does the making of a counter: so that a
-- new one never carries a limit of a moment ago. Taken before any counter's row.
CREATE FUNCTION credit_limit_lock(p_team uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('credit_limit/' || p_team, 0)) $$;

-- Makes the counters of a period that are not there yet.
CREATE FUNCTION credit_make_counters(p_team uuid, p_upstream text, p_period date, p_scopes text[], p_subjects uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM credit_limit_lock(p_team);
  INSERT INTO credit_counter (team_id, upstream, period_start, scope, subject_id, limit_credits)
    SELECT p_team, p_upstream, p_period, x.scope, x.subject_id,
      credit_effective_limit(p_team, p_upstream, p_period, x.scope, x.subject_id)
    FROM unnest(p_scopes, p_subjects) WITH ORDINALITY AS x(scope, subject_id, place)
    ORDER BY x.place
    ON CONFLICT DO NOTHING;
END $$;

-- Brings the counters of the running period in line with what their limits come to now. The caller holds the lock.
CREATE FUNCTION credit_apply_limits(p_team uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_period date := (SELECT p.start FROM credit_period(p_team, app_now()) p);
BEGIN
  -- In the order in which claims lock them.
  PERFORM 1 FROM credit_counter c WHERE c.team_id = p_team AND c.period_start >= v_period
    AND c.limit_credits IS DISTINCT FROM credit_effective_limit(p_team, c.upstream, c.period_start, c.scope, c.subject_id)
    ORDER BY array_position(ARRAY['team', 'schedules', 'member', 'token'], c.scope), c.subject_id, c.upstream FOR UPDATE;
  UPDATE credit_counter c
    SET limit_credits = credit_effective_limit(p_team, c.upstream, c.period_start, c.scope, c.subject_id)
    WHERE c.team_id = p_team AND c.period_start >= v_period
      AND c.limit_credits IS DISTINCT FROM credit_effective_limit(p_team, c.upstream, c.period_start, c.scope, c.subject_id);
END $$;

-- Sets or removes (null) limits a month, all at once, from the running period on. Beneath what is spent: nothing more
-- is granted. p_changes: [{scope, subject_id, credits}], each subject once. Answers with those that changed.
CREATE FUNCTION credits_set_limits(p_team uuid, p_changes jsonb)
RETURNS TABLE (scope text, subject_id uuid, before int, after int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  PERFORM credit_limit_lock(p_team);
  RETURN QUERY SELECT n.scope, n.subject_id, l.credits, n.credits
    FROM jsonb_to_recordset(p_changes) AS n(scope text, subject_id uuid, credits int)
    LEFT JOIN credit_limit l ON l.team_id = p_team AND l.scope = n.scope AND l.subject_id = n.subject_id
    WHERE l.credits IS DISTINCT FROM n.credits;
  DELETE FROM credit_limit l USING jsonb_to_recordset(p_changes) AS n(scope text, subject_id uuid, credits int)
    WHERE l.team_id = p_team AND l.scope = n.scope AND l.subject_id = n.subject_id AND n.credits IS NULL;
  INSERT INTO credit_limit (team_id, scope, subject_id, credits)
    SELECT p_team, n.scope, n.subject_id, n.credits
    FROM jsonb_to_recordset(p_changes) AS n(scope text, subject_id uuid, credits int) WHERE n.credits IS NOT NULL
    ON CONFLICT (team_id, scope, subject_id) DO UPDATE SET credits = excluded.credits;
  PERFORM credit_apply_limits(p_team);
END $$;

CREATE OR REPLACE FUNCTION credits_set_limit(p_team uuid, p_scope text, p_subject uuid, p_credits int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT credits_set_limits(p_team, jsonb_build_array(jsonb_build_object(
    'scope', p_scope, 'subject_id', p_subject, 'credits', p_credits))) $$;

-- Decides a member's ask for more; a grant counts at once, in its period alone.
-- result: done | not_found | not_open | period_over
CREATE FUNCTION credits_decide_ask(p_team uuid, p_id uuid, p_state text, p_credits int, p_by uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_ask limit_request;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  PERFORM credit_limit_lock(p_team);
  SELECT * INTO v_ask FROM limit_request q WHERE q.team_id = p_team AND q.id = p_id FOR UPDATE;
  IF v_ask.id IS NULL THEN RETURN 'not_found'; END IF;
  IF v_ask.state <> 'open' THEN RETURN 'not_open'; END IF;
  IF p_state = 'granted' AND v_ask.period_start <> (SELECT p.start FROM credit_period(p_team, app_now()) p) THEN
    RETURN 'period_over';
  END IF;
  UPDATE limit_request q SET state = p_state, granted_credits = p_credits, decided_by_id = p_by, decided_at = app_now()
    WHERE q.team_id = p_team AND q.id = p_id;
  PERFORM credit_apply_limits(p_team);
  RETURN 'done';
END $$;

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

    -- Lock all in order, check all, then reserve. What is full now undoes all of the above: a refusal leaves nothing behind.
    FOR v_counter IN SELECT c.* FROM unnest(v_scopes, v_subjects) WITH ORDINALITY AS x(scope, subject_id, place)
        JOIN credit_counter c ON c.team_id = p_team AND c.upstream = a.upstream AND c.period_start = v_period.start
          AND c.scope = x.scope AND c.subject_id = x.subject_id ORDER BY x.place FOR UPDATE OF c LOOP
      IF v_counter.spent + v_counter.held + v_counter.unsettled + a.price_credits > v_counter.limit_credits THEN
        RAISE EXCEPTION USING ERRCODE = 'NB001', MESSAGE = 'limit reached';
      END IF;
    END LOOP;
    PERFORM credit_move(v_request, 0, a.price_credits, 0);
  EXCEPTION WHEN SQLSTATE 'NB001' THEN
    RETURN QUERY SELECT 'limit', NULL::text, NULL::uuid, NULL::uuid, NULL::text, v_counter.scope, v_counter.limit_credits,
      v_counter.spent, v_counter.held + v_counter.unsettled, v_period.resets_at, NULL::int;
    RETURN;
  END;
  RETURN QUERY SELECT 'claimed', 'bought', p_id, NULL::uuid, NULL::text, NULL::text, NULL::int, NULL::int, NULL::int,
    NULL::timestamptz, NULL::int;
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
    FROM requests r CROSS JOIN LATERAL credit_subjects(r.team_id, r.member_id, r.token_id, r.purpose) s
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
