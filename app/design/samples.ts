import type { ProviderBreak } from "@/lib/insights/break-schemas";
import type { HistoryPoint } from "@/lib/insights/history-schemas";
import type { RankingRow, Snapshot } from "@/lib/insights/schemas";
import type { Run } from "@/lib/tracking/schemas";
import { ID, LONG, NOW } from "./part";

const at = NOW.toISOString();

const row = (position: number, name: string, given: Partial<RankingRow> = {}): RankingRow => ({
  position,
  rank: position,
  categoryId: String(position),
  path: ["Beauty & Personal Care", "Makeup & Perfume", name],
  posts: 11_500,
  postsChangePct: 4.2 - position,
  impressions: 20_000_000,
  ctrPct: 1.83,
  cvrPct: 5.71,
  sixSecondViewRatePct: 8.77,
  cost: 48_200,
  cpa: 4.92 * position,
  likes: 48_452,
  comments: 1_029,
  shares: 873,
  ...given,
});

export const ROWS: RankingRow[] = [
  row(1, "Perfume"),
  row(2, LONG),
  row(3, "Lipstick", { cpa: null, ctrPct: null, postsChangePct: null, posts: null }),
];

export const SNAPSHOT: Snapshot = {
  id: ID,
  upstream: "sandbox",
  fetchedAt: "2026-11-24T09:00:00.000Z",
  query: { region: "US", window: "7", category: null, q: null, page: 1 },
  total: 500,
  hasMore: true,
  rows: ROWS,
  receipt: {
    id: ID,
    upstreamRequestId: "d8a309f6",
    boughtBy: { id: ID, name: "Mia Keller" },
    paidBy: "member",
    credits: 2,
    outcome: "charged",
  },
};

export const RUN: Run = {
  id: ID,
  kind: "search",
  searchId: ID,
  watchlistId: null,
  covers: 1,
  categoryId: null,
  region: null,
  member: { id: ID, name: "Mia Keller" },
  state: "done",
  requestedAt: at,
  finishedAt: at,
  stopping: false,
  maxCredits: 6,
  creditsSpent: 4,
  done: 3,
  total: 3,
  bought: 2,
  failed: 0,
  skipped: 0,
  items: null,
  problem: null,
};

export const BREAK: ProviderBreak = {
  id: ID,
  kind: "unit",
  metric: "cost",
  factor: 100,
  was: 20,
  is: 2000,
  region: "US",
  window: "7",
  categoryId: null,
  categoryName: null,
  q: null,
  page: 1,
  before: { receiptId: ID, fetchedAt: at },
  after: { receiptId: ID, fetchedAt: at },
  endedAt: null,
  heldAlerts: 0,
  verdict: null,
  judgedAt: null,
  judgedBy: null,
};

export const SUMMARY = {
  from: "2026-11-01",
  to: "2026-11-30",
  resetsAt: "2026-12-01T00:00:00.000Z",
  spent: 640,
  held: 20,
  unsettled: 2,
  limit: 900,
  left: 240,
  own: { spent: 120, held: 0, limit: 200, left: 80 },
};

export const MONTHS = ["2026-08", "2026-09", "2026-10"].map(
  (window, nth) =>
    ({
      ...row(1, "Perfume", { posts: 9_000 + nth * 900 }),
      window,
      fetchedAt: at,
      receiptId: ID,
      place: 1,
    }) as unknown as HistoryPoint,
);
