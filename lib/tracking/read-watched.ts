import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import type { Watched, WatchedPlace } from "./watch-view";

/**
 * For the stars of a table: which of its rows are watched already, on which list and by whom, and the lists that this
 * member sees, and may add to unless a viewer. Two statements, however many rows.
 */
export async function readWatched(
  ctx: TeamContext,
  pairs: readonly { categoryId: string; region: string }[],
): Promise<Watched> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const lists = await tx.$queryRaw<{ id: string; name: string }[]>`
      select w.id, w.name from watchlist w
        left join lateral (
          select max(i.added_at) as at from watch_item i
          where i.team_id = w.team_id and i.watchlist_id = w.id and i.added_by_id = ${ctx.member.id}::uuid) used on true
      where w.team_id = ${ctx.team.id}::uuid and w.upstream = ${ctx.team.upstream ?? ""} and w.deleted_at is null
        and (w.shared or w.member_id = ${ctx.member.id}::uuid)
      order by used.at desc nulls last, w.created_at desc, w.id desc`;
    type Row = {
      category_id: string;
      region: string;
      id: string;
      watchlist_id: string;
      added_by: string | null;
    } & Pick<WatchedPlace, "note" | "tags" | "color" | "place">;
    const rows = await tx.$queryRaw<Row[]>`
      select i.category_id, i.region, i.id, i.watchlist_id, i.note, i.tags, i.color, i.place, u.name as added_by
      from unnest(${pairs.map(({ categoryId }) => categoryId)}::text[], ${pairs.map(({ region }) => region)}::text[])
          as asked (category_id, region)
        join watch_item i on i.team_id = ${ctx.team.id}::uuid and i.category_id = asked.category_id
          and i.region = asked.region
        left join membership m on m.team_id = i.team_id and m.id = i.added_by_id and m.removed_at is null
        left join user_account u on u.id = m.user_id
      where i.watchlist_id = any(${lists.map(({ id }) => id)}::uuid[])
      order by i.added_at, i.id`;
    const names = new Map(lists.map(({ id, name }) => [id, name]));
    const items: Watched["items"] = {};
    for (const { note, tags, color, place, ...row } of rows) {
      const key = `${row.category_id}/${row.region}`;
      items[key] = [
        ...(items[key] ?? []),
        {
          listId: row.watchlist_id,
          itemId: row.id,
          listName: names.get(row.watchlist_id) ?? "",
          addedBy: row.added_by,
          ...{ note, tags, color, place },
        },
      ];
    }
    return { mayWatch: allows(ctx.member.role, "tracking:write"), lists, items };
  });
}
