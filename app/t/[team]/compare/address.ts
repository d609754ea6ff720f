import "server-only";
import { parseSpan, type SpanChoice, writeSpan } from "@/app/t/[team]/categories/[id]/address";
import { COMPARED, type Compared, MOST_SERIES } from "@/lib/insights/compare-schemas";
import { isIndexable } from "@/lib/insights/index-series";
import { categoryIdSchema, type Region, regionSchema, windowSchema } from "@/lib/insights/schemas";

export type Address = Record<string, string | string[] | undefined>;

export const SCALES = ["absolute", "index"] as const;
export const WINDOWS = ["1", "7", "30", "month"] as const;

export type CompareAddress = SpanChoice & {
  categories: string[];
  regions: Region[];
  /** `month` joins the calendar months. */
  window: string;
  metric: Compared;
  scale: (typeof SCALES)[number];
  view: "time" | "where";
  /** Of several categories the one that is looked for in all regions. */
  of: string | null;
  /** Every row of the table, and not only the newest. */
  allRows: boolean;
};
export type Field = "categories" | "regions" | "metric" | "window" | "from" | "to";
/** What was typed and cannot be shown: it stays until it is taken away. */
export type Typed = { categories: string[]; regions: string[]; from?: string; to?: string };
export type Mistakes = Partial<Record<Field, string>>;

/** Every value of a field that may come several times, or once with commas. */
const all = (value: string | string[] | undefined) => [
  ...new Set([value ?? []].flat().flatMap((text) => text.split(",").flatMap((part) => part.trim() || []))),
];
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/**
 * What an address asks to be compared. `pick` is a row chosen in a table, `category/region`. What does not exist, is too
 * much, or asks for several categories in several regions at once is left out, named in `mistakes` and kept in `typed`.
 */
export function parseCompareAddress(
  address: Address,
  team: { defaultRegion: string; defaultWindow: string },
  today: string,
): { chosen: CompareAddress; typed: Typed; mistakes: Mistakes } {
  const mistakes: Mistakes = {};
  const picks = all(address.pick).map((pick) => pick.split("/"));
  const asked = {
    categories: [...new Set([...all(address.categories), ...picks.flatMap(([id]) => id || [])])],
    regions: [...new Set([...all(address.regions), ...picks.flatMap(([, region]) => region || [])])],
  };
  const categories = known("categories", (text) => categoryIdSchema.safeParse(text).success, "category_unknown");
  const regions = known("regions", (text) => regionSchema.safeParse(text).success, "region_unknown") as Region[];
  if (categories.length > 1 && regions.length > 1) {
    mistakes.regions ??= "compare_both";
    regions.splice(1);
  }
  const window = one(address.window) || team.defaultWindow;
  const isKnown = window === "month" || windowSchema.safeParse(window).success;
  if (!isKnown) mistakes.window = "window_unknown";
  const joined = !isKnown ? team.defaultWindow : window;
  const metric = COMPARED.find((name) => name === (one(address.metric) || "posts"));
  if (!metric) mistakes.metric = "compare_metric_unknown";
  const span = parseSpan(address, joined.includes("-") ? "month" : joined, today);
  return {
    chosen: {
      categories,
      regions: regions.length > 0 ? regions : [team.defaultRegion as Region],
      window: joined.includes("-") ? "month" : joined,
      metric: metric ?? "posts",
      scale: one(address.scale) === "index" && isIndexable(metric ?? "posts") ? "index" : "absolute",
      view: one(address.view) === "where" ? "where" : "time",
      of: categories.find((id) => id === one(address.of)) ?? null,
      ...span.chosen,
      allRows: one(address.rows) === "all",
    },
    typed: {
      categories: asked.categories.filter((id) => !categories.includes(id)),
      regions: asked.regions.filter((region) => !regions.includes(region as Region)),
      ...span.typed,
    },
    mistakes: { ...mistakes, ...span.mistakes },
  };

  function known(field: "categories" | "regions", isValid: (text: string) => boolean, mistake: string): string[] {
    const valid = asked[field].filter(isValid);
    if (valid.length < asked[field].length) mistakes[field] = mistake;
    else if (valid.length > MOST_SERIES) mistakes[field] = "compare_too_many";
    return valid.slice(0, MOST_SERIES);
  }
}

/** What a comparison's page has in its address; what is as usual is left out. */
export function compareQuery(chosen: CompareAddress): URLSearchParams {
  const query = new URLSearchParams({
    categories: chosen.categories.join(","),
    regions: chosen.regions.join(","),
    window: chosen.window,
  });
  if (chosen.metric !== "posts") query.set("metric", chosen.metric);
  if (chosen.scale === "index") query.set("scale", "index");
  if (chosen.view === "where") query.set("view", "where");
  if (chosen.of !== null && chosen.view === "where") query.set("of", chosen.of);
  writeSpan(query, chosen);
  if (chosen.allRows) query.set("rows", "all");
  return query;
}

/** The address of a comparison as shown now with something else chosen. */
export const compareHref = (slug: string, now: CompareAddress, change: Partial<CompareAddress> = {}, page = "") =>
  `/t/${slug}/compare${page}?${compareQuery({ ...now, allRows: false, ...change })}`;

const asked = ({ categories, regions, window, metric, from, to }: CompareAddress) => ({
  categories: categories.join(","),
  regions: regions.join(","),
  window,
  metric,
  from,
  to,
});

/** The chart of a comparison as shown now, as a picture. */
export const comparePictureHref = (slug: string, chosen: CompareAddress) =>
  `/api/v1/compare.svg?${new URLSearchParams({ team: slug, ...asked(chosen), scale: chosen.scale })}`;

/** The values of a comparison as shown now, as a file. */
export const compareFileHref = (slug: string, chosen: CompareAddress) =>
  `/api/v1/compare.csv?${new URLSearchParams({ team: slug, ...asked(chosen) })}`;

/** Where a category stands, as a file. */
export const whereFileHref = (
  slug: string,
  categoryId: string,
  { metric, window }: { metric: string; window: string },
) => `/api/v1/categories/${categoryId}/regions.csv?${new URLSearchParams({ team: slug, metric, window })}`;
