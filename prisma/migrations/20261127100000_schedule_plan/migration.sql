-- How important each schedule is, what its renewal asks (so that equal pages of a moment are reckoned once), and the
-- plan within a budget that a team applied last, with what it takes to undo it.
ALTER TABLE "schedule" ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 2,
  ADD COLUMN "page_keys" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_priority" CHECK ("priority" BETWEEN 1 AND 3);

CREATE TABLE "schedule_plan" (
    "team_id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "budget_credits" INTEGER,
    "before" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "replanned_at" TIMESTAMPTZ(3),
    "slower" INTEGER NOT NULL DEFAULT 0,
    "faster" INTEGER NOT NULL DEFAULT 0,
    "resting" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "schedule_plan_pkey" PRIMARY KEY ("team_id","upstream")
);
ALTER TABLE "schedule_plan" ADD CONSTRAINT "schedule_plan_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "schedule_plan" ADD CONSTRAINT "schedule_plan_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "budget_credits" >= 0 AND "slower" >= 0 AND "faster" >= 0 AND "resting" >= 0);
ALTER TABLE "schedule_plan" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "schedule_plan" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "schedule_plan"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
