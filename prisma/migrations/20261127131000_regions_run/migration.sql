-- One category asked for in several regions by one press.
ALTER TABLE "run" DROP CONSTRAINT "run_words", ADD CONSTRAINT "run_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('search', 'watchlist', 'backfill', 'brief', 'regions')
  AND "state" IN ('queued', 'running', 'done', 'stopped', 'failed')
  AND ("finished_at" IS NOT NULL) = ("state" IN ('done', 'stopped', 'failed'))
  AND ("lease_until" IS NULL OR "state" = 'running') AND "max_credits" >= 0 AND "max_age_minutes" >= 0);
ALTER TABLE "run" DROP CONSTRAINT "run_category", ADD CONSTRAINT "run_category" CHECK (
  ("category_id" IS NOT NULL) = ("kind" = 'regions' OR "region" IS NOT NULL) AND ("region" IS NULL OR "kind" IN ('backfill', 'brief')));
