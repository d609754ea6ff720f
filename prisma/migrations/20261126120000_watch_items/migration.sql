-- Two people who edit the same item notice each other, as with a list.
ALTER TABLE "watch_item" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- Closed words.
ALTER TABLE "watchlist" ADD CONSTRAINT "watchlist_color" CHECK ("color" IN ('', 'red', 'orange', 'green', 'blue', 'purple'));
ALTER TABLE "watch_item" ADD CONSTRAINT "watch_item_words" CHECK (
  "color" IN ('', 'red', 'orange', 'green', 'blue', 'purple') AND "version" > 0);
