import "server-only";
import { MAX_PAGE, PAGE_SIZE, type Question, questionSchema } from "@/lib/insights/schemas";
import type { RankingView, SortKey } from "@/lib/insights/sort-rows";

export type Address = Record<string, string | string[] | undefined>;

const FIELDS = ["region", "window", "category", "q", "page"] as const;
export type Field = (typeof FIELDS)[number];

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/**
 * The question of an address. Fields that are not valid fall back to the team's defaults and are named in `mistakes`
 * by the key of their sentence; `typed` keeps what stood there.
 */
export function parseQuestion(address: Address, defaults: { region: string; window: string }) {
  const typed = Object.fromEntries(FIELDS.map((field) => [field, one(address[field])])) as Record<
    Field,
    string | undefined
  >;
  const base = { region: defaults.region, window: defaults.window };
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value));
  const mistakes: Partial<Record<Field, string>> = {};
  const first = questionSchema.safeParse({ ...base, ...given });
  if (first.success) return { question: first.data, mistakes, typed };
  for (const issue of first.error.issues) {
    const field = FIELDS.find((name) => name === issue.path[0]);
    if (!field) continue;
    mistakes[field] ??= issue.message;
    delete given[field];
  }
  return { question: questionSchema.parse({ ...base, ...given }), mistakes, typed };
}

type Place = { question: Question; view?: Partial<RankingView> };

/** The address that shows a question in a view; what is as usual is left out. */
export function exploreHref(slug: string, { question, view }: Place): string {
  const query = new URLSearchParams({ region: question.region, window: question.window });
  if (question.category) query.set("category", question.category);
  if (question.q) query.set("q", question.q);
  if (question.page > 1) query.set("page", String(question.page));
  if (view?.preset && view.preset !== "all") query.set("preset", view.preset);
  if (view?.sort) query.set("sort", view.sort);
  if (view?.sort && view.dir) query.set("dir", view.dir);
  return `/t/${slug}/explore?${query}`;
}

/** All stored pages of a ranking, as a file. */
export function rankingFileHref(slug: string, { region, window, category, q }: Question): string {
  const query = new URLSearchParams({ team: slug, region, window });
  if (category) query.set("category", category);
  if (q) query.set("q", q);
  return `/api/v1/insights.csv?${query}`;
}

/** The order that an address asks for, if it asks for one: presets have their own. */
export const chosenSort = (address: Address, view: RankingView): { sort?: SortKey; dir?: "asc" | "desc" } =>
  one(address.sort) === view.sort ? { sort: view.sort, dir: view.dir } : {};

/** How many pages a ranking of so many rows has, as far as anybody may ask. */
export const pagesOf = (total: number) => Math.max(1, Math.min(MAX_PAGE, Math.ceil(total / PAGE_SIZE)));
