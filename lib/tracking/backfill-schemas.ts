import "server-only";
import { z } from "zod";
import { regionSchema } from "@/lib/insights/schemas";
import { runOrderSchema, runSchema } from "./schemas";

/** Further back than anybody says the provider answers; its first answer to the contrary ends a backfill. */
export const MOST_MONTHS = 12;

export const backfillOrderSchema = runOrderSchema.omit({ maxAgeMinutes: true }).extend({
  /** So many months that have ended, from the newest back. */
  months: z
    .int({ error: "months_unknown" })
    .min(1, { error: "months_unknown" })
    .max(MOST_MONTHS, { error: "months_unknown" }),
  /** Also the month that is running, as far as its figures are out. */
  running: z.boolean().default(false),
});
export type BackfillOrder = z.output<typeof backfillOrderSchema>;

export const backfillCategorySchema = backfillOrderSchema.extend({ region: regionSchema });
export type BackfillCategoryInput = z.output<typeof backfillCategorySchema>;

/** What is stored of the past by calendar months, and what each would cost now. */
export const backfillSchema = z.object({
  /** Newest first; the first is the one that is running. Behind a month that the provider had nothing of, none. */
  months: z.array(
    z.object({
      month: z.string(),
      /** Pages that are asked of it, and those of them that are stored. */
      pages: z.int(),
      storedPages: z.int(),
      oldestFetchedAt: z.iso.datetime().nullable(),
      /** Rows of the whole ranking, as its newest answer says. */
      total: z.int().nullable(),
      credits: z.int(),
      isRunning: z.boolean(),
      isEnd: z.boolean(),
    }),
  ),
  /** The newest backfill of this. */
  lastRun: runSchema.nullable(),
});
export type Backfill = z.output<typeof backfillSchema>;
