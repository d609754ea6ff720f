import "server-only";
import { categoryHref } from "@/app/_ui/category-href";
import { type TableAddress, tableAddress } from "@/app/_ui/table-address";
import { SHOWN, type Shown } from "@/lib/insights/category-tiles";
import { dayNumber, dayOfNumber } from "@/lib/insights/day-points";
import { type Region, regionSchema, windowSchema } from "@/lib/insights/schemas";
import { closedMonths } from "@/lib/platform/format/date";

type Address = Record<string, string | string[] | undefined>;
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export const SPANS = ["30d", "90d", "1y", "all"] as const;
export type Span = (typeof SPANS)[number];
const SPAN_DAYS: Record<Span, number> = { "30d": 30, "90d": 90, "1y": 365, all: 1100 };
/** Months are too far apart for the short spans. */
export const spansOf = (window: string): readonly Span[] => (window === "month" ? ["1y", "all"] : SPANS);

export type CategoryAddress = {
  region: Region;
  /** `month` joins the calendar months. */
  window: string;
  shown: Shown;
  /** Null while days were chosen by hand. */
  span: Span | null;
  from: string;
  to: string;
  /** Every stored answer of the span, and not only the newest ones. */
  allAnswers: boolean;
};
export type Mistakes = Partial<Record<"region" | "window" | "from" | "to", string>>;

/**
 * What an address asks of a category's page. What is not valid falls back to the team's own and is named in `mistakes`;
 * days that are reversed or too far apart are named too, and the usual span is shown.
 */
export function parseCategoryAddress(
  address: Address,
  team: { defaultRegion: string; defaultWindow: string },
  today: string,
): { chosen: CategoryAddress; typed: { from?: string; to?: string }; mistakes: Mistakes } {
  const mistakes: Mistakes = {};
  const region = regionSchema.safeParse(one(address.region) || team.defaultRegion);
  if (!region.success) mistakes.region = "region_unknown";
  const asked = one(address.window) || team.defaultWindow;
  const isKnown = asked === "month" || windowSchema.safeParse(asked).success;
  if (!isKnown) mistakes.window = "window_unknown";
  const window = !isKnown ? team.defaultWindow : asked;
  const joined = window.includes("-") ? "month" : window;
  const span = parseSpan(address, joined, today);
  return {
    chosen: {
      region: region.success ? region.data : (team.defaultRegion as Region),
      window: joined,
      shown: SHOWN.find((name) => name === one(address.metric)) ?? "posts",
      ...span.chosen,
      allAnswers: one(address.answers) === "all",
    },
    typed: span.typed,
    mistakes: { ...mistakes, ...span.mistakes },
  };
}

export type SpanChoice = Pick<CategoryAddress, "span" | "from" | "to">;

/** Which days an address asks for: a ready-made span, or days by hand where both are days and in their order. */
export function parseSpan(
  address: Address,
  window: string,
  today: string,
): { chosen: SpanChoice; typed: { from?: string; to?: string }; mistakes: Pick<Mistakes, "from" | "to"> } {
  const mistakes: Mistakes = {};
  const span = spansOf(window).find((name) => name === one(address.span)) ?? usualSpan(window);
  const [from, to] = [one(address.from)?.trim() || undefined, one(address.to)?.trim() || undefined];
  for (const [field, day] of [
    ["from", from],
    ["to", to],
  ] as const) {
    if (day && !(DAY.test(day) && dayOfNumber(dayNumber(day)) === day)) mistakes[field] = "date_unknown";
  }
  const last = to && !mistakes.to ? to : today;
  const first = from && !mistakes.from ? from : dayOfNumber(dayNumber(last) - SPAN_DAYS[span] + 1);
  if (first > last) mistakes.to ??= "dates_reversed";
  else if (dayNumber(last) - dayNumber(first) >= SPAN_DAYS.all) mistakes.from ??= "history_too_long";
  const byHand = Boolean(from || to) && !mistakes.from && !mistakes.to;
  return {
    chosen: {
      span: byHand ? null : span,
      from: byHand ? first : dayOfNumber(dayNumber(today) - SPAN_DAYS[span] + 1),
      to: byHand ? last : today,
    },
    typed: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
    mistakes,
  };
}

