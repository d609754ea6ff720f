-- History from a team's old sheets: of no answer, without a receipt, and apart from everything that is computed.
CREATE TABLE "history_import" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "member_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "history_import_pkey" PRIMARY KEY ("team_id","id")
);
CREATE TABLE "imported_point" (
    "team_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "category_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "imported_point_pkey" PRIMARY KEY ("team_id","category_id","region","at","import_id")
);
CREATE INDEX "imported_point_team_id_import_id_idx" ON "imported_point"("team_id", "import_id");
ALTER TABLE "history_import" ADD CONSTRAINT "history_import_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "imported_point" ADD CONSTRAINT "imported_point_team_id_import_id_fkey" FOREIGN KEY ("team_id", "import_id") REFERENCES "history_import"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "history_import" ADD CONSTRAINT "history_import_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "window" IN ('1', '7', '30', 'month') AND "rows" > 0);
ALTER TABLE "imported_point" ADD CONSTRAINT "imported_point_words" CHECK (
  "at" ~ '^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$' AND jsonb_typeof("figures") = 'object');

DO $do$
DECLARE v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['history_import', 'imported_point'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format($sql$CREATE POLICY own_team ON %I
      USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
      WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))$sql$, v_table);
  END LOOP;
END $do$;
