-- Ways into a team for people who are not in it: to one address, or for whoever has the link. Each serves once.
CREATE TABLE "invitation" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT,
    "role" TEXT NOT NULL,
    "limit_credits" INTEGER,
    "token_hash" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("team_id","id")
);
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");
CREATE INDEX "invitation_team_id_created_at_idx" ON "invitation"("team_id", "created_at" DESC);
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_team_id_created_by_id_fkey" FOREIGN KEY ("team_id", "created_by_id") REFERENCES "membership"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_team_id_accepted_by_id_fkey" FOREIGN KEY ("team_id", "accepted_by_id") REFERENCES "membership"("team_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_words" CHECK (
  "role" IN ('owner', 'admin', 'analyst', 'viewer') AND ("email" IS NULL OR "email" = lower("email"))
  AND ("limit_credits" IS NULL OR "limit_credits" >= 0)
  AND ("accepted_at" IS NULL) = ("accepted_by_id" IS NULL) AND ("accepted_at" IS NULL OR "revoked_at" IS NULL));
-- One open invitation for each address.
CREATE UNIQUE INDEX "invitation_open" ON "invitation" ("team_id", "email") WHERE "accepted_at" IS NULL AND "revoked_at" IS NULL;

ALTER TABLE "invitation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "invitation" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "invitation"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
CREATE POLICY system_read ON "invitation" FOR SELECT TO CURRENT_USER USING ((SELECT current_setting('app.system', true)) = 'on');

-- What whoever holds an invitation's token may know of it, before they are in the team. Ids are for the verb alone.
CREATE FUNCTION find_invitation(p_hash text)
RETURNS TABLE (team_id uuid, id uuid, team_name text, team_slug text, team_language text, invited_by text, email text,
  role text, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT i.team_id, i.id, t.name, t.slug, t.member_language, u.name, i.email, i.role,
      CASE WHEN i.revoked_at IS NOT NULL OR t.deletes_at IS NOT NULL THEN 'revoked'
        WHEN i.accepted_at IS NOT NULL THEN 'used'
        WHEN i.expires_at <= app_now() THEN 'expired' ELSE 'open' END
    FROM invitation i JOIN team t ON t.id = i.team_id
      JOIN membership m ON m.team_id = i.team_id AND m.id = i.created_by_id JOIN user_account u ON u.id = m.user_id
    WHERE i.token_hash = p_hash;
  PERFORM set_config('app.system', '', true);
END $$;
