import { z } from "zod";

export const PURPOSES = ["explore", "api", "key_test", "search", "watchlist", "schedule"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a reader is told of a request; `held` is on its way. */
export const ENTRY_OUTCOMES = ["held", "charged", "not_charged", "unsettled", "released"] as const;

export const summaryInputSchema = z.object({
  from: z.iso.date({ error: "date_unknown" }).optional(),
  to: z.iso.date({ error: "date_unknown" }).optional(),
  groupBy: z.enum(["member", "day", "purpose", "search"], { error: "group_unknown" }).default("member"),
});
export type SummaryInput = z.output<typeof summaryInputSchema>;

/** Credits of a span of days, by default the running period. `held` holds reserved, sending and unsettled ones. */
export const summarySchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  resetsAt: z.iso.datetime(),
  spent: z.int(),
  held: z.int(),
  unsettled: z.int(),
  limit: z.int().nullable(),
  left: z.int().nullable(),
  groups: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      spent: z.int(),
      held: z.int(),
      unsettled: z.int(),
      limit: z.int().nullable(),
      requests: z.int(),
      /** Answers served from the store or with another's request: 0 credits. */
      free: z.int(),
    }),
  ),
});
export type CreditSummary = z.output<typeof summarySchema>;

export const entriesInputSchema = z.object({
  from: z.iso.date({ error: "date_unknown" }).optional(),
  to: z.iso.date({ error: "date_unknown" }).optional(),
  member: z.uuid({ error: "member_unknown" }).optional(),
  cursor: z.string().max(200).optional(),
});
export type EntriesInput = z.output<typeof entriesInputSchema>;

export const entrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  upstream: z.enum(["live", "sandbox"]),
  member: z.object({ id: z.uuid(), name: z.string() }),
  tokenName: z.string().nullable(),
  purpose: z.enum(PURPOSES),
  query: z.object({
    region: z.string(),
    window: z.string(),
    category: z.string().nullable(),
    categoryName: z.string().nullable(),
    q: z.string().nullable(),
    page: z.int(),
  }),
  outcome: z.enum(ENTRY_OUTCOMES),
  basis: z.enum(["documented", "assumed", "proven", "by_hand"]).nullable(),
  problem: z.string().nullable(),
  /** What counts against limits now: the price while held or unsettled, what was charged afterwards. */
  credits: z.int(),
  upstreamRequestId: z.string().nullable(),
  rowCount: z.int().nullable(),
});
export type LedgerEntry = z.output<typeof entrySchema>;
