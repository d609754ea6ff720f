-- Whether a member does not want to see the first steps of a new team any more.
ALTER TABLE "membership" ADD COLUMN "first_steps_hidden" BOOLEAN NOT NULL DEFAULT false;
