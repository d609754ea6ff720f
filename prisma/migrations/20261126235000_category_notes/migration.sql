-- What a team decided about a category, why, and when to look again.
CREATE TABLE "category_note" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "recheck_on" DATE,
    "reminded_for" DATE,
    "member_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "category_note_pkey" PRIMARY KEY ("team_id","id")
);
CREATE INDEX "category_note_team_id_upstream_category_id_idx" ON "category_note"("team_id", "upstream", "category_id");
ALTER TABLE "category_note" ADD CONSTRAINT "category_note_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "category_note" ADD CONSTRAINT "category_note_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "kind" IN ('entered', 'dropped', 'watching', 'note') AND "text" <> ''
  AND ("recheck_on" IS NULL OR "recheck_on" > "decided_on"));
-- What is due is looked for often and is little.
CREATE INDEX "category_note_waiting" ON "category_note" ("recheck_on")
  WHERE "recheck_on" IS NOT NULL AND "reminded_for" IS DISTINCT FROM "recheck_on";

ALTER TABLE "category_note" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "category_note" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "category_note"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE POLICY system_read ON "category_note" FOR SELECT TO CURRENT_USER
  USING ((SELECT current_setting('app.system', true)) = 'on');

-- One kind of notification more, whatever kinds there are by now.
DO $do$
DECLARE v_words text;
BEGIN
  SELECT replace(pg_get_constraintdef(oid), 'ARRAY[''limit_reached_percent''::text',
    'ARRAY[''recheck_due''::text, ''limit_reached_percent''::text') INTO STRICT v_words
  FROM pg_constraint WHERE conname = 'notification_words' AND conrelid = 'notification'::regclass;
  ALTER TABLE "notification" DROP CONSTRAINT "notification_words";
  EXECUTE 'ALTER TABLE "notification" ADD CONSTRAINT "notification_words" ' || v_words;
END $do$;

-- Notes of all teams whose day to look again has come, in the team's own time zone, and nobody was told.
CREATE FUNCTION category_notes_due() RETURNS TABLE (team_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT n.team_id, n.id FROM category_note n JOIN team t ON t.id = n.team_id
    WHERE n.recheck_on IS NOT NULL AND n.reminded_for IS DISTINCT FROM n.recheck_on AND n.upstream = t.upstream
      AND n.recheck_on <= (app_now() AT TIME ZONE t.time_zone)::date
    ORDER BY n.recheck_on, n.id LIMIT 500;
  PERFORM set_config('app.system', '', true);
END $$;
