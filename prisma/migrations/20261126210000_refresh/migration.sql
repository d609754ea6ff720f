-- What a watchlist's run is to renew, and what became of it.
ALTER TABLE "run" ADD COLUMN "renewed_count" INTEGER, ADD COLUMN "absent_count" INTEGER;
ALTER TABLE "run_step" ADD COLUMN "search_id" UUID, ADD COLUMN "watchlist_id" UUID;

-- CreateTable
CREATE TABLE "run_item" (
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "watchlist_id" UUID,

    CONSTRAINT "run_item_pkey" PRIMARY KEY ("team_id","run_id","region","window","category_id")
);

-- AddForeignKey
ALTER TABLE "run_step" ADD CONSTRAINT "run_step_team_id_search_id_fkey" FOREIGN KEY ("team_id", "search_id") REFERENCES "saved_search"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_step" ADD CONSTRAINT "run_step_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_item" ADD CONSTRAINT "run_item_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_item" ADD CONSTRAINT "run_item_team_id_watchlist_id_fkey" FOREIGN KEY ("team_id", "watchlist_id") REFERENCES "watchlist"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "run_step" ADD CONSTRAINT "run_step_purpose" CHECK ("search_id" IS NULL OR "watchlist_id" IS NULL);
ALTER TABLE "run_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "run_item" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "run_item"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
