-- Corrections are few among many events: a statement finds those made in its period without reading the others.
CREATE INDEX "credit_event_corrections" ON "credit_event" ("team_id", "at") WHERE "kind" = 'correction';
