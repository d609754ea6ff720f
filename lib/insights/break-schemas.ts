import "server-only";
import { z } from "zod";
import { BREAK_KINDS } from "./detect-breaks";
import { METRICS, regionSchema } from "./schemas";

const answer = z.object({ receiptId: z.uuid(), fetchedAt: z.iso.datetime() });

/** A change of the shape of the provider's answers, with the answers on both sides as evidence. */
export const providerBreakSchema = z.object({
  id: z.uuid(),
  kind: z.enum(BREAK_KINDS),
  /** Null: the whole answer. */
  metric: z.enum(METRICS).nullable(),
  /** How many times as large the figure became, for `unit`. */
  factor: z.number().nullable(),
  /** A share of rows in per cent, a number of rows, or the middle of the figure, by the kind. */
  was: z.number(),
  is: z.number(),
  region: regionSchema,
  window: z.string(),
  categoryId: z.string().nullable(),
  categoryName: z.string().nullable(),
  q: z.string().nullable(),
  page: z.int(),
  before: answer,
  after: answer,
  /** When an answer was first of the old shape again; null until then. */
  endedAt: z.iso.datetime().nullable(),
  /** Alerts that comparisons across would have told, cool-downs not counted. */
  heldAlerts: z.int(),
  /** `real`: compared across again; `from_here`: never across; null: held back until somebody says. */
  verdict: z.enum(["real", "from_here"]).nullable(),
  judgedAt: z.iso.datetime().nullable(),
  /** Null also once they left. */
  judgedBy: z.string().nullable(),
});
export type ProviderBreak = z.output<typeof providerBreakSchema>;

export const providerBreaksSchema = z.object({ items: z.array(providerBreakSchema) });

export const judgeBreakSchema = z.object({
  verdict: z.enum(["real", "from_here"], { error: "verdict_unknown" }).nullable(),
});
export type JudgeBreakInput = z.output<typeof judgeBreakSchema>;
