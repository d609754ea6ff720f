-- What a backfill of one category is for, so that its newest run is found again.
ALTER TABLE "run" ADD COLUMN "category_id" TEXT, ADD COLUMN "region" TEXT;
ALTER TABLE "run" ADD CONSTRAINT "run_category" CHECK (
  ("category_id" IS NULL) = ("region" IS NULL) AND ("category_id" IS NULL OR "kind" = 'backfill'));

-- CreateIndex
CREATE INDEX "run_team_id_category_id_region_requested_at_idx" ON "run"("team_id", "category_id", "region", "requested_at" DESC);
