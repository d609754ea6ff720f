import { z } from "zod";
import type { Price } from "@/lib/platform/format/money";

export const PURPOSES = ["explore", "api", "key_test", "search", "watchlist", "schedule"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a reader is told of a request; `held` is on its way. */
export const ENTRY_OUTCOMES = ["held", "charged", "not_charged", "unsettled", "released"] as const;

/** What members who are no admins see of others' usage. */
export const USAGE_VISIBILITIES = ["all", "totals", "own"] as const;
/** What becomes of a request that nobody knows the cost of. */
export const UNSETTLED_RULES = ["ask", "charged", "not_charged"] as const;

/** What a team decided about its credits, beside the limits themselves. */
export const creditSettingsSchema = z.object({
  /** A purchase of more credits than this asks once more; null never asks. */
  confirmAboveCredits: z.int().nullable(),
  /** Money for one credit, in `creditCurrency`; null when the team did not say. */
  creditPrice: z.number().nullable(),
  /** ISO 4217. */
  creditCurrency: z.string().nullable(),
  usageVisibility: z.enum(USAGE_VISIBILITIES),
  unsettledRule: z.enum(UNSETTLED_RULES),
  unsettledAfterHours: z.int(),
  /** Null keeps raw answers for ever. */
  rawRetentionDays: z.int().nullable(),
});
export type CreditSettings = z.output<typeof creditSettingsSchema>;

/** What one credit costs, for `money()`; null when the team did not say. */
export const creditPriceOf = (settings: Pick<CreditSettings, "creditPrice" | "creditCurrency">): Price | null =>
  settings.creditPrice === null || settings.creditCurrency === null
    ? null
    : { amount: settings.creditPrice, currency: settings.creditCurrency };

/** Which requests a usage view is about. Days are the team's; both ends are included. */
export const usageFilterSchema = z.object({
  from: z.iso.date({ error: "date_unknown" }).optional(),
  to: z.iso.date({ error: "date_unknown" }).optional(),
  member: z.uuid({ error: "member_unknown" }).optional(),
  purpose: z.enum(PURPOSES, { error: "purpose_unknown" }).optional(),
  outcome: z.enum(ENTRY_OUTCOMES, { error: "outcome_unknown" }).optional(),
});
export type UsageFilter = z.output<typeof usageFilterSchema>;

/** Refuses a span that ends before it begins; for every input that holds `from` and `to`. */
export const spanInOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  !from || !to || from <= to;
export const SPAN_REVERSED = { path: ["to"], error: "dates_reversed" };

export const summaryInputSchema = usageFilterSchema
  .pick({ from: true, to: true })
  .extend({ groupBy: z.enum(["member", "day", "purpose", "search"], { error: "group_unknown" }).default("member") })
  .refine(spanInOrder, SPAN_REVERSED);
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

export const entriesInputSchema = usageFilterSchema
  .extend({ cursor: z.string().max(200).optional() })
  .refine(spanInOrder, SPAN_REVERSED);
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
