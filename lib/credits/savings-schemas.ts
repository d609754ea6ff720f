import "server-only";
import { z } from "zod";
import { USAGE_VISIBILITIES } from "./schemas";

/** An unopened answer counts once a newer one replaced it, or it is so many days old. */
export const OPENED_WITHIN_DAYS = 7;

/** Cadences that one press changes to. */
export const RARER_CADENCES = ["weekly", "monthly"] as const;

export const savingsInputSchema = z.object({ period: z.iso.date({ error: "date_unknown" }).optional() });

const figures = {
  /** Charged for answers to which a fresh copy was stored. */
  repeated: z.int(),
  /** … whose figures nobody looked at. */
  unopened: z.int(),
  /** … that were the same as the answer before. */
  unchanged: z.int(),
};

const line = z.object({
  /** An id, `others` or `none`. */
  key: z.string(),
  name: z.string(),
  spent: z.int(),
  ...figures,
});
export type SavingsLine = z.output<typeof line>;

export const savingsSchema = z.object({
  period: z.object({ from: z.iso.date(), to: z.iso.date(), isRunning: z.boolean() }),
  /** Periods in which credits counted, newest first. */
  periods: z.array(z.object({ from: z.iso.date(), to: z.iso.date() })),
  /** How far the reader sees others' usage. */
  visibility: z.enum(USAGE_VISIBILITIES),
  /** Charged in the period. */
  spent: z.int(),
  ...figures,
  /** Purchases of each kind. */
  purchases: z.object(figures),
  /** Of answers fetched before, nobody knows whether they were opened; null when that is before the period. */
  openedSince: z.iso.datetime().nullable(),
  byMember: z.array(line.extend({ withoutRepeats: z.int().nullable() })),
  /** By saved search and watchlist. */
  bySearch: z.array(
    line.extend({
      kind: z.enum(["search", "watchlist"]).nullable(),
      /** What the period would have cost with this one renewed at most every so many days, and not at all. */
      rarer: z.array(z.object({ days: z.int(), credits: z.int() })),
      stopped: z.int().nullable(),
    }),
  ),
  bySchedule: z.array(
    line.extend({
      kind: z.enum(["search", "watchlist"]).nullable(),
      /** How it renews now; null where it renews no more, or rests. */
      renews: z
        .object({
          cadence: z.string(),
          hour: z.int(),
          version: z.int(),
          /** Whether this member may change it: it spends their own credits, or they set limits. */
          mayChange: z.boolean(),
        })
        .nullable(),
      /** What the period would have cost with it on a rarer cadence, and at rest. */
      rarer: z.array(z.object({ cadence: z.enum(RARER_CADENCES), credits: z.int() })),
      stopped: z.int().nullable(),
    }),
  ),
  freshness: z.object({
    minutes: z.int(),
    /** Of the team's settings, for a change of this one. */
    version: z.int(),
    /** Longer ones that would have saved something, each with what the period would have cost. */
    longer: z.array(z.object({ minutes: z.int(), credits: z.int() })),
  }),
});
export type Savings = z.output<typeof savingsSchema>;
