-- What a team decides about its credits, beside the limits themselves.
ALTER TABLE "team"
  ADD COLUMN "confirm_above_credits" INTEGER,
  ADD COLUMN "credit_price" DECIMAL(12,6),
  ADD COLUMN "credit_currency" TEXT,
  ADD COLUMN "usage_visibility" TEXT NOT NULL DEFAULT 'all',
  ADD COLUMN "unsettled_rule" TEXT NOT NULL DEFAULT 'ask',
  ADD COLUMN "unsettled_after_hours" INTEGER NOT NULL DEFAULT 24,
  ADD COLUMN "raw_retention_days" INTEGER;

ALTER TABLE "team" ADD CONSTRAINT "team_credit_words" CHECK (
  ("confirm_above_credits" IS NULL OR "confirm_above_credits" >= 0)
  AND ("credit_price" IS NULL) = ("credit_currency" IS NULL)
  AND ("credit_price" IS NULL OR "credit_price" >= 0)
  AND ("credit_currency" IS NULL OR "credit_currency" ~ '^[A-Z]{3}$')
  AND "usage_visibility" IN ('all', 'totals', 'own')
  AND "unsettled_rule" IN ('ask', 'charged', 'not_charged')
  AND "unsettled_after_hours" BETWEEN 1 AND 720
  AND ("raw_retention_days" IS NULL OR "raw_retention_days" BETWEEN 1 AND 36500));

-- The request log by member, newest first.
CREATE INDEX "credit_request_team_id_member_id_reserved_at_idx" ON "credit_request" ("team_id", "member_id", "reserved_at" DESC);
