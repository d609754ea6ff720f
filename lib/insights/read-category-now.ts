import "server-only";
import { type TeamContext, withTeamAlone, withTeamLookups } from "@/lib/auth/context";
import { fetchWalls, heldBetween, type Wall, withoutHeld } from "./breaks";
import { currentQuery, earlierQuery, type NowRow, peersQuery, type SeriesPlace } from "./category-now-query";
import { METRICS, type Metric } from "./schemas";

export type Figures = Record<Metric, number | null>;
export type DatedFigures = { window: string; fetchedAt: string; rank: number | null; figures: Figures };
export type Peer = DatedFigures & {
  id: string;
  parentId: string | null;
  name: string | null;
  receiptId: string | null;
};

/** Where a category stands now in a region and window, against before and against the others. */
export type CategoryNow = {
  current: (DatedFigures & { receiptId: string; place: number; boughtBy: string }) | null;
  /** A whole window before the current figures' day, or the nearest before that; what is held back is null there. */
  before: DatedFigures | null;
  /** The newest that an unfiltered ranking gave. */
  lastRank: { rank: number; fetchedAt: string } | null;
  /** Every other category under the same first level that something is stored of here, by name; receipts on demand. */
  peers: Peer[];
};

/**
 * The newest stored figures of a category, what they are compared with, and the newest stored figures of all others
 * under the same first level. For `month` all of it is of the newest month. Never spends.
 */
export async function readCategoryNow(
  ctx: TeamContext,
  id: string,
  place: SeriesPlace,
  { withReceipts = false } = {},
): Promise<CategoryNow> {
  const isMonth = place.window === "month";
  const [{ walls, ...own }, beside] = await Promise.all([
    readOwn(ctx, id, place),
    isMonth ? [] : readPeers(ctx, id, place, withReceipts),
  ]);
  const { current } = own;
  if (!current) return { ...own, peers: beside };
  // Of calendar months only the category's own newest one tells which month the others are looked at in.
  const peers = isMonth ? await readPeers(ctx, id, { ...place, window: current.window }, withReceipts) : beside;
  return { ...own, peers: peers.map((peer) => comparableWith(current, peer, place.region, walls)) };
}

type Own = Omit<CategoryNow, "peers"> & { walls: readonly Wall[] };

const readOwn = (ctx: TeamContext, id: string, place: SeriesPlace): Promise<Own> =>
  withTeamLookups(ctx, "insights:read", async (tx) => {
    const [row] = await tx.$queryRaw<NowRow[]>(currentQuery(ctx.team, id, place));
    if (!row) return { current: null, before: null, lastRank: null, walls: [] };
    const [earlier, walls] = await Promise.all([
      tx.$queryRaw<(NowRow & { kind: "before" | "ranked" })[]>(earlierQuery(ctx.team, id, place.region, row)),
      fetchWalls(tx, ctx.team),
    ]);
    const current = toDated(row);
    const before = earlier.find(({ kind }) => kind === "before");
    const ranked = earlier.find(({ kind }) => kind === "ranked");
    return {
      current: { ...current, receiptId: row.request_id, place: row.place, boughtBy: row.bought_by },
      before: before ? comparableWith(current, toDated(before), place.region, walls) : null,
      lastRank:
        ranked?.rank === undefined || ranked.rank === null
          ? null
          : { rank: ranked.rank, fetchedAt: ranked.fetched_at.toISOString() },
      walls,
    };
  });

type PeerRow = Omit<NowRow, "request_id"> & { request_id: string | null };

const readPeers = (ctx: TeamContext, id: string, place: SeriesPlace, withReceipts: boolean): Promise<Peer[]> =>
  withTeamAlone(ctx, "insights:read", async (tx) =>
    (await tx.$queryRaw<PeerRow[]>(peersQuery(ctx.team, id, place, withReceipts))).map(toPeer),
  );

/** Earlier or others' figures without those that a change of the provider keeps from being compared with the current. */
function comparableWith<Dated extends DatedFigures>(
  current: DatedFigures,
  other: Dated,
  region: string,
  walls: readonly Wall[],
): Dated {
  const held = heldBetween(walls, { region, window: current.window }, other.fetchedAt, current.fetchedAt);
  const rank = held.has("rank") ? null : other.rank;
  return { ...other, rank, figures: withoutHeld(other.figures, held) };
}

const toDated = (row: Omit<NowRow, "request_id">): DatedFigures => ({
  window: row.window,
  fetchedAt: row.fetched_at.toISOString(),
  rank: row.rank,
  figures: Object.fromEntries(METRICS.map((metric, index) => [metric, row.figures[index] ?? null])) as Figures,
});

const toPeer = (row: PeerRow): Peer => ({
  ...toDated(row),
  id: row.id,
  parentId: row.parent_id,
  name: row.name,
  receiptId: row.request_id,
});
