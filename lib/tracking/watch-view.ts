import "server-only";
import { z } from "zod";
import { METRICS, type Metric, windowSchema } from "@/lib/insights/schemas";
import { MAX_WATCH_ITEMS, type WatchItem, type Watchlist } from "./schemas";

/** How many items of a list one page of its table shows. */
export const WATCH_PAGE_SIZE = 25;
/** As many as the longest list has. */
export const MOST_WATCH_PAGES = Math.ceil(MAX_WATCH_ITEMS / WATCH_PAGE_SIZE);

/** Figures that a watchlist shows without being asked for all of them. */
export const MAIN_FIGURES = ["posts", "ctrPct", "cvrPct", "cpa"] as const satisfies readonly Metric[];

export const watchViewInputSchema = z.object({
  /** Another window than the list's own. */
  window: windowSchema.optional(),
  /** Only items with this tag. */
  tag: z.string().max(30).optional(),
  page: z.coerce.number().int().min(1).max(MOST_WATCH_PAGES).catch(1).default(1),
  /** Metrics that get a series; figures and changes hold all of them. */
  figures: z.array(z.enum(METRICS)).default([...MAIN_FIGURES]),
});
export type WatchViewInput = z.output<typeof watchViewInputSchema>;

export type Figures = Record<Metric, number | null>;

/** What is known of one item through the window shown. */
export type WatchViewItem = WatchItem & {
  /** The team's own name, else the provider's; null while nothing was learned of it. */
  name: string | null;
  /** The provider's, where the team uses its own. */
  providerName: string | null;
  /** First and second level, as far as known. */
  path: string[];
  current: { fetchedAt: string; receiptId: string; place: number; figures: Figures } | null;
  /** The same figures so many windows before the current ones, or the nearest before that. */
  before: {
    windows: number;
    fetchedAt: string;
    /** Null also where the provider changed its answers in between: those are `held`. */
    figures: Figures;
    held: readonly Metric[];
  }[];
  /** One point a day or calendar month, oldest first; `x` counts days or months. */
  series: { x: number; values: Partial<Figures> }[];
  /** From the newest unfiltered ranking that held it, in this window. */
  lastRank: { rank: number; fetchedAt: string } | null;
};

/** Whether an earlier answer held the very same figures: the source was not updated in between. */
export const isNotUpdated = (
  current: WatchViewItem["current"],
  before: WatchViewItem["before"][number] | null,
): boolean =>
  current !== null && before !== null && METRICS.every((metric) => current.figures[metric] === before.figures[metric]);

export type WatchView = {
  list: Watchlist;
  window: string;
  /** All tags of the list. */
  tags: string[];
  tag: string | null;
  page: number;
  /** Items on all pages, after the choice of a tag. */
  total: number;
  items: WatchViewItem[];
};

/** A list that a category in a region stands on, by whom, and what is kept with it there. */
export type WatchedPlace = { listId: string; itemId: string; listName: string; addedBy: string | null } & Pick<
  WatchItem,
  "note" | "tags" | "color" | "place"
>;

/** Which of some categories in regions stand on lists that one may see, and the lists there are. */
export type Watched = {
  /** Whether this member may put something on them. */
  mayWatch: boolean;
  /** Lists, the one that this member last added to first. */
  lists: { id: string; name: string }[];
  /** By `categoryId/region`. */
  items: Record<string, WatchedPlace[]>;
};
