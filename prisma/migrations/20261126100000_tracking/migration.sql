-- CreateTable
CREATE TABLE "saved_search" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "category_id" TEXT NOT NULL DEFAULT '',
    "q" TEXT NOT NULL DEFAULT '',
    "pages" INTEGER NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT true,
    "member_id" UUID,
    "notes" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "watchlist" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "window" TEXT NOT NULL DEFAULT '7',
    "shared" BOOLEAN NOT NULL DEFAULT true,
    "member_id" UUID,
    "notes" TEXT NOT NULL DEFAULT '',
    "color" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "watchlist_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "watch_item" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "watchlist_id" UUID NOT NULL,
    "category_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "color" TEXT NOT NULL DEFAULT '',
    "place" INTEGER NOT NULL DEFAULT 0,
    "added_by_id" UUID,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watch_item_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "category_name" (
    "team_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "name" TEXT,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "member_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "category_name_pkey" PRIMARY KEY ("team_id","upstream","category_id")
);

-- CreateTable
CREATE TABLE "run" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "search_id" UUID,
    "watchlist_id" UUID,
    "member_id" UUID NOT NULL,
    "token_id" UUID,
    "input_hash" TEXT NOT NULL,
    "max_age_minutes" INTEGER NOT NULL,
    "max_credits" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "stop_requested_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "worker" UUID,

    CONSTRAINT "run_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "run_step" (
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "category_id" TEXT NOT NULL DEFAULT '',
    "q" TEXT NOT NULL DEFAULT '',
    "page" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "credits" INTEGER NOT NULL DEFAULT 0,
    "request_id" UUID,
    "snapshot_id" UUID,
    "problem" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_step_pkey" PRIMARY KEY ("team_id","run_id","seq")
);

-- CreateIndex
CREATE INDEX "saved_search_team_id_upstream_created_at_idx" ON "saved_search"("team_id", "upstream", "created_at" DESC);

-- CreateIndex
CREATE INDEX "watchlist_team_id_upstream_created_at_idx" ON "watchlist"("team_id", "upstream", "created_at" DESC);

-- CreateIndex
CREATE INDEX "watch_item_team_id_category_id_region_idx" ON "watch_item"("team_id", "category_id", "region");

-- CreateIndex
CREATE UNIQUE INDEX "watch_item_team_id_watchlist_id_category_id_region_key" ON "watch_item"("team_id", "watchlist_id", "category_id", "region");

-- CreateIndex
CREATE INDEX "run_team_id_search_id_requested_at_idx" ON "run"("team_id", "search_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "run_team_id_watchlist_id_requested_at_idx" ON "run"("team_id", "watchlist_id", "requested_at" DESC);

-- AddForeignKey
ALTER TABLE "saved_search" ADD CONSTRAINT "saved_search_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "watchlist" ADD CONSTRAINT "watchlist_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "watch_item" ADD CONSTRAINT "watch_item_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch_item" ADD CONSTRAINT "watch_item_team_id_added_by_id_fkey" FOREIGN KEY ("team_id", "added_by_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_team_id_search_id_fkey" FOREIGN KEY ("team_id", "search_id") REFERENCES "saved_search"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_step" ADD CONSTRAINT "run_step_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Closed words.
ALTER TABLE "saved_search" ADD CONSTRAINT "saved_search_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "pages" BETWEEN 1 AND 25 AND ("shared" OR "member_id" IS NOT NULL));
ALTER TABLE "watchlist" ADD CONSTRAINT "watchlist_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND ("shared" OR "member_id" IS NOT NULL));
ALTER TABLE "category_name" ADD CONSTRAINT "category_name_words" CHECK ("upstream" IN ('live', 'sandbox'));
ALTER TABLE "run" ADD CONSTRAINT "run_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('search', 'watchlist', 'backfill')
  AND "state" IN ('queued', 'running', 'done', 'stopped', 'failed')
  AND ("finished_at" IS NOT NULL) = ("state" IN ('done', 'stopped', 'failed'))
  AND ("lease_until" IS NULL OR "state" = 'running') AND "max_credits" >= 0 AND "max_age_minutes" >= 0);
ALTER TABLE "run_step" ADD CONSTRAINT "run_step_words" CHECK (
  "state" IN ('pending', 'bought', 'stored', 'shared', 'failed', 'skipped') AND "page" > 0 AND "seq" > 0
  AND ("ended_at" IS NULL) = ("state" = 'pending') AND "credits" >= 0);
CREATE INDEX "run_under_way" ON "run" ("requested_at") WHERE "state" IN ('queued', 'running');

-- Row-level security, as on every table of a team.
DO $do$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['saved_search', 'watchlist', 'watch_item', 'category_name', 'run', 'run_step'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$p$, t);
  END LOOP;
END $do$;
CREATE POLICY system_read ON "run" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');

-- Runs of all teams that nobody is at: asked for and not begun, or left by a worker that is gone.
CREATE FUNCTION runs_waiting(p_most int) RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT r.team_id, r.id FROM run r
    WHERE r.state IN ('queued', 'running') AND (r.lease_until IS NULL OR r.lease_until < clock_timestamp())
    ORDER BY r.requested_at LIMIT p_most;
  PERFORM set_config('app.system', '', true);
END $$;
