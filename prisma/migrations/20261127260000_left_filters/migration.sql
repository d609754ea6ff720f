-- A member comes back to a page as they left it: its filters, on every browser of theirs.
ALTER TABLE "membership" ADD COLUMN "left_filters" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "membership" ADD CONSTRAINT "membership_left_filters" CHECK (
  jsonb_typeof("left_filters") = 'object' AND octet_length("left_filters"::text) < 16000);
