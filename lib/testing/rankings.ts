import { METRICS, PAGE_SIZE, type RankingRow, type Region, type Snapshot } from "@/lib/insights/schemas";

const ID = "0199b0a0-0000-7000-8000-000000000000";

const NO_FIGURES = Object.fromEntries(METRICS.map((metric) => [metric, null])) as Record<
  (typeof METRICS)[number],
  null
>;

/** A page of a ranking that holds these categories in this order; figures are missing unless given. */
export function rankingPage(
  page: number,
  categories: (string | ({ categoryId: string } & Partial<RankingRow>))[],
  over: Partial<Omit<Snapshot, "query">> & { query?: Partial<Snapshot["query"]> } = {},
): Snapshot {
  const { query, ...rest } = over;
  return {
    id: ID,
    upstream: "sandbox",
    fetchedAt: "2026-11-20T10:00:00.000Z",
    query: { region: "US" as Region, window: "7", category: null, q: null, page, ...query },
    total: 500,
    hasMore: true,
    rows: categories.map((category, index) => {
      const position = (page - 1) * PAGE_SIZE + index + 1;
      const given = typeof category === "string" ? { categoryId: category } : category;
      return { position, rank: position, path: [null, null, given.categoryId], ...NO_FIGURES, ...given };
    }),
    receipt: {
      id: ID,
      upstreamRequestId: null,
      boughtBy: { id: ID, name: "Mia Keller" },
      paidBy: "member",
      credits: 2,
      outcome: "charged",
    },
    ...rest,
  };
}
