-- Where the provider's answers changed their shape: what lies on either side is not compared with the other.
CREATE TABLE "provider_break" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "q" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "metric" TEXT,
    "kind" TEXT NOT NULL,
    "factor" DOUBLE PRECISION,
    "was" DOUBLE PRECISION NOT NULL,
    "is" DOUBLE PRECISION NOT NULL,
    "before_snapshot_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "began_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "held_alerts" INTEGER NOT NULL DEFAULT 0,
    "verdict" TEXT,
    "judged_at" TIMESTAMPTZ(3),
    "judged_by_id" UUID,

    CONSTRAINT "provider_break_pkey" PRIMARY KEY ("team_id","id")
);

CREATE INDEX "provider_break_team_id_upstream_region_window_idx" ON "provider_break"("team_id", "upstream", "region", "window");
-- Found once on an answer, however often that is looked at.
CREATE UNIQUE INDEX "provider_break_once" ON "provider_break" ("team_id", "snapshot_id", (coalesce("metric", '')));
ALTER TABLE "provider_break" ADD CONSTRAINT "provider_break_team_id_snapshot_id_fkey" FOREIGN KEY ("team_id", "snapshot_id") REFERENCES "snapshot"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "provider_break" ADD CONSTRAINT "provider_break_team_id_before_snapshot_id_fkey" FOREIGN KEY ("team_id", "before_snapshot_id") REFERENCES "snapshot"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "provider_break" ADD CONSTRAINT "provider_break_team_id_judged_by_id_fkey" FOREIGN KEY ("team_id", "judged_by_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "provider_break" ADD CONSTRAINT "provider_break_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('vanished', 'unit', 'collapsed', 'empty', 'renamed')
  AND ("metric" IS NOT NULL) = ("kind" IN ('vanished', 'unit')) AND ("factor" IS NOT NULL) = ("kind" = 'unit')
  AND ("verdict" IS NULL OR "verdict" IN ('real', 'from_here')) AND ("verdict" IS NULL) = ("judged_at" IS NULL)
  AND ("ended_at" IS NULL OR "ended_at" > "began_at"));

ALTER TABLE "provider_break" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "provider_break" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "provider_break"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));

-- One kind of notification more, whatever kinds there are by now.
DO $do$
DECLARE v_words text;
BEGIN
  SELECT regexp_replace(pg_get_constraintdef(oid), 'ARRAY\[', 'ARRAY[''provider_changed''::text, ') INTO STRICT v_words
  FROM pg_constraint WHERE conname = 'notification_words' AND conrelid = 'notification'::regclass;
  ALTER TABLE "notification" DROP CONSTRAINT "notification_words";
  EXECUTE 'ALTER TABLE "notification" ADD CONSTRAINT "notification_words" ' || v_words;
END $do$;
