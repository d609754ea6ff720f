import "server-only";
import { z } from "zod";
import { historyInputSchema } from "./history-schemas";
import { categoryIdSchema, METRICS, regionSchema } from "./schemas";

/** What can be compared: a place in the unfiltered ranking, and every figure. */
export const COMPARED = ["rank", ...METRICS] as const;
export type Compared = (typeof COMPARED)[number];

/** More lines than these are not told apart. */
export const MOST_SERIES = 5;

const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string({ error: "compare_missing" })
    .transform((text) => [...new Set(text.split(",").flatMap((part) => part.trim() || []))])
    .pipe(z.array(item).min(1, { error: "compare_missing" }).max(MOST_SERIES, { error: "compare_too_many" }));

export const compareInputSchema = z
  .object({
    /** Ids, with commas between. */
    categories: listOf(categoryIdSchema),
    regions: listOf(regionSchema),
    metric: z.enum(COMPARED, { error: "compare_metric_unknown" }).default("posts"),
    ...historyInputSchema.shape,
  })
  .omit({ region: true })
  .refine(({ categories, regions }) => categories.length === 1 || regions.length === 1, {
    error: "compare_both",
    path: ["regions"],
  });
export type CompareInput = z.output<typeof compareInputSchema>;

const comparedPointSchema = z.object({
  /** A day of the team's time zone, or a calendar month. */
  at: z.string(),
  fetchedAt: z.iso.datetime(),
  value: z.number().nullable(),
  /** Where the value at the base is 100; null where nothing can be indexed. */
  index: z.number().nullable(),
  receiptId: z.uuid(),
  place: z.int(),
  /** A calendar month that was not over, or just over, when it was fetched. */
  unfinished: z.boolean(),
  /** A change of the provider's answers lies between this point and the one before. */
  notComparable: z.boolean(),
});

export const comparisonSchema = z.object({
  metric: z.enum(COMPARED),
  window: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** The first place at which every series that has values has one; null where there is none, or no index is possible. */
  base: z.string().nullable(),
  /** In the order in which they were asked for. */
  series: z.array(
    z.object({
      categoryId: z.string(),
      region: regionSchema,
      /** The team's own name, else the provider's; null for a category that no answer ever held. */
      name: z.string().nullable(),
      /** Where its index is 100: the common base, or its own first value where there is none. */
      base: z.string().nullable(),
      /** Oldest first, the newest answer of each day or month. */
      points: z.array(comparedPointSchema),
    }),
  ),
});
export type Comparison = z.output<typeof comparisonSchema>;
export type ComparedSeries = Comparison["series"][number];
