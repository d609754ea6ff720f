-- A page of a team's schedules is read in the order in which they come due.
CREATE INDEX "schedule_next" ON "schedule" ("team_id", "upstream", "next_due_at", "id") WHERE "ended_at" IS NULL;
