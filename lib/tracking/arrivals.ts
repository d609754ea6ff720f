import "server-only";
import { PAGE_SIZE } from "@/lib/insights/schemas";

export type BoughtPage = {
  page: number;
  fetchedAt: string;
  receiptId: string;
  categories: readonly (string | null)[];
};

/** A category that only one of two rankings holds, with the page that shows it, and the one that should have. */
export type Arrival = {
  kind: "new" | "gone";
  categoryId: string;
  position: number;
  on: BoughtPage;
  /** The other ranking's page on which it would have stood, had it not moved. */
  missingOn: BoughtPage;
};

/** Pages that were fetched further apart are not one ranking: between them a category can slip through. */
const SAME_TIME_MS = 60 * 60_000;

/**
 * What is new and what is gone between two rankings of one question, within the pages that both were bought down to
 * without a gap and at one time: what fell below may stand on a page that nobody bought.
 */
export function arrivalsOf(before: readonly BoughtPage[], after: readonly BoughtPage[]): Arrival[] {
  const [was, is] = [unbroken(before), unbroken(after)];
  const reach = Math.min(was.length, is.length);
  const onlyIn = (pages: BoughtPage[], others: readonly BoughtPage[], kind: Arrival["kind"]) => {
    const known = new Set(others.flatMap(({ categories }) => categories));
    return pages.slice(0, reach).flatMap((on, index) =>
      on.categories.flatMap((categoryId, place): Arrival[] => {
        const missingOn = (kind === "new" ? was : is)[index];
        if (categoryId === null || known.has(categoryId) || !missingOn) return [];
        known.add(categoryId);
        return [{ kind, categoryId, position: index * PAGE_SIZE + place + 1, on, missingOn }];
      }),
    );
  };
  return [...onlyIn(is, before, "new"), ...onlyIn(was, after, "gone")];
}

/** The pages from the first on, without a hole, of one time. */
function unbroken(pages: readonly BoughtPage[]): BoughtPage[] {
  const sorted = [...pages].sort((a, b) => a.page - b.page);
  const first = sorted[0];
  const end = sorted.findIndex(
    ({ page, fetchedAt }, index) =>
      page !== index + 1 || Math.abs(Date.parse(fetchedAt) - Date.parse(first?.fetchedAt ?? fetchedAt)) > SAME_TIME_MS,
  );
  return end === -1 ? sorted : sorted.slice(0, end);
}
