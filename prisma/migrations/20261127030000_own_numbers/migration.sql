-- What a team's own ads account says of a category, by region and calendar month.
CREATE TABLE "own_number" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "ctr_pct" DOUBLE PRECISION,
    "cvr_pct" DOUBLE PRECISION,
    "six_second_view_rate_pct" DOUBLE PRECISION,
    "cpa" DOUBLE PRECISION,
    "cost" DOUBLE PRECISION,
    "currency" TEXT,
    "member_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_number_pkey" PRIMARY KEY ("team_id","id")
);
CREATE UNIQUE INDEX "own_number_team_id_upstream_category_id_region_month_key" ON "own_number"("team_id", "upstream", "category_id", "region", "month");
ALTER TABLE "own_number" ADD CONSTRAINT "own_number_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "own_number" ADD CONSTRAINT "own_number_values" CHECK (
  "upstream" IN ('live', 'sandbox') AND "month" ~ '^20\d\d-(0[1-9]|1[0-2])$'
  AND "ctr_pct" BETWEEN 0 AND 100 AND "cvr_pct" BETWEEN 0 AND 100 AND "six_second_view_rate_pct" BETWEEN 0 AND 100
  AND "cpa" BETWEEN 0 AND 1e12 AND "cost" BETWEEN 0 AND 1e12
  AND num_nonnulls("ctr_pct", "cvr_pct", "six_second_view_rate_pct", "cpa", "cost") > 0
  AND (num_nonnulls("cpa", "cost") = 0 OR "currency" IS NOT NULL));

ALTER TABLE "own_number" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "own_number" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "own_number"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
