-- What the KeyAPI dashboard shows of a key's account, as people type it.
CREATE TABLE "key_balance" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "note" TEXT,
    "by_member_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "key_balance_pkey" PRIMARY KEY ("team_id","id")
);
CREATE INDEX "key_balance_team_id_key_id_at_idx" ON "key_balance"("team_id", "key_id", "at");
ALTER TABLE "key_balance" ADD CONSTRAINT "key_balance_team_id_key_id_fkey" FOREIGN KEY ("team_id", "key_id") REFERENCES "team_key"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "key_balance" ADD CONSTRAINT "key_balance_team_id_by_member_id_fkey" FOREIGN KEY ("team_id", "by_member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "key_balance" ADD CONSTRAINT "key_balance_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('stated', 'top_up')
  AND "credits" BETWEEN CASE "kind" WHEN 'top_up' THEN 1 ELSE 0 END AND 1000000000);

ALTER TABLE "key_balance" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "key_balance" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "key_balance"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "key_balance" FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE "key_balance" ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON "key_balance" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "key_balance" ENABLE ALWAYS TRIGGER never_truncated;

-- What was sent with a key since a moment; what waits to be settled; what people and rules settled last.
CREATE INDEX "credit_request_sent_with_key" ON "credit_request" ("team_id", "key_id", "sent_at") WHERE "sent_at" IS NOT NULL;
CREATE INDEX "credit_request_unsettled" ON "credit_request" ("team_id", "settled_at") WHERE "state" = 'unsettled';
CREATE INDEX "credit_request_settled_later" ON "credit_request" ("team_id", "settled_at" DESC)
  WHERE "basis" = 'by_hand' OR "reason" = 'team_rule';

-- Step 3. Ends a request once. p_result: outcome, basis, problem, reason, http_status, upstream_request_id, received_ago_ms.
-- p_answer is JSON text {total, hasMore, rows} or null; when it cannot be stored, money and raw answer still settle.
-- result: settled | again (it was settled before; the state says how) | lost
CREATE OR REPLACE FUNCTION credits_settle(p_team uuid, p_id uuid, p_nonce uuid, p_snapshot uuid, p_result jsonb, p_raw bytea, p_answer text)
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
  v_dead boolean;
  v_late boolean;
  v_kept boolean;
  v_before int;
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
  v_dead := v_request.state <> 'sending' AND EXISTS (SELECT 1 FROM credit_event e WHERE e.team_id = p_team
    AND e.request_id = p_id AND e.kind = 'unsettled' AND e.reason = 'lease_ended');
  -- Late evidence settles what the lease's end had left open, also after the team's rule has assumed something.
  v_late := v_dead AND v_request.basis = 'assumed' AND v_request.reason IN ('lease_ended', 'team_rule');
  -- What a person settled stays settled so; the answer that came after it is kept none the less.
  v_kept := v_dead AND v_request.basis = 'by_hand'
    AND NOT EXISTS (SELECT 1 FROM raw_answer w WHERE w.team_id = p_team AND w.request_id = p_id);
  IF v_request.state <> 'sending' AND NOT v_late AND NOT v_kept THEN
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

  v_before := CASE WHEN v_request.state = 'charged' THEN v_request.price_credits ELSE 0 END;
  v_spent := CASE WHEN a.outcome = 'charged' THEN v_request.price_credits ELSE 0 END;
  IF NOT v_kept THEN
    v_at := credit_append(v_request, CASE WHEN v_late THEN 'correction' ELSE a.outcome END, v_spent - v_before, a.outcome,
      a.basis, a.problem, a.reason, a.http_status, a.upstream_request_id);
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
  END IF;

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

  IF v_kept THEN
    RETURN QUERY SELECT 'again', v_request.state, v_request.problem, v_snapshot;
    RETURN;
  ELSIF v_late THEN
    PERFORM credit_move(v_request, v_spent - v_before, 0,
      CASE WHEN v_request.state = 'unsettled' THEN -v_request.price_credits ELSE 0 END);
  ELSE
    PERFORM credit_move(v_request, v_spent, -v_request.price_credits,
      CASE WHEN a.outcome = 'unsettled' THEN v_request.price_credits ELSE 0 END);
  END IF;
  RETURN QUERY SELECT 'settled', a.outcome, a.problem, v_snapshot;
END $$;

-- A person's word on one request, under the locks of its flight and of itself. Part of both functions below.
CREATE FUNCTION credit_settle_locked(r credit_request, p_charged boolean, p_reason text, p_by uuid) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_request credit_request := r;
  v_new text := CASE WHEN p_charged THEN 'charged' ELSE 'not_charged' END;
  v_credits int;
  v_at timestamptz;
