import "server-only";
import type { Question } from "@/lib/insights/schemas";

/** A question of a run, and what it is for where the run is for several. */
export type OrderedQuestion = Question & { searchId?: string | null; watchlistId?: string | null };

/** A step as it is stored before it is asked. */
export const stepRow = (teamId: string, runId: string, seq: number, question: OrderedQuestion) => ({
  teamId,
  runId,
  seq,
  region: question.region,
  window: question.window,
  categoryId: question.category ?? "",
  q: question.q ?? "",
  page: question.page,
  searchId: question.searchId ?? null,
  watchlistId: question.watchlistId ?? null,
});
