-- What members are told, and which shares of their limits they were told of.
CREATE TABLE "notification" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "link" TEXT NOT NULL,
    "dedupe" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("team_id","id")
);
CREATE TABLE "limit_notice" (
    "team_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "scope" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "limit_credits" INTEGER NOT NULL,
    "percent" INTEGER NOT NULL,
    "told_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "limit_notice_pkey" PRIMARY KEY ("team_id","upstream","period_start","scope","subject_id","limit_credits","percent")
);
CREATE INDEX "notification_team_id_member_id_created_at_id_idx" ON "notification"("team_id", "member_id", "created_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "notification_team_id_member_id_dedupe_key" ON "notification"("team_id", "member_id", "dedupe");
ALTER TABLE "notification" ADD CONSTRAINT "notification_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "notification" ADD CONSTRAINT "notification_words" CHECK (
  "kind" IN ('limit_reached_percent', 'limit_asked', 'limit_granted', 'limit_declined', 'unsettled_open', 'key_rejected',
    'upstream_out_of_credits')
  AND jsonb_typeof("facts") = 'object' AND "link" ~ '^/[a-z]' AND "dedupe" <> '');
ALTER TABLE "limit_notice" ADD CONSTRAINT "limit_notice_words" CHECK (
  "scope" IN ('team', 'schedules', 'member', 'token') AND "percent" IN (50, 75, 90, 100));
-- The count in the head of every page reads only what is still unread.
CREATE INDEX "notification_unread" ON "notification" ("team_id", "member_id", "created_at" DESC, "id" DESC) WHERE "read_at" IS NULL;

DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notification', 'limit_notice'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
  END LOOP;
END $do$;

-- Version 7 of a moment: ids of later rows sort later. PostgreSQL has one of its own only from 18 on.
CREATE FUNCTION uuid_v7_at(p_at timestamptz) RETURNS uuid
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM p_at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$;

-- Tells the named members, and with p_admins owners and admins too; each once for a dedupe, removed members never.
-- Returns how many were told. Runs as its caller, within the caller's team.
CREATE FUNCTION notify_members(p_team uuid, p_members uuid[], p_admins boolean, p_kind text, p_facts jsonb, p_link text,
  p_dedupe text) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_now timestamptz := app_now();
  v_told int;
BEGIN
  INSERT INTO notification (team_id, id, member_id, kind, facts, link, dedupe, created_at)
    SELECT p_team, uuid_v7_at(v_now), m.id, p_kind, p_facts, p_link, p_dedupe, v_now FROM membership m
    WHERE m.team_id = p_team AND m.removed_at IS NULL
      AND (m.id = ANY (p_members) OR (p_admins AND m.role IN ('owner', 'admin')))
    ORDER BY m.id
    ON CONFLICT (team_id, member_id, dedupe) DO NOTHING;
  GET DIAGNOSTICS v_told = ROW_COUNT;
  RETURN v_told;
END $$;

-- Tells owners and admins from within a step of the ledger: never fails the step that has something to tell.
CREATE FUNCTION notify_admins(p_team uuid, p_kind text, p_facts jsonb, p_dedupe text, p_link text DEFAULT '/settings/key')
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM notify_members(p_team, '{}', true, p_kind, p_facts, p_link, p_dedupe);
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING 'notice % was not written: %', p_kind, SQLERRM;
END $$;

-- The highest told share of a limit that is reached: 0, 50, 75, 90 or 100. 100 is "the next request of this price no
-- longer fits". Without a limit, or before anything was spent, it is 0.
CREATE FUNCTION credit_percent_reached(p_used int, p_limit int, p_price int) RETURNS int
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN p_limit IS NULL OR p_used <= 0 THEN 0
    WHEN p_used::bigint + p_price > p_limit THEN 100
    WHEN p_used::bigint * 100 >= p_limit::bigint * 90 THEN 90
    WHEN p_used::bigint * 100 >= p_limit::bigint * 75 THEN 75
    WHEN p_used::bigint * 100 >= p_limit::bigint * 50 THEN 50
    ELSE 0 END;
END $$;

