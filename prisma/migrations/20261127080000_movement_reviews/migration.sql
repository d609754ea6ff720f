-- Up to when each member has reviewed what moved, in everything stored, in a list or in a search: docs/decisions/0022.
CREATE TABLE "movement_review" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "upstream" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "movement_review_pkey" PRIMARY KEY ("team_id","id")
);
CREATE UNIQUE INDEX "movement_review_team_id_member_id_upstream_scope_seen_at_key" ON "movement_review"("team_id", "member_id", "upstream", "scope", "seen_at");
ALTER TABLE "movement_review" ADD CONSTRAINT "movement_review_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "movement_review" ADD CONSTRAINT "movement_review_words" CHECK (
  "upstream" IN ('live', 'sandbox') AND "scope" ~ '^(all|(list|search)\.[0-9a-f-]{36})$');

ALTER TABLE "movement_review" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "movement_review" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "movement_review"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
