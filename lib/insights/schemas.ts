import { z } from "zod";
import { ENTRY_OUTCOMES, PAYERS, PURPOSES } from "@/lib/credits/schemas";
import { METRICS } from "./choices";

export { METRICS, type Metric } from "./choices";

/** `all_regions`, or an ISO 3166 code that the source is known to cover. */
export const REGIONS = [
  "all_regions",
  "AE",
  "AR",
  "AT",
  "AU",
  "BE",
  "BH",
  "BR",
  "BY",
  "CA",
  "CH",
  "CL",
  "CO",
  "CZ",
  "DE",
  "DK",
  "EC",
  "EG",
  "ES",
  "FI",
  "FR",
  "GB",
  "GR",
  "HU",
  "ID",
  "IE",
  "IL",
  "IQ",
  "IT",
  "JO",
  "JP",
  "KH",
  "KR",
  "KW",
  "KZ",
  "LB",
  "MA",
  "MX",
  "MY",
  "NL",
  "NO",
  "NZ",
  "OM",
  "PE",
  "PH",
  "PK",
  "PL",
  "PT",
  "QA",
  "RO",
  "SA",
  "SE",
  "SG",
  "TH",
  "TR",
  "TW",
  "US",
  "UY",
  "VN",
  "ZA",
] as const;
export type Region = (typeof REGIONS)[number];

/** Rows a page holds; always asked for in full. */
export const PAGE_SIZE = 20;
/** A full ranking has about 500 rows; nobody needs more pages than this. */
export const MAX_PAGE = 50;
/** What one request to this endpoint costs, by the vendor's price list. */
export const PRICE_CREDITS = 2;

/** `live` is the vendor, `sandbox` invents its data. */
export const UPSTREAMS = ["live", "sandbox"] as const;
export type Upstream = (typeof UPSTREAMS)[number];

export const regionSchema = z.enum(REGIONS, { error: "region_unknown" });

/** `1`, `7` and `30` are rolling days, `YYYY-MM` is a calendar month. */
export const windowSchema = z.string().regex(/^(1|7|30|20\d\d-(0[1-9]|1[0-2]))$/, { error: "window_unknown" });

const collapse = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");

/**
 * A keyword: NFC, trimmed, spaces collapsed, case kept. Empty means none. The upstream reads the word "FALSE" as
 * "no search", so nobody can search for it.
 */
export const keywordSchema = z
  .string()
  .max(200, { error: "keyword_too_long" })
  .transform(collapse)
  .refine((text) => !/^false$/i.test(text), { error: "keyword_false" })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), { error: "keyword_control" });

/** A category's id as the provider writes it: digits. */
export const categoryIdSchema = z.string().regex(/^\d{1,20}$/, { error: "category_unknown" });

const emptyAsMissing = (value: unknown) => (value === "" || value === null ? undefined : value);

/** What is asked of a ranking, without team and upstream: those come from the context. */
export const questionSchema = z.object({
  region: regionSchema,
  window: windowSchema,
  category: z.preprocess(emptyAsMissing, categoryIdSchema.optional()),
  q: z.preprocess(emptyAsMissing, keywordSchema.optional()).transform((text) => text || undefined),
  page: z.preprocess(
    emptyAsMissing,
    z.coerce
      .number({ error: "page_unknown" })
      .int({ error: "page_unknown" })
      .min(1, { error: "page_unknown" })
      .max(MAX_PAGE, { error: "page_unknown" })
      .default(1),
  ),
});
export type Question = z.output<typeof questionSchema>;

export const buyPageSchema = questionSchema.extend({
  /** Minutes; the team's setting when left out; 0 is "fetched after this call came". */
  maxAgeMinutes: z
    .number({ error: "age_unknown" })
    .int({ error: "age_unknown" })
    .min(0, { error: "age_unknown" })
    .max(5_256_000, { error: "age_unknown" })
    .optional(),
});
export type BuyPageInput = z.output<typeof buyPageSchema>;

/** Agreement to the price, for a purchase that was refused with `confirm_needed`. Without it nothing changes. */
export const confirmedSchema = z.object({ confirmed: z.boolean().optional() });

