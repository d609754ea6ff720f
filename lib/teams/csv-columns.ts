import "server-only";
import type { CsvColumn } from "@/lib/platform/csv";
import type { Member } from "./schemas";
import type { Token } from "./token-schemas";

export const MEMBER_COLUMNS: readonly CsvColumn<Member>[] = [
  { key: "member_id", value: ({ id }) => id },
  { key: "member", value: ({ name }) => name },
  { key: "email", value: ({ email }) => email },
  { key: "role", value: ({ role }) => role },
  { key: "joined_at", value: ({ joinedAt }) => joinedAt },
];

/** Of a token only what its owner reads on the page: never more than its last four characters. */
export const TOKEN_COLUMNS: readonly CsvColumn<Token>[] = [
  { key: "token_id", value: ({ id }) => id },
  { key: "token", value: ({ name }) => name },
  { key: "last_four", value: ({ lastFour }) => lastFour },
  { key: "member", value: ({ member }) => member.name },
  { key: "scope", value: ({ scope }) => scope },
  { key: "effective_scope", value: ({ effectiveScope }) => effectiveScope },
  { key: "state", value: ({ state }) => state },
  { key: "limit", value: ({ limitCredits }) => limitCredits },
  { key: "spent", value: ({ spent }) => spent },
  { key: "held", value: ({ held }) => held },
  { key: "created_at", value: ({ createdAt }) => createdAt },
  { key: "last_used_at", value: ({ lastUsedAt }) => lastUsedAt },
  { key: "expires_at", value: ({ expiresAt }) => expiresAt },
];