BEGIN
  IF r.state IN ('reserved', 'sending') THEN
    IF r.lease_until > clock_timestamp() THEN RETURN 'under_way'; END IF;
    PERFORM credit_end_dead(r);
    UPDATE flight f SET request_id = NULL WHERE f.team_id = r.team_id AND f.question_key = r.question_key AND f.request_id = r.id;
    SELECT * INTO STRICT v_request FROM credit_request c WHERE c.team_id = r.team_id AND c.id = r.id;
  END IF;
  -- An assumption that a person confirms is none any more: only then is the same outcome news.
  IF v_request.state = 'released' OR (v_request.state = v_new AND v_request.basis <> 'assumed') THEN RETURN 'unchanged'; END IF;
  v_credits := CASE WHEN p_charged THEN v_request.price_credits ELSE 0 END
    - CASE WHEN v_request.state = 'charged' THEN v_request.price_credits ELSE 0 END;
  v_at := credit_append(v_request, 'correction', v_credits, v_new, 'by_hand', v_request.problem, p_reason,
    v_request.http_status, v_request.upstream_request_id, p_by);
  UPDATE credit_request c SET state = v_new, basis = 'by_hand', reason = p_reason, settled_at = v_at
    WHERE c.team_id = r.team_id AND c.id = r.id;
  PERFORM credit_move(v_request, v_credits, 0,
    CASE WHEN v_request.state = 'unsettled' THEN -v_request.price_credits ELSE 0 END);
  RETURN 'settled';
END $$;

-- A person says what a request really cost. Refused while its lease runs.
-- result: settled | unchanged | under_way | not_found
CREATE OR REPLACE FUNCTION credits_settle_by_hand(p_team uuid, p_id uuid, p_charged boolean, p_reason text, p_by uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_request credit_request;
  v_question text;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT r.question_key INTO v_question FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM 1 FROM flight f WHERE f.team_id = p_team AND f.question_key = v_question FOR UPDATE;
  SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id FOR UPDATE;
  IF v_request.id IS NULL THEN RETURN 'not_found'; END IF;
  RETURN credit_settle_locked(v_request, p_charged, p_reason, p_by);
END $$;

-- The same for many at once, each as above. All flights are locked first, then all requests, then the counters period by
-- period: the order of every other step, so that none waits for another in a ring. An unknown id has no row.
CREATE FUNCTION credits_settle_many_by_hand(p_team uuid, p_ids uuid[], p_charged boolean, p_reason text, p_by uuid)
RETURNS TABLE (id uuid, result text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE v_request credit_request;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  PERFORM 1 FROM flight f WHERE f.team_id = p_team AND f.question_key IN (SELECT r.question_key FROM credit_request r
    WHERE r.team_id = p_team AND r.id = ANY (p_ids)) ORDER BY f.question_key FOR UPDATE;
  PERFORM 1 FROM credit_request r WHERE r.team_id = p_team AND r.id = ANY (p_ids) ORDER BY r.id FOR UPDATE;
  FOR v_request IN SELECT * FROM credit_request r WHERE r.team_id = p_team AND r.id = ANY (p_ids)
    ORDER BY r.upstream, r.period_start, r.id LOOP
    RETURN QUERY SELECT v_request.id, credit_settle_locked(v_request, p_charged, p_reason, p_by);
  END LOOP;
END $$;

-- Unsettled requests of all teams whose team's rule is due: so many hours, by the application's clock, after they ended.
CREATE FUNCTION credits_rule_due(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT r.team_id, r.id FROM credit_request r JOIN team t ON t.id = r.team_id
    WHERE r.state = 'unsettled' AND t.unsettled_rule <> 'ask'
      AND r.settled_at + make_interval(hours => t.unsettled_after_hours) <= app_now()
    ORDER BY r.settled_at LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;

-- Settles one unsettled request as its team's rule of this moment assumes; null when there is (no longer) anything due.
CREATE FUNCTION credits_settle_by_rule(p_team uuid, p_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_request credit_request;
  v_team team;
  v_question text;
  v_credits int;
  v_at timestamptz;
BEGIN
  PERFORM set_config('app.team', p_team::text, true);
  SELECT r.question_key INTO v_question FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM 1 FROM flight f WHERE f.team_id = p_team AND f.question_key = v_question FOR UPDATE;
  SELECT * INTO v_request FROM credit_request r WHERE r.team_id = p_team AND r.id = p_id FOR UPDATE;
  SELECT * INTO v_team FROM team t WHERE t.id = p_team;
  IF v_request.state IS DISTINCT FROM 'unsettled' OR v_team.unsettled_rule = 'ask'
     OR v_request.settled_at + make_interval(hours => v_team.unsettled_after_hours) > app_now() THEN
    RETURN NULL;
  END IF;
  v_credits := CASE WHEN v_team.unsettled_rule = 'charged' THEN v_request.price_credits ELSE 0 END;
  v_at := credit_append(v_request, 'correction', v_credits, v_team.unsettled_rule, 'assumed', v_request.problem, 'team_rule',
    v_request.http_status, v_request.upstream_request_id);
  UPDATE credit_request r SET state = v_team.unsettled_rule, basis = 'assumed', reason = 'team_rule', settled_at = v_at
    WHERE r.team_id = p_team AND r.id = p_id;
  PERFORM credit_move(v_request, v_credits, 0, -v_request.price_credits);
  RETURN v_team.unsettled_rule;
END $$;
