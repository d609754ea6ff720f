-- A run may find out what is assumed of the provider; what it found stays with the key that was in use.
ALTER TABLE "run" DROP CONSTRAINT "run_words", ADD CONSTRAINT "run_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('search', 'watchlist', 'backfill', 'brief', 'regions', 'source')
  AND "state" IN ('queued', 'running', 'done', 'stopped', 'failed')
  AND ("finished_at" IS NOT NULL) = ("state" IN ('done', 'stopped', 'failed'))
  AND ("lease_until" IS NULL OR "state" = 'running') AND "max_credits" >= 0 AND "max_age_minutes" >= 0);

-- CreateTable
CREATE TABLE "source_check" (
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "findings" JSONB,

    CONSTRAINT "source_check_pkey" PRIMARY KEY ("team_id","run_id")
);

-- CreateIndex
CREATE INDEX "source_check_team_id_key_id_idx" ON "source_check"("team_id", "key_id");

-- AddForeignKey
ALTER TABLE "source_check" ADD CONSTRAINT "source_check_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_check" ADD CONSTRAINT "source_check_team_id_key_id_fkey" FOREIGN KEY ("team_id", "key_id") REFERENCES "team_key"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "source_check" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "source_check" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "source_check"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
