import "server-only";
import type { Question, Upstream } from "./schemas";

/** The endpoint's name in the ledger; the client declares the same one. */
export const ENDPOINT = "insights_products";

/** A question as one text: equal questions of a team and upstream have equal keys, others never. */
export function questionKey(upstream: Upstream, question: Question): string {
  const { region, window, category, q, page } = question;
  return JSON.stringify([upstream, ENDPOINT, region, window, category ?? "", q ?? "", page]);
}
