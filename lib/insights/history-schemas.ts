import "server-only";
import { z } from "zod";
import { METRICS, rankingRowSchema, regionSchema, windowSchema } from "./schemas";

const month = /^20\d\d-(0[1-9]|1[0-2])$/;
const day = z.iso.date({ error: "history_day_unknown" });
const lastDayOf = (text: string) =>
  new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5)), 0)).toISOString().slice(0, 10);
const edge = (ofMonth: (text: string) => string) =>
  z
    .string()
    .transform((text) => (month.test(text) ? ofMonth(text) : text))
    .pipe(day)
    .optional();

export const historyInputSchema = z.object({
  region: regionSchema,
  /** `month` joins the calendar months, one point each; any other is a series of its own. */
  window: z
    .string()
    .refine((text) => text === "month" || windowSchema.safeParse(text).success, { error: "history_window_unknown" }),
  /** Days of the team's time zone, both included, or whole months; the year up to now when left out. */
  from: edge((text) => `${text}-01`),
  to: edge(lastDayOf),
});
export type HistoryInput = z.output<typeof historyInputSchema>;

/** One category's figures as an answer gave them. */
export const historyPointSchema = rankingRowSchema.omit({ position: true, categoryId: true, path: true }).extend({
  fetchedAt: z.iso.datetime(),
  /** What it was asked with; of a monthly series the month. */
  window: z.string(),
  receiptId: z.uuid(),
  /** Its row within the answer, by which the receipt finds it. */
  place: z.int(),
  /** A calendar month that was not over, or just over, when it was fetched: its figures may still move. */
  unfinished: z.boolean(),
  /** Every figure is the same as at the point before: the source was not updated in between. */
  notUpdated: z.boolean(),
  /** What the provider's change of its answers keeps from being compared with the point before. */
  notComparable: z.array(z.enum(["rank", ...METRICS])),
});
export type HistoryPoint = z.output<typeof historyPointSchema>;

export const historySchema = z.object({
  categoryId: z.string(),
  region: regionSchema,
  window: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** Oldest first. */
  points: z.array(historyPointSchema),
  /** There are older points in this span than fit: ask again with an earlier `to`. */
  cut: z.boolean(),
});
export type CategoryHistory = z.output<typeof historySchema>;
