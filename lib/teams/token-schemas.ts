import "server-only";
import { z } from "zod";

/** Ten years: beyond it "never" is meant. */
const FURTHEST_MS = 10 * 366 * 24 * 60 * 60 * 1000;

export const TOKEN_SCOPES = ["read", "read+spend"] as const;

export const createTokenSchema = z.strictObject({
  name: z
    .string({ error: "token_name_missing" })
    .trim()
    .min(1, { error: "token_name_missing" })
    .max(100, { error: "token_name_too_long" })
    .regex(/^\P{Cc}*$/u, { error: "text_control" }),
  scope: z.enum(TOKEN_SCOPES, { error: "token_scope_unknown" }),
  /** Credits a month; null and left out are no limit of its own. */
  limitCredits: z
    .number({ error: "limit_not_number" })
    .refine((credits) => Number.isInteger(credits), { error: "limit_fraction" })
    .min(0, { error: "limit_negative" })
    .max(1_000_000_000, { error: "limit_huge" })
    .nullish(),
  /** Null and left out: it is valid until it is revoked. */
  expiresAt: z.iso
    .datetime({ offset: true, error: "moment_unknown" })
    // Written so that what is no moment has that one mistake alone.
    .refine((text) => !(Date.parse(text) <= Date.now()), { error: "token_expires_past" })
    .refine((text) => !(Date.parse(text) >= Date.now() + FURTHEST_MS), { error: "token_expires_far" })
    .nullish(),
});
export type CreateTokenInput = z.output<typeof createTokenSchema>;

export const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  member: z.object({ id: z.uuid(), name: z.string() }),
  scope: z.enum(TOKEN_SCOPES),
  /** What it may do now: no more than its member's role allows. */
  effectiveScope: z.enum(TOKEN_SCOPES),
  lastFour: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  state: z.enum(["valid", "expired", "revoked"]),
  /** Credits of the running period. */
  limitCredits: z.int().nullable(),
  spent: z.int(),
  held: z.int(),
});
export type Token = z.output<typeof tokenSchema>;

/** The only answer that ever holds the token itself. */
export const createdTokenSchema = z.object({ id: z.uuid(), token: z.string() });
