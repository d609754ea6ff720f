import { z } from "zod";
import type { Price } from "@/lib/platform/format/money";
import type { TablePage } from "@/lib/platform/format/table-page";
import { SHARE } from "./choices";

export { SHARE } from "./choices";

export const PURPOSES = ["explore", "api", "key_test", "search", "watchlist", "schedule"] as const;
/** Who pays for a request: the member who asks, or for a schedule the team's share. */
export const PAYERS = ["member", "share"] as const;
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

/** What credits are summed up by. A saved search and a watchlist are one kind: what somebody keeps and pays for. */
export const USAGE_GROUPS = ["member", "day", "purpose", "search", "region", "token"] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** Which requests a usage view is about. Days are the team's; both ends are included. */
export const usageFilterSchema = z.object({
  from: z.iso.date({ error: "date_unknown" }).optional(),
  to: z.iso.date({ error: "date_unknown" }).optional(),
  /** Whose own limit it counts against, or `share`. */
  member: z.union([z.uuid({ error: "member_unknown" }), z.literal(SHARE)], { error: "member_unknown" }).optional(),
  purpose: z.enum(PURPOSES, { error: "purpose_unknown" }).optional(),
  outcome: z.enum(ENTRY_OUTCOMES, { error: "outcome_unknown" }).optional(),
  region: z.string().max(20, { error: "region_unknown" }).optional(),
  token: z.uuid({ error: "token_unknown" }).optional(),
  /** A saved search or a watchlist. */
  search: z.uuid({ error: "search_unknown" }).optional(),
});
export type UsageFilter = z.output<typeof usageFilterSchema>;

/** Refuses a span that ends before it begins; for every input that holds `from` and `to`. */
export const spanInOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  !from || !to || from <= to;
export const SPAN_REVERSED = { path: ["to"], error: "dates_reversed" };

/** Why something was settled by a person, for those who read the ledger later. */
const reasonSchema = z
  .string({ error: "reason_missing" })
  .trim()
  .min(1, { error: "reason_missing" })
  .max(500, { error: "reason_too_long" })
  .regex(/^\P{Cc}*$/u, { error: "text_control" });

export const settleByHandSchema = z.object({ charged: z.boolean(), reason: reasonSchema });
export type SettleByHandInput = z.output<typeof settleByHandSchema>;

/** At most so many requests are settled in one call. */
export const MOST_SETTLED_AT_ONCE = 1000;

export const settleManySchema = settleByHandSchema
  .extend({
    ids: z.array(z.uuid()).min(1, { error: "requests_missing" }).max(MOST_SETTLED_AT_ONCE).optional(),
    /** Every unsettled request of the team's upstream, the oldest first. */
    all: z.literal(true).optional(),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), {
    path: ["ids"],
    error: "requests_missing",
  });
export type SettleManyInput = z.output<typeof settleManySchema>;

export const settledManySchema = z.object({
  items: z.array(z.object({ id: z.uuid(), result: z.enum(["settled", "unchanged", "under_way"]) })),
  /** Still unsettled afterwards. */
  remaining: z.int(),
});
export type SettledMany = z.output<typeof settledManySchema>;

/** How a request ended without a readable answer. */
export const UNSETTLED_ENDINGS = [
  "timeout",
  "cut",
  "too_large",
  "aborted",
  "not_json",
  "no_code",
  "lease_ended",
] as const;

/** A request that waits for its cost, or whose cost a person or the team's rule has said. */
export type UnsettledRequest = {
  id: string;
  askedAt: string;
  /** When it ended without an answer, or was settled. */
  endedAt: string;
  member: { id: string; name: string };
  tokenName: string | null;
  purpose: Purpose;
  query: {
    region: string;
    window: string;
    category: string | null;
    categoryName: string | null;
    q: string | null;
    page: number;
  };
  credits: number;
  outcome: "charged" | "not_charged" | "unsettled";
  basis: "documented" | "assumed" | "proven" | "by_hand" | null;
  /** The team's rule has settled it. */
  byRule: boolean;
  /** Null when it did not end without an answer: a correction of something else. */
  ending: (typeof UNSETTLED_ENDINGS)[number] | null;
  httpStatus: number | null;
  /** Bytes of the answer that are kept; null for none. */
  rawBytes: number | null;
  upstreamRequestId: string | null;
  keyLastFour: string;
  /** Who settled it by hand, and why. */
  settledBy: { name: string; reason: string } | null;
};

