import { z } from "zod";
import {
  buyPageSchema,
  categoryIdSchema,
  confirmedSchema,
  questionSchema,
  regionSchema,
  windowSchema,
} from "@/lib/insights/schemas";
import { MARK_COLORS, WHOLE_RANKING_PAGES } from "./choices";

export const RUN_STATES = ["queued", "running", "done", "stopped", "failed"] as const;
export type RunState = (typeof RUN_STATES)[number];
export const RUN_KINDS = ["search", "watchlist", "backfill", "brief", "regions", "source"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** How a run stands. Credits are what it spent and what it may have spent. */
export const runSchema = z.object({
  id: z.uuid(),
  kind: z.enum(RUN_KINDS),
  searchId: z.uuid().nullable(),
  watchlistId: z.uuid().nullable(),
  /** How many lists and searches it renews. */
  covers: z.int(),
  /** Of a brief, or a backfill that is no search's: its category, in its region; of one category in several, without. */
  categoryId: z.string().nullable(),
  region: regionSchema.nullable(),
  member: z.object({ id: z.uuid(), name: z.string() }),
  state: z.enum(RUN_STATES),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  stopping: z.boolean(),
  maxCredits: z.int(),
  creditsSpent: z.int(),
  /** Steps that have ended, of all. */
  done: z.int(),
  total: z.int(),
  /** Of the ended ones. */
  bought: z.int(),
  failed: z.int(),
  /** Pages behind the ranking's end, which nobody asks for. */
  skipped: z.int(),
  /** Of a watchlist's run: its items, those with an answer that is young enough, and those the provider lists no more. */
  items: z.object({ total: z.int(), renewed: z.int(), absent: z.int() }).nullable(),
  /** Why it ended before its end, or why a step brought nothing. */
  problem: z.string().nullable(),
});
export type Run = z.output<typeof runSchema>;

const colorSchema = z.enum(["", ...MARK_COLORS], { error: "color_unknown" });

export const MAX_WATCH_ITEMS = 1000;

const tidy = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");
const nameSchema = z
  .string({ error: "list_name_missing" })
  .max(200, { error: "list_name_too_long" })
  .transform(tidy)
  .pipe(z.string().min(1, { error: "list_name_missing" }).max(80, { error: "list_name_too_long" }));
const notesSchema = z
  .string()
  .max(2000, { error: "list_notes_too_long" })
  .transform((text) => text.trim());
const tagsSchema = z
  .array(
    z
      .string()
      .max(60, { error: "tag_too_long" })
      .transform(tidy)
      .pipe(z.string().max(30, { error: "tag_too_long" })),
    { error: "tags_expected" },
  )
  .max(20, { error: "tags_too_many" })
  .transform((tags) => [...new Set(tags.filter((tag) => tag !== ""))]);
const versionSchema = z.int({ error: "list_version_unknown" }).min(1, { error: "list_version_unknown" });

export const createWatchlistSchema = z.object({
  name: nameSchema,
  /** What the list is seen through; 7 days when left out. */
  window: windowSchema.default("7"),
  /** Team-visible, or its maker's alone. */
  shared: z.boolean().default(true),
  color: colorSchema.default(""),
  notes: notesSchema.default(""),
});
export type CreateWatchlistInput = z.output<typeof createWatchlistSchema>;

export const updateWatchlistSchema = z.object({
  name: nameSchema.optional(),
  window: windowSchema.optional(),
  shared: z.boolean().optional(),
  color: colorSchema.optional(),
  notes: notesSchema.optional(),
  /** The version that the change was made on: somebody else's change since then is a conflict. */
  version: versionSchema.optional(),
});
export type UpdateWatchlistInput = z.output<typeof updateWatchlistSchema>;

export const addWatchItemSchema = z.object({
  categoryId: categoryIdSchema,
  region: regionSchema,
  note: notesSchema.default(""),
  tags: tagsSchema.default([]),
  color: colorSchema.default(""),
  /** Its position from 1; at the end when left out. */
  place: z.int({ error: "place_unknown" }).min(1, { error: "place_unknown" }).optional(),
});
export type AddWatchItemInput = z.output<typeof addWatchItemSchema>;

export const updateWatchItemSchema = z.object({
  note: notesSchema.optional(),
  tags: tagsSchema.optional(),
  color: colorSchema.optional(),
  /** Its new position from 1; the others close up. */
  place: z.int({ error: "place_unknown" }).min(1, { error: "place_unknown" }).optional(),
  version: versionSchema.optional(),
});
export type UpdateWatchItemInput = z.output<typeof updateWatchItemSchema>;

export const pasteItemsSchema = z.object({
  text: z.string({ error: "paste_empty" }).refine((text) => text.trim() !== "", { error: "paste_empty" }),
  region: regionSchema,
});
export type PasteItemsInput = z.output<typeof pasteItemsSchema>;

const namedCategorySchema = z.object({ id: z.string(), name: z.string().nullable() });

/** What became of each piece of a pasted text; lines count from 1. */
export const pasteReportSchema = z.object({
  added: z.array(namedCategorySchema.extend({ line: z.int() })),
  alreadyThere: z.array(namedCategorySchema.extend({ line: z.int() })),
  /** `level`: such a category exists, but only third-level ones have figures. */
  notUnderstood: z.array(z.object({ line: z.int(), text: z.string(), reason: z.enum(["unknown", "level"]) })),
  ambiguous: z.array(
    z.object({
      line: z.int(),
      text: z.string(),
      candidates: z.array(namedCategorySchema.extend({ path: z.string() })),
    }),
  ),
  /** Understood, but the list is full. */
  noRoom: z.array(namedCategorySchema.extend({ line: z.int() })),
});
export type PasteReport = z.output<typeof pasteReportSchema>;

export const watchlistSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  window: z.string(),
  shared: z.boolean(),
  color: colorSchema,
  notes: z.string(),
  version: z.int(),
  /** Its maker; null once they have left the team. */
  maker: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  itemCount: z.int(),
  /** Of the newest answer to each item: the oldest of them; null when an item or all have none. */
  oldestFetchedAt: z.iso.datetime().nullable(),
  /** Items that nothing is stored of, in the list's window. */
  withoutData: z.int(),
  /** Whether it renews by itself. */
  scheduled: z.boolean(),
});
export type Watchlist = z.output<typeof watchlistSchema>;