const usualSpan = (window: string): Span => (window === "month" ? "1y" : "90d");

/** Writes chosen days into an address; what is as usual is left out. */
export function writeSpan(query: URLSearchParams, { window, span, from, to }: SpanChoice & { window: string }): void {
  if (span === null) {
    query.set("from", from);
    query.set("to", to);
  } else if (span !== usualSpan(window) && spansOf(window).includes(span)) {
    query.set("span", span);
  }
}

/** The address of a category as shown now with something else chosen; what is as usual is left out. */
export function categoryViewHref(
  slug: string,
  id: string,
  now: CategoryAddress,
  change: Partial<CategoryAddress> = {},
): string {
  const next = { ...now, allAnswers: false, ...change };
  const query = new URLSearchParams();
  if (next.shown !== "posts") query.set("metric", next.shown);
  writeSpan(query, next);
  if (next.allAnswers) query.set("answers", "all");
  return `${categoryHref(slug, id, next)}${query.size > 0 ? `&${query}` : ""}`;
}

export type CategoryTables = Record<"answers" | "imported" | "own" | "notes" | "siblings" | "below", TableAddress>;
/** Rows of a page of each: the answers that stand open, sheets and siblings keep within 60 together. */
export const CATEGORY_ROWS = { imported: 15, own: 20, notes: 20, siblings: 30 } as const;

/** Where each long table of a category's page stands; another page of one leaves the others where they are. */
export function categoryTables(slug: string, id: string, given: Address): CategoryTables {
  const of = (name: string, anchor = name) => tableAddress(`/t/${slug}/categories/${id}`, given, name, anchor);
  return {
    answers: of("answers"),
    imported: of("imported"),
    own: of("own", "own-numbers"),
    notes: of("notes"),
    siblings: of("siblings"),
    below: of("below"),
  };
}

/** The chart of a category as shown now, as a picture. */
export const historyPictureHref = (slug: string, id: string, { shown, region, window, from, to }: CategoryAddress) =>
  `/api/v1/categories/${id}/history.svg?${new URLSearchParams({ team: slug, region, window, from, to, metric: shown })}`;

/** The answers of a category as shown now, as a file. */
export const historyFileHref = (slug: string, id: string, { region, window, from, to }: CategoryAddress) =>
  `/api/v1/categories/${id}/history.csv?${new URLSearchParams({ team: slug, region, window, from, to })}`;

type CategoryFile = "figures" | "siblings" | "imported" | "own-numbers";

/** What a category's page shows beside its answers, as a file; own numbers are of every region. */
export function categoryFileHref(slug: string, id: string, file: CategoryFile, chosen: CategoryAddress) {
  const { region, window, from, to } = chosen;
  const asked: Record<string, string> = {
    figures: { region, window },
    siblings: { region, window },
    imported: { region, window, from, to },
    "own-numbers": {},
  }[file];
  return `/api/v1/categories/${id}/${file}.csv?${new URLSearchParams({ team: slug, ...asked })}`;
}

/** The calendar months of a category as a file, as far back as a page shows them. */
export const monthsFileHref = (slug: string, id: string, { region }: Pick<CategoryAddress, "region">) =>
  `/api/v1/categories/${id}/history.csv?${new URLSearchParams({ team: slug, region, window: "month" })}`;

/** The brief of a category in the region and window that is looked at. */
export const briefHref = (slug: string, id: string, { region, window, shown }: CategoryAddress) =>
  `/t/${slug}/categories/${id}/brief?${new URLSearchParams({ region, window, metric: shown })}`;

/** The window of present figures: where the calendar months are joined, the newest month that has ended. */
export function presentWindow(window: string, now: Date, timeZone: string): string {
  const [closedMonth = ""] = closedMonths(now, 1, timeZone);
  return window === "month" ? closedMonth : window;
}