/** A page of those that wait, the oldest first. */
export type Unsettled = TablePage<UnsettledRequest> & {
  /** All of them that this reader may see, in requests and credits. */
  count: number;
  credits: number;
  rule: Pick<CreditSettings, "unsettledRule" | "unsettledAfterHours">;
  /** What people and the rule settled last, newest first, at most 20. */
  settled: UnsettledRequest[];
};

const balanceCredits = (least: number) =>
  z
    .int({ error: "balance_unknown" })
    .min(least, { error: least > 0 ? "top_up_unknown" : "balance_unknown" })
    .max(1_000_000_000, { error: "balance_unknown" });
const noteSchema = z
  .string()
  .trim()
  .max(500, { error: "reason_too_long" })
  .regex(/^\P{Cc}*$/u, { error: "text_control" })
  .transform((text) => text || null)
  .nullish();

export const enterBalanceSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("stated"),
    credits: balanceCredits(0),
    note: noteSchema,
    /** When the dashboard showed it; now unless told otherwise. */
    at: z.iso.datetime({ offset: true, error: "moment_unknown" }).optional(),
  }),
  z.object({ kind: z.literal("top_up"), credits: balanceCredits(1), note: noteSchema }),
]);
export type StateBalanceInput = Omit<Extract<z.output<typeof enterBalanceSchema>, { kind: "stated" }>, "kind">;
export type EnterTopUpInput = Omit<Extract<z.output<typeof enterBalanceSchema>, { kind: "top_up" }>, "kind">;

const someRequests = z.object({ ids: z.array(z.uuid()), credits: z.int() });

/** What a stated balance says about the time since the one before it, in credits. */
export const findingSchema = z.object({
  /** `low` when everything unsettled was charged, `high` when nothing was. */
  expected: z.object({ low: z.int(), high: z.int() }),
  /** What the account lacks against `expected.high`; negative when it holds more. */
  drift: z.int(),
  /** The oldest requests without a known cost that make up the drift, as far as they can. */
  open: someRequests,
  /** Every request of that time that has no known cost. */
  openIds: z.array(z.uuid()),
  /** Requests assumed to be free that make up what is left of the drift. */
  assumedFree: someRequests,
  /** Requests assumed to be charged that make up what the account holds too much. */
  assumedCharged: someRequests,
  /** What nothing known here explains: spent with the same key elsewhere. */
  outsideAtLeast: z.int(),
  outsideAtMost: z.int(),
});
export type Finding = z.output<typeof findingSchema>;

export const balanceEntrySchema = z.object({
  id: z.uuid(),
  kind: z.enum(["stated", "top_up"]),
  credits: z.int(),
  note: z.string().nullable(),
  at: z.iso.datetime(),
  by: z.object({ id: z.uuid(), name: z.string() }),
  key: z.object({ id: z.uuid(), lastFour: z.string() }),
});
export type BalanceEntry = z.output<typeof balanceEntrySchema>;

/** The newest stated balance of the key in use, and what it should be by now. */
export const balanceNowSchema = z.object({
  stated: z.int(),
  at: z.iso.datetime(),
  by: z.string(),
  expected: z.object({ low: z.int(), high: z.int() }),
});
export type BalanceNow = z.output<typeof balanceNowSchema>;

export const reconciliationSchema = z.object({
  upstream: z.enum(["live", "sandbox"]).nullable(),
  /** The key in use; null without one. */
  key: z.object({ id: z.uuid(), lastFour: z.string(), since: z.iso.datetime() }).nullable(),
  /** Null until a balance is stated for this key. */
  now: balanceNowSchema.nullable(),
  /** Newest first, of every key version of the upstream; the finding is null for top-ups and the first of each key. */
  entries: z.array(balanceEntrySchema.extend({ finding: findingSchema.nullable() })),
});
export type Reconciliation = z.output<typeof reconciliationSchema>;

export const summaryInputSchema = usageFilterSchema
  .extend({ groupBy: z.enum(USAGE_GROUPS, { error: "group_unknown" }).default("member") })
  .refine(spanInOrder, SPAN_REVERSED);