-- Tells of a share of a limit, once for this period, subject and value of the limit; the lower shares count as told.
-- Part of the statement that moved the counter, which its failure never undoes. The caller holds the counter's row.
CREATE FUNCTION credit_notice(c credit_counter, p_percent int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_member uuid;
  v_resets_at timestamptz;
BEGIN
  INSERT INTO limit_notice (team_id, upstream, period_start, scope, subject_id, limit_credits, percent, told_at)
    SELECT c.team_id, c.upstream, c.period_start, c.scope, c.subject_id, c.limit_credits, p_percent, app_now()
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO limit_notice (team_id, upstream, period_start, scope, subject_id, limit_credits, percent, told_at)
    SELECT c.team_id, c.upstream, c.period_start, c.scope, c.subject_id, c.limit_credits, beneath.percent, app_now()
    FROM unnest(ARRAY[50, 75, 90]) AS beneath(percent) WHERE beneath.percent < p_percent
    ON CONFLICT DO NOTHING;
  v_member := CASE c.scope WHEN 'member' THEN c.subject_id
    WHEN 'token' THEN (SELECT k.member_id FROM api_token k WHERE k.team_id = c.team_id AND k.id = c.subject_id) END;
  SELECT p.resets_at INTO v_resets_at FROM team t
    CROSS JOIN LATERAL credit_period_cut(t, (c.period_start + time '12:00') AT TIME ZONE t.time_zone) p WHERE t.id = c.team_id;
  PERFORM notify_members(c.team_id, ARRAY[v_member],
    c.scope IN ('team', 'schedules') OR (c.scope = 'member' AND p_percent = 100), 'limit_reached_percent',
    jsonb_strip_nulls(jsonb_build_object('upstream', c.upstream, 'scope', c.scope, 'percent', p_percent,
      'memberId', CASE WHEN c.scope = 'member' THEN c.subject_id END,
      'tokenId', CASE WHEN c.scope = 'token' THEN c.subject_id END,
      'limitCredits', c.limit_credits, 'usedCredits', c.spent + c.unsettled,
      'leftCredits', greatest(0, c.limit_credits - c.spent - c.unsettled - c.held),
      'periodStart', c.period_start,
      'resetsAt', to_char(v_resets_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))),
    CASE WHEN c.scope = 'member' THEN '/credits?member=' || c.subject_id ELSE '/credits' END,
    concat_ws('/', 'limit', c.upstream, c.period_start, c.scope, c.subject_id, c.limit_credits, p_percent));
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING 'notice of %/% at % %% was not written: %', c.scope, c.subject_id, p_percent, SQLERRM;
END $$;

-- Moves credits of a request between held, unsettled and spent, on every counter that it touches, and tells of the
-- share of a limit that this reaches. A step is at least its price, so nothing is reached beneath half of a limit.
CREATE OR REPLACE FUNCTION credit_move(r credit_request, p_spent int, p_held int, p_unsettled int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  s record;
  c credit_counter;
  v_used int;
  v_more int := p_spent + p_unsettled;
  v_percent int;
BEGIN
  FOR s IN SELECT * FROM credit_subjects(r.team_id, r.member_id, r.token_id, r.purpose) LOOP
    UPDATE credit_counter k SET spent = k.spent + p_spent, held = k.held + p_held, unsettled = k.unsettled + p_unsettled
      WHERE k.team_id = r.team_id AND k.upstream = r.upstream AND k.period_start = r.period_start
        AND k.scope = s.scope AND k.subject_id = s.subject_id
      RETURNING k.* INTO c;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no % counter for request %', s.scope, r.id;
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

-- A limit that moves beneath what is spent tells too, whichever statement moves it. Raising one tells nothing.
CREATE FUNCTION credit_limit_moved() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_used int := NEW.spent + NEW.unsettled;
  v_percent int;
  v_price int;
BEGIN
  SELECT r.price_credits INTO v_price FROM credit_request r WHERE r.team_id = NEW.team_id AND r.upstream = NEW.upstream
    ORDER BY r.reserved_at DESC LIMIT 1;
  v_percent := credit_percent_reached(v_used, NEW.limit_credits, coalesce(v_price, 1));
  IF v_percent > credit_percent_reached(v_used, OLD.limit_credits, coalesce(v_price, 1)) THEN
    PERFORM credit_notice(NEW, v_percent);
  END IF;
  RETURN NULL;
END $$;
-- Of this one column: a moving counter does not even look at it.
CREATE TRIGGER limit_moved AFTER UPDATE OF "limit_credits" ON "credit_counter" FOR EACH ROW
  WHEN (NEW."limit_credits" IS DISTINCT FROM OLD."limit_credits" AND NEW."spent" + NEW."unsettled" > 0)
  EXECUTE FUNCTION credit_limit_moved();

-- A key that is refused, or an account without credits: told to owners and admins once a day and version of the key.
CREATE FUNCTION team_key_refused() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_day date := (app_now() AT TIME ZONE (SELECT t.time_zone FROM team t WHERE t.id = NEW.team_id))::date;
BEGIN
  IF NEW.rejected_at IS DISTINCT FROM OLD.rejected_at AND NEW.rejected_at IS NOT NULL THEN
    PERFORM notify_admins(NEW.team_id, 'key_rejected', jsonb_strip_nulls(jsonb_build_object('upstream', NEW.upstream,
      'lastFour', NEW.last_four, 'reason', NEW.rejected_reason)), concat_ws('/', 'key_rejected', NEW.id, v_day));
  END IF;
  IF NEW.out_of_credits_at IS DISTINCT FROM OLD.out_of_credits_at AND NEW.out_of_credits_at IS NOT NULL THEN
    PERFORM notify_admins(NEW.team_id, 'upstream_out_of_credits', jsonb_build_object('upstream', NEW.upstream,
      'lastFour', NEW.last_four), concat_ws('/', 'upstream_out_of_credits', NEW.id, v_day));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refused AFTER UPDATE OF "rejected_at", "out_of_credits_at" ON "team_key" FOR EACH ROW
  WHEN ((NEW."rejected_at" IS NOT NULL AND NEW."rejected_at" IS DISTINCT FROM OLD."rejected_at")
    OR (NEW."out_of_credits_at" IS NOT NULL AND NEW."out_of_credits_at" IS DISTINCT FROM OLD."out_of_credits_at"))
  EXECUTE FUNCTION team_key_refused();
