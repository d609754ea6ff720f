import "server-only";
import type { PastAsk } from "./replay-asks";

/** In the order in which they are looked for: a purchase counts as one of them only. */
export const WASTES = ["repeated", "unopened", "unchanged"] as const;
export type Waste = (typeof WASTES)[number];

/** What is known of a readable answer that was bought. */
export type BoughtFacts = {
  /** A test of the key is to buy, whatever is stored. */
  isKeyTest: boolean;
  /** Its figures were on a screen, it went to a program, or it served somebody again; null while nobody knows. */
  opened: boolean | null;
  /** Its rows are those of the answer before it. */
  equalsBefore: boolean;
};

/**
 * Which purchases were for nothing: they repeated a copy that was fresh by the team's setting, nobody opened their
 * answer, or it was the same as the one before.
 */
export function findWaste(
  asks: readonly PastAsk[],
  stored: ReadonlyMap<string, number>,
  facts: ReadonlyMap<string, BoughtFacts>,
  freshMs: number,
): ReadonlyMap<string, Waste> {
  const newest = new Map(stored);
  const found = new Map<string, Waste>();
  for (const { id, at, questionKey, cameOf, credits, fetchedAt } of asks) {
    if (cameOf !== "bought") continue;
    const known = facts.get(id);
    const before = newest.get(questionKey);
    if (fetchedAt !== null) newest.set(questionKey, fetchedAt);
    if (!known || known.isKeyTest || credits === 0) continue;
    if (before !== undefined && at - before < freshMs) found.set(id, "repeated");
    else if (known.opened === false) found.set(id, "unopened");
    else if (known.equalsBefore) found.set(id, "unchanged");
  }
  return found;
}