export type SummaryInput = z.output<typeof summaryInputSchema>;

/** The key of a group that stands for everybody whose usage the reader may not see one by one. */
export const OTHERS = "others";
/** The key of a group of requests that have no such thing: bought without a token, or for no saved search. */
export const NONE = "none";
/** The name of somebody else's private search or list; pages say it in the reader's language. */
export const PRIVATE_NAME = "private search";

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
      /** An id, a day, a word, or `others` and `none`. */
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

/** What an exported ledger is about. */
export const exportInputSchema = usageFilterSchema.refine(spanInOrder, SPAN_REVERSED);

export const entrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  upstream: z.enum(["live", "sandbox"]),
  member: z.object({ id: z.uuid(), name: z.string() }),
  /** `share`: the team's share for schedules paid, on behalf of the member. */
  paidBy: z.enum(PAYERS),
  tokenName: z.string().nullable(),
  /** The saved search or watchlist that it was for; its name is null for somebody else's private one. */
  keptFor: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
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
  /** The team's rule assumed it, because nobody knew. */
  byRule: z.boolean(),
  problem: z.string().nullable(),
  /** What counts against limits now: the price while held or unsettled, what was charged afterwards. */
  credits: z.int(),
  upstreamRequestId: z.string().nullable(),
  httpStatus: z.int().nullable(),
  /** From sending to the answer's end; null when nothing was sent, or nobody saw an end. */
  latencyMs: z.int().nullable(),
  /** Rows of the stored answer; null when none was stored. */
  rowCount: z.int().nullable(),
});
export type LedgerEntry = z.output<typeof entrySchema>;

/** An answer that cost nothing: from the store, or with another's request. */
export type ServedEntry = {
  id: string;
  at: string;
  member: { id: string; name: string };
  tokenName: string | null;
  query: LedgerEntry["query"];
  source: "stored" | "shared";
  /** Who bought what was served; null when the reader may not see that request. */
  boughtBy: string | null;
  requestId: string;
  /** Why the joined request brought no usable answer; null when it did. */
  problem: string | null;
  rowCount: number | null;
};

export type LogItem = { kind: "bought"; entry: LedgerEntry } | { kind: "served"; served: ServedEntry };
export type UsageLog = { items: LogItem[]; nextCursor: string | null };

/** The running period of a team, as its counters stand. Days are the team's, both ends included. */
export type CreditPeriod = Omit<CreditSummary, "groups">;
/** The reader's own limit in that period and what is left of it. */
export type OwnCredits = { spent: number; held: number; limit: number; left: number };

/** What the usage page shows of a selection, and of the running period beside it. */
export type Usage = {
  from: string;
  to: string;
  /** The whole running period and nothing filtered out: its sums are what the limit is about. */
  isPlain: boolean;
  visibility: CreditSettings["usageVisibility"];
  /** True when others' credits were left out of the sums, because they may only be seen unfiltered. */
  onlyOwn: boolean;
  price: { amount: number; currency: string } | null;
  spent: number;
  held: number;
  unsettled: number;
  /** Requests on their way, and requests to confirm. */
  underWay: number;
  toConfirm: number;
  /** Answers that cost nothing, and what they would have cost; null when the filter is about purchases alone. */
  saved: { answers: number; credits: number } | null;
  /** Charged credits by day and series: a member's id, `schedules` or `others`. */
  days: { day: string; series: string; spent: number }[];
  groups: CreditSummary["groups"];
  /** Everybody who may be chosen and named here, longest member first. */
  people: { id: string; name: string; removed: boolean }[];
  period: CreditPeriod & { today: string; previous: { from: string; to: string } };
  forecast: Forecast | null;
};

/** Credits that a period will have cost at its end; 8 of 10 such periods end between `low` and `high`. */
export type Forecast = {
  expected: number;
  low: number;
  high: number;
  /** Complete days it is drawn from. */
  basisDays: number;
  /** The day on which the limit would be reached; null when it would not, or there is none. */
  limitReachedOn: string | null;
};

export const statementInputSchema = z.object({ period: z.iso.date({ error: "date_unknown" }).optional() });
