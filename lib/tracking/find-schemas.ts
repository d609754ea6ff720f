import "server-only";
import { z } from "zod";

/** In the order of the answer. */
export const FOUND_KINDS = ["category", "search", "watchlist", "member"] as const;

/** Of each kind: who looks for more types more. */
export const MOST_FOUND = 6;
/** Of one kind that is asked for alone. */
export const MOST_OF_ONE = 20;

/**
 * What is looked for alone: one kind (of categories the third level, or any), whoever is or was a member, or what no schedule
 * renews yet.
 */
const FIND_KINDS = [...FOUND_KINDS, "any_category", "person", "renewable"] as const;
export type FindKind = (typeof FIND_KINDS)[number];

export const findInputSchema = z.object({
  q: z
    .string()
    .trim()
    .max(200, { error: "keyword_too_long" })
    .regex(/^\P{Cc}*$/u, { error: "keyword_control" })
    .default(""),
  kind: z.enum(FIND_KINDS, { error: "unknown_choice" }).optional(),
});
export type FindInput = z.output<typeof findInputSchema>;

export const foundSchema = z.object({
  items: z.array(
    z.object({
      kind: z.enum(FOUND_KINDS),
      id: z.string(),
      name: z.string(),
      /** A category's own name at the provider, else what it belongs to; a member's address. */
      detail: z.string().nullable(),
    }),
  ),
});
export type Found = z.output<typeof foundSchema>;