/** At most so many answers are named in one call. */
export const MOST_OPENED = 500;
export const openedSchema = z.strictObject({
  receiptIds: z
    .array(z.uuid({ error: "receipt_unknown" }))
    .min(1, { error: "receipts_missing" })
    .max(MOST_OPENED, { error: "receipts_many" }),
});
export type OpenedInput = z.output<typeof openedSchema>;

const metric = z.number().nullable();

/** One category's advertising performance. `…Pct` is per cent already; the currency of cost and cpa is not stated. */
export const rankingRowSchema = z.object({
  position: z.int(),
  rank: z.int().nullable(),
  categoryId: z.string().nullable(),
  path: z.array(z.string().nullable()),
  posts: metric,
  postsChangePct: metric,
  impressions: metric,
  ctrPct: metric,
  cvrPct: metric,
  sixSecondViewRatePct: metric,
  cost: metric,
  cpa: metric,
  likes: metric,
  comments: metric,
  shares: metric,
});
export type RankingRow = z.output<typeof rankingRowSchema>;

export const receiptSchema = z.object({
  id: z.uuid(),
  upstreamRequestId: z.string().nullable(),
  boughtBy: z.object({ id: z.uuid(), name: z.string() }),
  /** `share`: the team's share for schedules, on behalf of who bought. */
  paidBy: z.enum(PAYERS),
  credits: z.int(),
  outcome: z.enum(["charged", "not_charged", "unsettled"]),
});

export const snapshotSchema = z.object({
  id: z.uuid(),
  upstream: z.enum(UPSTREAMS),
  fetchedAt: z.iso.datetime(),
  query: z.object({
    region: regionSchema,
    window: z.string(),
    category: z.string().nullable(),
    q: z.string().nullable(),
    page: z.int(),
  }),
  total: z.int().nullable(),
  hasMore: z.boolean().nullable(),
  rows: z.array(rankingRowSchema),
  receipt: receiptSchema,
});
export type Snapshot = z.output<typeof snapshotSchema>;

export const answerSchema = z.object({
  source: z.enum(["bought", "stored", "shared"]),
  creditsSpent: z.int(),
  snapshot: snapshotSchema,
});
export type Answer = z.output<typeof answerSchema>;

export const categorySchema = z.object({
  id: z.string(),
  level: z.int(),
  parentId: z.string().nullable(),
  /** The provider's. */
  name: z.string().nullable(),
  /** The team's own; shown first where there is one. */
  ownName: z.string().nullable(),
});
export type Category = z.output<typeof categorySchema>;

const moment = z.iso.datetime();
const basis = z.enum(["documented", "assumed", "proven", "by_hand"]).nullable();

/** One step of a request, as its receipt tells it. */
export const receiptEventSchema = z.object({
  seq: z.int(),
  kind: z.enum(["reserved", "sending", "charged", "not_charged", "unsettled", "released", "correction"]),
  /** What the step adds to the charged credits. */
  credits: z.int(),
  /** What the request is after it. */
  state: z.enum(["reserved", "sending", "charged", "not_charged", "unsettled", "released"]),
  at: moment,
  basis,
  problem: z.string().nullable(),
  /** In a person's words, when a person settled. */
  reason: z.string().nullable(),
  by: z.string().nullable(),
});
export type ReceiptEvent = z.output<typeof receiptEventSchema>;

/** What a receipt is found by; any other address has none. */
export const receiptIdSchema = z.uuid();