export const watchItemSchema = z.object({
  id: z.uuid(),
  categoryId: z.string(),
  region: regionSchema,
  note: z.string(),
  tags: z.array(z.string()),
  color: colorSchema,
  place: z.int(),
  version: z.int(),
  addedBy: z.string().nullable(),
  addedAt: z.iso.datetime(),
});
export type WatchItem = z.output<typeof watchItemSchema>;

export const watchlistWithItemsSchema = watchlistSchema.extend({ items: z.array(watchItemSchema) });
export type WatchlistWithItems = z.output<typeof watchlistWithItemsSchema>;

const tidied = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");
const line = z.string().regex(/^\P{Cc}*$/u, { error: "text_control" });
const MOST_TAGS = 20;

const searchFields = {
  name: z
    .string({ error: "label_missing" })
    .max(200, { error: "label_too_long" })
    .transform(tidied)
    .pipe(line.min(1, { error: "label_missing" }).max(80, { error: "label_too_long" })),
  ...questionSchema.omit({ page: true }).shape,
  pages: z
    .int({ error: "pages_unknown" })
    .min(1, { error: "pages_unknown" })
    .max(WHOLE_RANKING_PAGES, { error: "pages_unknown" }),
  /** Team-visible, or its maker's alone. */
  shared: z.boolean(),
  notes: z
    .string()
    .max(2000, { error: "notes_too_long" })
    .transform((text) => text.trim()),
  tags: z
    .array(
      z
        .string()
        .max(100, { error: "tag_too_long" })
        .transform(tidied)
        .pipe(line.max(30, { error: "tag_too_long" })),
    )
    .transform((tags) => [...new Set(tags.filter((tag) => tag !== ""))])
    .pipe(z.array(z.string()).max(MOST_TAGS, { error: "tags_too_many" })),
};

export const createSearchSchema = z.object({
  ...searchFields,
  shared: searchFields.shared.default(true),
  notes: searchFields.notes.default(""),
  tags: searchFields.tags.default([]),
});
export type CreateSearchInput = z.output<typeof createSearchSchema>;

export const updateSearchSchema = z.object({
  name: searchFields.name.optional(),
  region: searchFields.region.optional(),
  window: searchFields.window.optional(),
  /** Null or empty takes the filter away. */
  category: z.union([z.literal("").transform(() => null), z.null(), questionSchema.shape.category]).optional(),
  q: z.union([z.literal("").transform(() => null), z.null(), questionSchema.shape.q]).optional(),
  pages: searchFields.pages.optional(),
  shared: searchFields.shared.optional(),
  notes: searchFields.notes.optional(),
  tags: searchFields.tags.optional(),
  /** The version that the change was made on: somebody else's change since then is a conflict. */
  version: z.int({ error: "version_unknown" }).min(1, { error: "version_unknown" }).optional(),
});
export type UpdateSearchInput = z.output<typeof updateSearchSchema>;

