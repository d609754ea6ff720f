import "server-only";
import { LANGUAGES, type Profile, RANKING_COLUMNS } from "./schemas";

export type ProfileRow = {
  id: string;
  name: string;
  email: string;
  language: string | null;
  theme: string | null;
  upColor: string | null;
  rankingColumns: string[];
};

const oneOf = <T extends string>(words: readonly T[], word: string | null): T | null =>
  words.find((known) => known === word) ?? null;

export const toProfile = (row: ProfileRow): Profile => ({
  id: row.id,
  name: row.name,
  email: row.email,
  language: oneOf(LANGUAGES, row.language),
  theme: oneOf(["light", "dark"], row.theme),
  upColor: oneOf(["green", "red"], row.upColor),
  // In the order in which they stand, whatever order they were chosen in.
  rankingColumns:
    row.rankingColumns.length > 0 ? RANKING_COLUMNS.filter((name) => row.rankingColumns.includes(name)) : null,
});
