import "server-only";
import { PAGE_SIZE } from "@/lib/insights/schemas";
import type { AlertRuleInput } from "./schemas";
import type { Firing } from "./try-figure";

export type PlaceRule = Pick<AlertRuleInput, "condition" | "value">;

/** One page of a question as an answer gave it: positions within the question, by category. */
export type PageAnswer = { page: number; at: number; snapshotId: string; places: ReadonlyMap<string, number> };

/**
 * Whether the newest page gives a rule about places something to tell of a category. Nothing is claimed of places
 * that nobody bought: a category is out of the top once it was seen below it, or once every page of the top was bought
 * after it was last seen.
 * @param answers to one question, oldest first, of whatever pages; the newest is looked at
 */
export function tryPlace(rule: PlaceRule, answers: readonly PageAnswer[], categoryId: string): Firing | null {
  const now = answers.at(-1);
  if (!now) return null;
  const earlier = answers.slice(0, -1);
  const seen = earlier.findLast(({ places }) => places.has(categoryId));
  const place = now.places.get(categoryId) ?? null;
  if (!happened(rule, earlier, answers, categoryId)) return null;
  return {
    oldValue: seen?.places.get(categoryId) ?? null,
    newValue: place,
    oldAt: seen?.at ?? null,
    newAt: now.at,
    oldSnapshotId: seen?.snapshotId ?? null,
    snapshotId: now.snapshotId,
    observations: null,
  };
}

function happened(
  { condition, value }: PlaceRule,
  earlier: readonly PageAnswer[],
  all: readonly PageAnswer[],
  categoryId: string,
): boolean {
  const now = all.at(-1);
  if (condition === "is_new") {
    const isThere = now?.places.has(categoryId) ?? false;
    return (
      isThere && earlier.some(({ page }) => page === now?.page) && !earlier.some((one) => one.places.has(categoryId))
    );
  }
  const top = value ?? 0;
  const [was, is] = [isWithin(top, earlier, categoryId), isWithin(top, all, categoryId)];
  return condition === "enters_top" ? was === false && is === true : was === true && is === false;
}

/** Null: nobody can tell from what was bought. */
function isWithin(top: number, answers: readonly PageAnswer[], categoryId: string): boolean | null {
  const seenAt = answers.findLastIndex(({ places }) => places.has(categoryId));
  const since = new Set(answers.slice(seenAt + 1).map(({ page }) => page));
  const pages = Math.ceil(top / PAGE_SIZE);
  if (Array.from({ length: pages }, (_, index) => index + 1).every((page) => since.has(page))) return false;
  const place = answers[seenAt]?.places.get(categoryId);
  return place === undefined ? null : place <= top;
}

/** Every category that the pages hold, each once. */
export const categoriesOf = (answers: readonly PageAnswer[]): string[] => [
  ...new Set(answers.flatMap(({ places }) => [...places.keys()])),
];
