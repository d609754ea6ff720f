import "server-only";
import { z } from "zod";
import { regionSchema, windowSchema } from "@/lib/insights/schemas";
import { runOrderSchema, type runSchema } from "./schemas";

const MOST_REGIONS = 60;

export const regionsTargetSchema = z.object({
  regions: z
    .array(regionSchema, { error: "regions_missing" })
    .min(1, { error: "regions_missing" })
    .max(MOST_REGIONS, { error: "regions_too_many" })
    .transform((regions) => [...new Set(regions)]),
  window: windowSchema,
});
export type RegionsTarget = z.output<typeof regionsTargetSchema>;

export const fillRegionsSchema = runOrderSchema.extend(regionsTargetSchema.shape);
export type FillRegionsInput = z.output<typeof fillRegionsSchema>;

/** What asking for a category in several regions would cost now, and how the newest such run stands. */
export type RegionsFill = { credits: number; lastRun: z.output<typeof runSchema> | null };
