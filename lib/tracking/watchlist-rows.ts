import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Region } from "@/lib/insights/schemas";
import { Prisma, type Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { containing, readTablePage, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import type { WatchItem, Watchlist } from "./schemas";

type ListRow = {
  id: string;
  name: string;
  window: string;
  shared: boolean;
  color: string;
  notes: string;
  version: number;
  maker_id: string | null;
  maker_name: string | null;
  created_at: Date;
  updated_at: Date;
  item_count: number;
  without_data: number;
  oldest_fetched_at: Date | null;
  scheduled: boolean;
};

const seenBy = (ctx: TeamContext, q = "") => {
  const part = containing(q);
  return Prisma.sql`w.team_id = ${ctx.team.id}::uuid and w.upstream = ${ctx.team.upstream ?? ""}
    and (w.shared or w.member_id = ${ctx.member.id}::uuid) and w.deleted_at is null
    ${q === "" ? Prisma.empty : Prisma.sql`and (w.name ilike ${part} or w.notes ilike ${part})`}`;
};

/** A page of the lists that this member may see, newest first: those that hold a text in their names or notes. */
export function fetchWatchlistsPage(
  tx: Tx,
  ctx: TeamContext,
  look: TableLook,
  most: number,
): Promise<TablePage<Watchlist>> {
  const seen = seenBy(ctx, look.q);
  const count = async () => {
    const rows = await tx.$queryRaw<{ total: number }[]>`
      select count(*)::int as total from watchlist w where ${seen}`;
    return rows[0]?.total ?? 0;
  };
  const read = async (limit: number, offset: number) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select w.id from watchlist w where ${seen}
      order by w.created_at desc, w.id desc limit ${limit}::int offset ${offset}::int`;
    return fetchWatchlists(
      tx,
      ctx,
      rows.map(({ id }) => id),
    );
  };
  return readTablePage(look, count, read, most);
}

/** Lists that this member may see, newest first, each with the age of its figures: one look-up of the index an item. */
export async function fetchWatchlists(
  tx: Tx,
  ctx: TeamContext,
  ids: readonly string[] | null = null,
): Promise<Watchlist[]> {
  const rows = await tx.$queryRaw<ListRow[]>`
    select w.id, w.name, w."window", w.shared, w.color, w.notes, w.version, m.id as maker_id, u.name as maker_name,
      w.created_at, w.updated_at, i.item_count, i.without_data, i.oldest_fetched_at,
      exists (select 1 from schedule s where s.team_id = w.team_id and s.watchlist_id = w.id and s.ended_at is null) as scheduled
    from watchlist w
      left join membership m on m.team_id = w.team_id and m.id = w.member_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
      cross join lateral (
        select count(*)::int as item_count, count(*) filter (where n.fetched_at is null)::int as without_data,
          min(n.fetched_at) as oldest_fetched_at
        from watch_item wi left join lateral (
          select r.fetched_at from ranking_row r
          where r.team_id = wi.team_id and r.upstream = w.upstream and r.category_id = wi.category_id
            and r.region = wi.region and r."window" = w."window"
          order by r.fetched_at desc limit 1) n on true
        where wi.team_id = w.team_id and wi.watchlist_id = w.id) i
    where ${seenBy(ctx)} ${ids === null ? Prisma.empty : Prisma.sql`and w.id = any(${ids}::uuid[])`}
    order by w.created_at desc, w.id desc`;
  return rows.map(toWatchlist);
}

const toWatchlist = (row: ListRow): Watchlist => ({
  id: row.id,
  name: row.name,
  window: row.window,
  shared: row.shared,
  color: row.color as Watchlist["color"],
  notes: row.notes,
  version: row.version,
  maker: row.maker_id === null ? null : { id: row.maker_id, name: row.maker_name ?? "" },
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  itemCount: row.item_count,
  withoutData: row.without_data,
  oldestFetchedAt: row.oldest_fetched_at?.toISOString() ?? null,
  scheduled: row.scheduled,
});

/** @throws `not_found`, also for somebody else's private list and for a deleted one */
export async function fetchWatchlist(tx: Tx, ctx: TeamContext, id: string): Promise<Watchlist> {
  const [list] = await fetchWatchlists(tx, ctx, [id]);
  if (!list) throw notFound();
  return list;
}

type LockedList = { id: string; name: string; memberId: string | null; shared: boolean };

/**
 * A list that is about to change, held until the transaction ends: whoever adds to it or orders it at the same moment
 * waits. @throws `not_found` as `fetchWatchlist`
 */
export async function lockWatchlist(tx: Tx, ctx: TeamContext, id: string): Promise<LockedList> {
  const [row] = await tx.$queryRaw<LockedList[]>`
    select id, name, member_id as "memberId", shared from watchlist
    where team_id = ${ctx.team.id}::uuid and id = ${id}::uuid and upstream = ${ctx.team.upstream ?? ""}
      and (shared or member_id = ${ctx.member.id}::uuid) and deleted_at is null
    for update`;
  if (!row) throw notFound();
  return row;
}

export const WITH_ADDER = {
  addedBy: { select: { removedAt: true, user: { select: { name: true } } } },
} satisfies Prisma.WatchItemInclude;

type ItemRow = Prisma.WatchItemGetPayload<{ include: typeof WITH_ADDER }>;

export const toWatchItem = (row: ItemRow): WatchItem => ({
  id: row.id,
  categoryId: row.categoryId,
  region: row.region as Region,
  note: row.note,
  tags: row.tags,
  color: row.color as WatchItem["color"],
  place: row.place,
  version: row.version,
  addedBy: row.addedBy && row.addedBy.removedAt === null ? row.addedBy.user.name : null,
  addedAt: row.addedAt.toISOString(),
});

/** @throws `not_found` when it is not on this list */
export async function fetchWatchItem(tx: Tx, ctx: TeamContext, listId: string, id: string): Promise<WatchItem> {
  const row = await tx.watchItem.findFirst({
    where: { teamId: ctx.team.id, watchlistId: listId, id },
    include: WITH_ADDER,
  });
  if (!row) throw notFound();
  return toWatchItem(row);
}

/** Puts an item at a position from 1; the others close up, numbered anew from 1. */
export async function placeItem(tx: Tx, ctx: TeamContext, listId: string, itemId: string, place: number) {
  await tx.$executeRaw`
    with others as (
      select id, row_number() over (order by place, id) as nth from watch_item
      where team_id = ${ctx.team.id}::uuid and watchlist_id = ${listId}::uuid and id <> ${itemId}::uuid),
    ordered as (
      select id, (nth + (nth >= ${place}::int)::int)::int as place from others
      union all select ${itemId}::uuid, least(${place}::int, (select count(*) from others) + 1)::int)
    update watch_item w set place = o.place from ordered o
    where w.team_id = ${ctx.team.id}::uuid and w.id = o.id and w.place <> o.place`;
}
