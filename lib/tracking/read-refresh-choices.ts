import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { TABLE_ROWS } from "@/lib/platform/format/table-page";
import type { RefreshTargetInput } from "./schemas";

type Named = { id: string; name: string };
export type RefreshChoices = {
  lists: Named[];
  searches: Named[];
  /** All that this member may see; more than are offered are to be had on their own pages. */
  searchTotal: number;
};

/** What is offered to be renewed together: these lists, the newest searches, and what is chosen already. */
export async function readRefreshChoices(
  ctx: TeamContext,
  shown: readonly string[],
  chosen: RefreshTargetInput,
): Promise<RefreshChoices> {
  const { id: teamId } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const lists = [...new Set([...shown, ...chosen.watchlists])];
  return withTeam(ctx, "tracking:read", async (tx) => {
    const [listRows, searchRows, counted] = await Promise.all([
      tx.$queryRaw<Named[]>`
        select w.id, w.name from watchlist w
        where w.team_id = ${teamId}::uuid and w.upstream = ${upstream} and w.deleted_at is null
          and (w.shared or w.member_id = ${ctx.member.id}::uuid) and w.id = any(${lists}::uuid[])
        order by w.created_at desc, w.id desc`,
      tx.$queryRaw<Named[]>`
        with seen as (
          select s.id, s.name, s.created_at from saved_search s
          where s.team_id = ${teamId}::uuid and s.upstream = ${upstream} and s.deleted_at is null
            and (s.shared or s.member_id = ${ctx.member.id}::uuid))
        select id, name from (
          (select * from seen order by created_at desc, id desc limit ${TABLE_ROWS}::int)
          union select * from seen where id = any(${chosen.searches}::uuid[])) offered
        order by created_at desc, id desc`,
      tx.$queryRaw<{ total: number }[]>`
        select count(*)::int as total from saved_search s
        where s.team_id = ${teamId}::uuid and s.upstream = ${upstream} and s.deleted_at is null
          and (s.shared or s.member_id = ${ctx.member.id}::uuid)`,
    ]);
    return { lists: listRows, searches: searchRows, searchTotal: counted[0]?.total ?? 0 };
  });
}
