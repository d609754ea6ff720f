import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import type { Watched, WatchedPlace } from "./watch-view";

type Row = WatchedPlace & { key: string };

/**
 * For the stars of a table: which of its rows are watched already, on which list and by whom, and the lists that this
 * member sees, and may add to unless a viewer. One statement, however many rows.
 */
export async function readWatched(
  ctx: TeamContext,
  pairs: readonly { categoryId: string; region: string }[],
): Promise<Watched> {
  return withTeamLookups(ctx, "tracking:read", async (tx) => {
    const [found] = await tx.$queryRaw<{ lists: Watched["lists"]; items: Row[] }[]>`
      with list as materialized (
        select w.id, w.name, row_number() over (order by used.at desc nulls last, w.created_at desc, w.id desc) as nth
        from watchlist w
          left join lateral (
            select max(i.added_at) as at from watch_item i
            where i.team_id = w.team_id and i.watchlist_id = w.id and i.added_by_id = ${ctx.member.id}::uuid) used on true
        where w.team_id = ${ctx.team.id}::uuid and w.upstream = ${ctx.team.upstream ?? ""} and w.deleted_at is null
          and (w.shared or w.member_id = ${ctx.member.id}::uuid))
      select
        (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name) order by l.nth), '[]') from list l) as lists,
        (select coalesce(json_agg(json_build_object('key', i.category_id || '/' || i.region, 'listId', i.watchlist_id,
            'itemId', i.id, 'listName', l.name, 'addedBy', u.name, 'note', i.note, 'tags', i.tags, 'color', i.color,
            'place', i.place) order by i.added_at, i.id), '[]')
          from unnest(${pairs.map(({ categoryId }) => categoryId)}::text[], ${pairs.map(({ region }) => region)}::text[])
              as asked (category_id, region)
            join watch_item i on i.team_id = ${ctx.team.id}::uuid and i.category_id = asked.category_id
              and i.region = asked.region
            join list l on l.id = i.watchlist_id
            left join membership m on m.team_id = i.team_id and m.id = i.added_by_id and m.removed_at is null
            left join user_account u on u.id = m.user_id) as items`;
    const { lists, items: rows } = found ?? { lists: [], items: [] };
    const items: Watched["items"] = {};
    for (const { key, ...place } of rows) items[key] = [...(items[key] ?? []), place];
    return { mayWatch: allows(ctx.member.role, "tracking:write"), lists, items };
  });
}