export const savedSearchSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  region: regionSchema,
  window: z.string(),
  category: z.string().nullable(),
  categoryName: z.string().nullable(),
  q: z.string().nullable(),
  pages: z.int(),
  shared: z.boolean(),
  /** Null once its maker has left the team: then it is the team's. */
  maker: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  notes: z.string(),
  tags: z.array(z.string()),
  version: z.int(),
  /** Whether it renews by itself. */
  scheduled: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type SavedSearch = z.output<typeof savedSearchSchema>;

/** A search with what is stored of it, and what a run would cost at this moment. */
export const searchStateSchema = savedSearchSchema.extend({
  lastRun: runSchema.nullable(),
  runCredits: z.int(),
  /** Pages that a run looks at: its depth, or fewer where the ranking is known to end. */
  askedPages: z.int(),
  /** Of those. */
  storedPages: z.int(),
  oldestFetchedAt: z.iso.datetime().nullable(),
  newestFetchedAt: z.iso.datetime().nullable(),
});
export type SearchState = z.output<typeof searchStateSchema>;

/** Which two runs are compared. */
export const changesInputSchema = z.object({
  /** `window` is the newest run a full window back; a run's id is that run. */
  compare: z.union([z.enum(["window", "previous", "week"]), z.uuid()], { error: "compare_unknown" }).default("window"),
  /** The later one; the newest when left out. */
  run: z.uuid({ error: "compare_unknown" }).optional(),
});
export type ChangesInput = z.output<typeof changesInputSchema>;

export const runOrderSchema = z.object({
  /** Only tells the price and the requests. */
  dryRun: z.boolean().optional(),
  /** An answer younger than this serves for nothing; the team's setting when left out. */
  maxAgeMinutes: buyPageSchema.shape.maxAgeMinutes,
  /** What the button said: the run spends no credit above it. The price of now when left out. */
  maxCredits: z
    .int({ error: "credits_unknown" })
    .min(0, { error: "credits_unknown" })
    .max(1_000_000, { error: "credits_unknown" })
    .optional(),
  ...confirmedSchema.shape,
});
export type RunOrderInput = z.output<typeof runOrderSchema>;

export const plannedRequestSchema = z.object({
  region: regionSchema,
  window: z.string(),
  category: z.string().nullable(),
  q: z.string().nullable(),
  page: z.int(),
});

export const dryRunSchema = z.object({ credits: z.int(), requests: z.array(plannedRequestSchema) });

export const startedRunSchema = z.object({ runId: z.uuid() });
export const runAnswerSchema = z.union([dryRunSchema, startedRunSchema]);
export type RunAnswer = z.output<typeof runAnswerSchema>;

/** More lists at once than this are two plans. */
export const MOST_LISTS = 20;
export const MOST_SEARCHES = 50;

/** Which lists and searches one plan renews. */
export const refreshTargetSchema = z.object({
  watchlists: z.array(z.uuid()).max(MOST_LISTS, { error: "refresh_too_many" }).default([]),
  searches: z.array(z.uuid()).max(MOST_SEARCHES, { error: "refresh_too_many" }).default([]),
});
export type RefreshTargetInput = z.output<typeof refreshTargetSchema>;

export const refreshOrderSchema = z
  .object({ ...refreshTargetSchema.shape, ...runOrderSchema.shape })
  .refine(({ watchlists, searches }) => watchlists.length + searches.length > 0, {
    error: "refresh_nothing",
    path: ["watchlists"],
  });

const itemNameSchema = z.object({ categoryId: z.string(), name: z.string().nullable() });

/** What a refresh would ask, and at which price. */
export const refreshPlanSchema = z.object({
  credits: z.int(),
  requests: z.array(
    plannedRequestSchema.extend({
      /** What it is expected to renew, in its region and window. */
      items: z.array(itemNameSchema),
      /** The saved searches that need it. */
      searches: z.array(z.object({ id: z.uuid(), name: z.string() })),
      /** Only asked, and paid, where the pages before it do not hold the item. */
      ifMissing: z.boolean(),
    }),
  ),
  /** Asking for each item that is due by itself. */
  oneByOneCredits: z.int(),
  items: z.object({
    total: z.int(),
    fresh: z.int(),
    due: z.int(),
    /** The provider's own answer, young enough, does not hold them. */
    absent: z.array(itemNameSchema.extend({ region: regionSchema, window: z.string() })),
    /** What `maxCredits` does not reach. */
    left: z.array(itemNameSchema.extend({ region: regionSchema, window: z.string() })),
  }),
});
export type RefreshPlanView = z.output<typeof refreshPlanSchema>;

export const refreshAnswerSchema = z.union([refreshPlanSchema, startedRunSchema]);
export type RefreshAnswer = z.output<typeof refreshAnswerSchema>;
