-- Of answers fetched before, nobody knows whether they were opened.
ALTER TABLE "team" ADD COLUMN "opened_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TABLE "answer_opened" (
    "team_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answer_opened_pkey" PRIMARY KEY ("team_id","request_id")
);
ALTER TABLE "answer_opened" ADD CONSTRAINT "answer_opened_team_id_request_id_fkey" FOREIGN KEY ("team_id", "request_id") REFERENCES "snapshot"("team_id", "request_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "answer_opened" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "answer_opened" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON "answer_opened"
  USING (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid))
  WITH CHECK (team_id = (SELECT nullif(current_setting('app.team', true), '')::uuid));
