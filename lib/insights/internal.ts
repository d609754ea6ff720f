import "server-only";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { seesRequestsOf } from "@/lib/credits/sees-requests-of";
import type { Prisma, Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { RankingRow, Region, Snapshot } from "./schemas";

export const WITH_ROWS = {
  rows: { orderBy: { place: "asc" } },
  request: { include: { member: { include: { user: { select: { name: true } } } } } },
} satisfies Prisma.SnapshotInclude;

type SnapshotRow = Prisma.SnapshotGetPayload<{ include: typeof WITH_ROWS }>;

const numberOrNull = (value: bigint | null) => (value === null ? null : Number(value));

/** The stored answers of one team and upstream with the learned names of their categories. */
async function toSnapshots(tx: Tx, rows: SnapshotRow[]): Promise<Snapshot[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = new Set(
    rows.flatMap((row) => row.rows.flatMap((r) => [r.topId, r.parentId, r.categoryId])).filter((id) => id !== null),
  );
  const categories = await tx.category.findMany({
    where: { teamId: first.teamId, upstream: first.upstream, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  const names = new Map(categories.map((category) => [category.id, category.name]));
  return rows.map((row) => toSnapshot(row, names));
}

function toSnapshot(row: SnapshotRow, names: ReadonlyMap<string, string | null>): Snapshot {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  const { request } = row;
  return {
    id: row.id,
    upstream: row.upstream as Snapshot["upstream"],
    fetchedAt: row.fetchedAt.toISOString(),
    query: {
      region: row.region as Region,
      window: row.window,
      category: row.categoryId || null,
      q: row.q || null,
      page: row.page,
    },
    total: row.total,
    hasMore: row.hasMore,
    rows: row.rows.map(
      (r): RankingRow => ({
        position: r.position,
        rank: r.rank,
        categoryId: r.categoryId,
        path: [nameOf(r.topId), nameOf(r.parentId), nameOf(r.categoryId)],
        posts: numberOrNull(r.posts),
        postsChangePct: r.postsChangePct,
        impressions: numberOrNull(r.impressions),
        ctrPct: r.ctrPct,
        cvrPct: r.cvrPct,
        sixSecondViewRatePct: r.sixSecondViewRatePct,
        cost: r.cost,
        cpa: r.cpa,
        likes: numberOrNull(r.likes),
        comments: numberOrNull(r.comments),
        shares: numberOrNull(r.shares),
      }),
    ),
    receipt: {
      id: request.id,
      upstreamRequestId: request.upstreamRequestId,
      boughtBy: { id: request.memberId, name: request.member.user.name },
      paidBy: request.byShare ? "share" : "member",
      credits: request.state === "charged" ? request.priceCredits : 0,
      outcome: request.state as Snapshot["receipt"]["outcome"],
    },
  };
}

/** A stored answer by a condition within the team; the newest by its time of sending, or null. */
export async function findSnapshot(
  tx: Tx,
  where: Prisma.SnapshotWhereInput & { teamId: string },
): Promise<Snapshot | null> {
  const row = await tx.snapshot.findFirst({
    where,
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    include: WITH_ROWS,
  });
  const [snapshot] = await toSnapshots(tx, row ? [row] : []);
  return snapshot ?? null;
}

/** Stored answers of the team's upstream by their ids, in no order; an id of others is not among them. */
export async function findSnapshots(tx: Tx, ctx: TeamContext, ids: string[]): Promise<Snapshot[]> {
  if (ids.length === 0) return [];
  const rows = await tx.snapshot.findMany({
    where: { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", id: { in: ids } },
    include: WITH_ROWS,
  });
  return toSnapshots(tx, rows);
}

export const readSnapshotById = (teamId: string, id: string) =>
  asTeam(teamId, (tx) => findSnapshot(tx, { teamId, id }));

export type ReceiptScope = { snapshotId: string | null; memberId: string; seesDetails: boolean };

/**
 * Whether this reader may open the receipt of a request, and how much of it. What it brought is the whole team's;
 * a request of somebody else that brought nothing belongs to whoever may see single requests.
 * @throws `not_found` also for the other upstream, whose data is hidden
 */
export async function fetchReceiptScope(tx: Tx, ctx: TeamContext, requestId: string): Promise<ReceiptScope> {
  const request = await tx.creditRequest.findUnique({
    where: { teamId_id: { teamId: ctx.team.id, id: requestId } },
    select: { memberId: true, upstream: true, snapshot: { select: { id: true } } },
  });
  if (!request || request.upstream !== ctx.team.upstream) throw notFound();
  const seesDetails = await seesRequestsOf(tx, ctx, request.memberId);
  if (!seesDetails && !request.snapshot) throw notFound();
  return { snapshotId: request.snapshot?.id ?? null, memberId: request.memberId, seesDetails };
}
