import "server-only";
import { z } from "zod";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { plannedRequestSchema, runOrderSchema, runSchema } from "./schemas";

/** What a category's brief looks at: a region and a window; `month` joins the calendar months. */
export const briefPlaceSchema = historyInputSchema.pick({ region: true, window: true });
export type BriefPlace = z.output<typeof briefPlaceSchema>;

export const fillBriefSchema = runOrderSchema.omit({ maxAgeMinutes: true }).extend(briefPlaceSchema.shape);
export type FillBriefInput = z.output<typeof fillBriefSchema>;

/** What a brief lacks: nothing stored of it, or only older than the team accepts. */
export const briefNeedsSchema = z.object({
  credits: z.int(),
  requests: z.array(plannedRequestSchema),
  /** Figures that it tells of, and those of them that are young enough. */
  total: z.int(),
  fresh: z.int(),
  /** The newest run that filled it. */
  lastRun: runSchema.nullable(),
});
export type BriefNeeds = z.output<typeof briefNeedsSchema>;
