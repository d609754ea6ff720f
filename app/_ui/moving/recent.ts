/** `href` has its filters, as it was last seen. */
export type Visit = { href: string; name: string };

const MOST = 6;
const THING = /^\/t\/[^/]+\/(categories|searches|watchlists)\/[^/]+$/;

/** Whether a page shows one thing of the team: those that every navigation holds need no remembering. */
export const isThing = (path: string) => THING.test(path);

const pathOf = (href: string) => href.split("?")[0] ?? href;

const isVisit = (value: unknown): value is Visit =>
  typeof value === "object" &&
  value !== null &&
  "href" in value &&
  typeof value.href === "string" &&
  "name" in value &&
  typeof value.name === "string";

/** The visits that were kept, newest first; none where that cannot be read, or is of another team. */
export function parseVisits(text: string | null, slug: string): Visit[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(kept)) return [];
  return kept.filter(isVisit).filter(({ href }) => href.startsWith(`/t/${slug}/`) && isThing(pathOf(href)));
}

/** With one more: a page stands there once, as it was last seen. */
export const withVisit = (visits: readonly Visit[], visit: Visit): Visit[] =>
  [visit, ...visits.filter(({ href }) => pathOf(href) !== pathOf(visit.href))].slice(0, MOST);