/** The whole receipt of a request: what a figure that it bought was asked with, by whom, and at what price. */
export const fullReceiptSchema = z.object({
  id: z.uuid(),
  upstream: z.enum(UPSTREAMS),
  boughtBy: z.object({ id: z.uuid(), name: z.string() }),
  paidBy: z.enum(PAYERS),
  askedAt: moment,
  sentAt: moment.nullable(),
  receivedAt: moment.nullable(),
  query: z.object({
    region: regionSchema,
    window: z.string(),
    category: z.string().nullable(),
    categoryName: z.string().nullable(),
    q: z.string().nullable(),
    page: z.int(),
  }),
  /** Path and query below the upstream's address, as sent; null when nothing was. */
  upstreamPath: z.string().nullable(),
  upstreamRequestId: z.string().nullable(),
  httpStatus: z.int().nullable(),
  priceCredits: z.int(),
  /** What counts against limits now: the price while held or unsettled, what was charged afterwards. */
  credits: z.int(),
  outcome: z.enum(ENTRY_OUTCOMES),
  basis,
  problem: z.string().nullable(),
  /** Rows of the answer; null when it brought none that could be read. */
  rowCount: z.int().nullable(),
  total: z.int().nullable(),
  /** The answer byte for byte: `kept`, `forgotten` by the team's setting, or `none` came. */
  raw: z.object({
    state: z.enum(["kept", "forgotten", "none"]),
    bytes: z.int().nullable(),
    /** Of its bytes, in hexadecimal. */
    sha256: z.string().nullable(),
    forgottenAt: moment.nullable(),
  }),
  /** Null when the team shows single requests of others to admins and owners only. */
  details: z
    .object({
      purpose: z.enum(PURPOSES),
      tokenName: z.string().nullable(),
      /** Between sending, with the wait for the key's turn, and the last byte. */
      latencyMs: z.int().nullable(),
      events: z.array(receiptEventSchema),
      /** Asks that this answer served since at 0 credits, and the credits that they did not cost. */
      servedFree: z.int(),
      savedCredits: z.int(),
    })
    .nullable(),
});
export type FullReceipt = z.output<typeof fullReceiptSchema>;

/** A stored row beside the provider's own. `raw` is text as received, null where the row lacks it or is forgotten. */
export const rawRowSchema = z.object({
  place: z.int(),
  row: rankingRowSchema,
  figures: z.array(
    z.object({ figure: z.enum(["categoryId", ...METRICS]), field: z.string(), raw: z.string().nullable() }),
  ),
  text: z.string().nullable(),
});
export type RawRow = z.output<typeof rawRowSchema>;

export const rawRetentionInputSchema = z.object({
  /** Left out: what the team has set. */
  days: z.coerce
    .number({ error: "raw_days_unknown" })
    .int({ error: "raw_days_unknown" })
    .min(1, { error: "raw_days_unknown" })
    .max(36_500, { error: "raw_days_unknown" })
    .optional(),
});
export type RawRetentionInput = z.output<typeof rawRetentionInputSchema>;

/** What a retention would free now, in raw answers and bytes. Rows and receipts stay. */
export const rawRetentionSchema = z.object({
  /** Null keeps raw answers for ever. */
  days: z.int().nullable(),
  freed: z.object({ answers: z.int(), bytes: z.int() }),
  kept: z.object({ answers: z.int(), bytes: z.int() }),
  forgotten: z.object({ answers: z.int(), bytes: z.int() }),
});
export type RawRetention = z.output<typeof rawRetentionSchema>;

const ownName = z
  .string()
  .max(200, { error: "own_name_too_long" })
  .transform(collapse)
  .pipe(z.string().max(80, { error: "own_name_too_long" }));

export const categoryNameInputSchema = z.object({
  /** Empty or null: the provider's name stands alone. */
  name: z
    .union([ownName, z.null()])
    .default(null)
    .transform((name) => name || null),
  aliases: z
    .array(ownName)
    .max(20, { error: "aliases_too_many" })
    .default([])
    .transform((aliases) => [...new Set(aliases.filter((alias) => alias !== ""))]),
  /** The version that the change was made on, 0 for a first name: another's change since then is a conflict. */
  version: z.int().min(0).optional(),
});
export type CategoryNameInput = z.output<typeof categoryNameInputSchema>;

/** A category that the team has named itself. */
export const namedCategorySchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  aliases: z.array(z.string()),
  providerName: z.string().nullable(),
  version: z.int(),
});
export type NamedCategory = z.output<typeof namedCategorySchema>;

export const pasteNamesSchema = z.object({
  text: z.string({ error: "paste_empty" }).refine((text) => text.trim() !== "", { error: "paste_empty" }),
});
export type PasteNamesInput = z.output<typeof pasteNamesSchema>;

export const pasteNamesReportSchema = z.object({
  saved: z.array(z.object({ line: z.int(), id: z.string(), name: z.string().nullable() })),
  notUnderstood: z.array(z.object({ line: z.int(), text: z.string(), reason: z.enum(["id", "empty", "too_long"]) })),
});
export type PasteNamesReport = z.output<typeof pasteNamesReportSchema>;
