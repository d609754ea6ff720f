import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { MOST_OPTIONS } from "@/lib/insights/choices";
import { Prisma } from "@/lib/platform/db";

type Renewable = { kind: "search" | "watchlist"; id: string; name: string };

/**
 * Searches and lists that this member sees and no schedule renews yet, newest first; null when there are more than anybody
 * looks through. `chosen` of them by its id.
 */
export async function readRenewables(
  ctx: TeamContext,
  chosenId: string | null,
): Promise<{ items: Renewable[] | null; chosen: Renewable | null }> {
  const { id: teamId } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const open = Prisma.sql`
    select 'search' as kind, s.id, s.name, s.created_at from saved_search s
    where s.team_id = ${teamId}::uuid and s.upstream = ${upstream} and s.deleted_at is null
      and (s.shared or s.member_id = ${ctx.member.id}::uuid) and not exists (select from schedule x
        where x.team_id = ${teamId}::uuid and x.search_id = s.id and x.ended_at is null)
    union all
    select 'watchlist', w.id, w.name, w.created_at from watchlist w
    where w.team_id = ${teamId}::uuid and w.upstream = ${upstream} and w.deleted_at is null
      and (w.shared or w.member_id = ${ctx.member.id}::uuid) and not exists (select from schedule x
        where x.team_id = ${teamId}::uuid and x.watchlist_id = w.id and x.ended_at is null)`;
  return withTeam(ctx, "tracking:read", async (tx) => {
    const items = await tx.$queryRaw<Renewable[]>`
      select kind, id, name from (${open}) o order by created_at desc, id desc limit ${MOST_OPTIONS + 1}::int`;
    if (items.length <= MOST_OPTIONS) return { items, chosen: items.find(({ id }) => id === chosenId) ?? null };
    const [chosen] =
      chosenId === null
        ? []
        : await tx.$queryRaw<Renewable[]>`select kind, id, name from (${open}) o where id = ${chosenId}::uuid`;
    return { items: null, chosen: chosen ?? null };
  });
}
