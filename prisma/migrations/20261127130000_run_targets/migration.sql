-- What a run of several lists and searches at once is for.
CREATE TABLE "run_target" (
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "search_id" UUID,
    "watchlist_id" UUID,

    CONSTRAINT "run_target_pkey" PRIMARY KEY ("team_id","run_id","nth")
);

-- CreateIndex
CREATE INDEX "run_target_team_id_search_id_run_id_idx" ON "run_target"("team_id", "search_id", "run_id");

-- CreateIndex
CREATE INDEX "run_target_team_id_watchlist_id_run_id_idx" ON "run_target"("team_id", "watchlist_id", "run_id");

-- AddForeignKey
ALTER TABLE "run_target" ADD CONSTRAINT "run_target_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_target" ADD CONSTRAINT "run_target_team_id_search_id_fkey" FOREIGN KEY ("team_id", "search_id") REFERENCES "saved_search"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_target" ADD CONSTRAINT "run_target_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "run_target" ADD CONSTRAINT "run_target_one" CHECK (num_nonnulls("search_id", "watchlist_id") = 1);
ALTER TABLE "run_target" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "run_target" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "run_target"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
