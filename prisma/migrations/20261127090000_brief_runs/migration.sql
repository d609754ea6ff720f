-- A run may fill what a category's brief lacks; like a backfill it is of one category in one region.
ALTER TABLE "run" DROP CONSTRAINT "run_words", DROP CONSTRAINT "run_category";
ALTER TABLE "run" ADD CONSTRAINT "run_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('search', 'watchlist', 'backfill', 'brief')
  AND "state" IN ('queued', 'running', 'done', 'stopped', 'failed')
  AND ("finished_at" IS NOT NULL) = ("state" IN ('done', 'stopped', 'failed'))
  AND ("lease_until" IS NULL OR "state" = 'running') AND "max_credits" >= 0 AND "max_age_minutes" >= 0);
ALTER TABLE "run" ADD CONSTRAINT "run_category" CHECK (
  ("category_id" IS NULL) = ("region" IS NULL) AND ("category_id" IS NULL OR "kind" IN ('backfill', 'brief')));
