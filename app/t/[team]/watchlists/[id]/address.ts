import "server-only";
import { METRICS, type Metric, windowSchema } from "@/lib/insights/schemas";
import { MAIN_FIGURES, MOST_WATCH_PAGES, type WatchView } from "@/lib/tracking/watch-view";

type Address = Record<string, string | string[] | undefined>;
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export type WatchAddress = {
  window: string | undefined;
  tag: string | undefined;
  page: number;
  span: 1 | 4;
  all: boolean;
  /** The item whose months are shown above the table. */
  months: string | undefined;
};

/** What an address asks of a list's table. What does not exist is left out, so that the list itself is shown. */
export function parseWatchAddress(address: Address): WatchAddress {
  const window = windowSchema.safeParse(one(address.window));
  const page = Number(one(address.page));
  return {
    window: window.success ? window.data : undefined,
    tag: one(address.tag)?.slice(0, 30) || undefined,
    page: Number.isInteger(page) && page >= 1 && page <= MOST_WATCH_PAGES ? page : 1,
    span: one(address.span) === "4" ? 4 : 1,
    all: one(address.figures) === "all",
    months: one(address.months),
  };
}

/** The figures of the table, in the order of their columns. */
export const figuresOf = (all: boolean): readonly Metric[] =>
  all
    ? [...MAIN_FIGURES, ...METRICS.filter((metric) => ![...MAIN_FIGURES, "postsChangePct"].includes(metric))]
    : MAIN_FIGURES;

/**
 * The address of a list as shown now with something else chosen; what is as usual is left out. Empty `months` stand
 * last, for an item's id to be put behind.
 */
export function watchHref(slug: string, view: WatchView, now: WatchAddress, change: Partial<WatchAddress>): string {
  const { window, tag, page, span, all, months } = { ...now, page: 1, months: undefined, ...change };
  const query = new URLSearchParams();
  if (window && window !== view.list.window) query.set("window", window);
  if (tag) query.set("tag", tag);
  if (span !== 1) query.set("span", String(span));
  if (all) query.set("figures", "all");
  if (page > 1) query.set("page", String(page));
  if (months !== undefined) query.set("months", months);
  return `/t/${slug}/watchlists/${view.list.id}${query.size > 0 ? `?${query}` : ""}`;
}
