-- A team keeps several keys of an upstream, one of them in use. A replaced key stays sealed until it is removed.
ALTER TABLE "team_key" ADD COLUMN "name" TEXT NOT NULL DEFAULT '';
ALTER TABLE "team_key" DROP CONSTRAINT "team_key_words";
ALTER TABLE "team_key" ADD CONSTRAINT "team_key_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND ("ended_at" IS NOT NULL OR "sealed_text" IS NOT NULL)
  AND ("sealed_text" IS NULL) = ("sealed_nonce" IS NULL) AND ("sealed_text" IS NULL) = ("sealed_key_id" IS NULL));


-- Step 2. The last look before the socket opens: still the owner, same key, still a member, a free send slot.
-- p_attempt counts from 1; the same attempt again succeeds (a connection lost at commit), a higher one is a repeat.
-- result: ok (with wait_ms and the sealed key) | key_rejected | forbidden | key_missing | upstream_rate_limited | lost
CREATE OR REPLACE FUNCTION credits_begin_send(p_team uuid, p_id uuid, p_nonce uuid, p_attempt int, p_lease_ms bigint, p_per_second float8,
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
    -- A key that another one replaced still serves what was asked with it; a removed one has no text left.
    WHEN v_key.sealed_text IS NULL
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
