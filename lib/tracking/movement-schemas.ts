import "server-only";
import { z } from "zod";
import { COMPARED } from "@/lib/insights/compare-schemas";
import { regionSchema } from "@/lib/insights/schemas";

export const MOVEMENT_KINDS = ["up", "down", "new", "gone"] as const;
/** `reviewed` is the asking member's own mark of this scope. */
export const AGAINST = ["week", "monday", "reviewed"] as const;
/** Of a search or a list its own window holds. */
export const MOVEMENT_WINDOWS = ["1", "7", "30"] as const;

/** The largest moves that are weighed by their swings. */
export const MOST_WEIGHED = 100;

/** Everything stored, one watchlist or one saved search. */
const scopeSchema = z
  .string({ error: "scope_unknown" })
  .regex(/^(all|(list|search)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, { error: "scope_unknown" });

export const movementsInputSchema = z.object({
  scope: scopeSchema.default("all"),
  against: z.enum(AGAINST, { error: "against_unknown" }).default("week"),
  metric: z.enum(COMPARED, { error: "metric_unknown" }).default("rank"),
  kind: z.enum(["all", ...MOVEMENT_KINDS], { error: "kind_unknown" }).default("all"),
  window: z.enum(MOVEMENT_WINDOWS, { error: "window_unknown" }).optional(),
});
export type MovementsInput = z.output<typeof movementsInputSchema>;

export const markReviewedSchema = z.object({
  scope: scopeSchema,
  /** The `seenAt` of the movements that were reviewed; now when left out. */
  seenAt: z.iso.datetime({ error: "seen_unknown" }).optional(),
});
export type MarkReviewedInput = z.output<typeof markReviewedSchema>;

export const movementReviewSchema = z.object({ id: z.uuid(), seenAt: z.iso.datetime() });
export type MovementReview = z.output<typeof movementReviewSchema>;

/** What a page of movements has in its address. */
export const movementsQuery = (input: MovementsInput) =>
  new URLSearchParams(Object.entries(input).flatMap(([name, value]) => (value ? [[name, value]] : [])));

const side = z.object({ fetchedAt: z.iso.datetime(), value: z.number().nullable(), receiptId: z.uuid() });

export const movementSchema = z.object({
  categoryId: z.string(),
  /** The team's own name, else the provider's. */
  name: z.string().nullable(),
  ownName: z.boolean(),
  region: regionSchema,
  kind: z.enum([...MOVEMENT_KINDS, "same"]),
  /** Null where the page on which it would have stood has no value of it. */
  before: side.nullable(),
  after: side.nullable(),
  /** Places up, points, or per cent of what it was; null for what is new or gone. */
  change: z.number().nullable(),
  withinRounding: z.boolean(),
  /** Days that both windows share; null when none. */
  overlapDays: z.int().nullable(),
  /** What is usual from one window to the next, in the unit of `change`; null while too little is stored. */
  swing: z.object({ middle: z.number(), usual: z.number(), differences: z.int() }).nullable(),
  /** How many times `usual` the change lies from `middle`. */
  times: z.number().nullable(),
});
export type Movement = z.output<typeof movementSchema>;

export const movementsSchema = z.object({
  scope: z.string(),
  window: z.string(),
  metric: z.enum(COMPARED),
  /** `week` where `reviewed` was asked and nothing is marked. */
  against: z.enum(AGAINST),
  /** Answers from this moment on are "since". */
  since: z.iso.datetime(),
  /** The last day before it, in the team's time zone; of `reviewed` the day of the mark. */
  asOf: z.iso.date(),
  /** When all this was read: what a mark of it names. */
  seenAt: z.iso.datetime(),
  /** The asking member's newest mark of this scope. */
  review: movementReviewSchema.nullable(),
  counts: z.object({ all: z.int(), up: z.int(), down: z.int(), new: z.int(), gone: z.int() }),
  /** Most important first. */
  items: z.array(movementSchema),
  /** Series in scope, those with an answer since, and those of them with one before to compare it with. */
  stored: z.int(),
  renewed: z.int(),
  comparable: z.int(),
  /** Series whose two answers lie on different sides of a change of the provider's: they are not compared. */
  held: z.int(),
  /** Regions where what came or went is not told for the same reason. */
  heldRegions: z.array(regionSchema),
  /** The oldest of the newest answers. */
  oldestFetchedAt: z.iso.datetime().nullable(),
  /** More moved than are weighed; the largest moves are. */
  cut: z.boolean(),
});
export type Movements = z.output<typeof movementsSchema>;
