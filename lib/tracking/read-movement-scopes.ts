import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";

export type MovementScopes = Record<"lists" | "searches", { id: string; name: string }[]>;

/** More than anybody chooses from; the newest are offered. */
const MOST_OFFERED = 200;

/** The lists and searches that this reader may see, newest first, by name only. */
export async function readMovementScopes(ctx: TeamContext): Promise<MovementScopes> {
  const newest = (table: Prisma.Sql) => Prisma.sql`
    (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) order by o.created_at desc, o.id desc), '[]')
      from (select id, name, created_at from ${table}
        where team_id = ${ctx.team.id}::uuid and upstream = ${ctx.team.upstream ?? ""} and deleted_at is null
          and (shared or member_id = ${ctx.member.id}::uuid)
        order by created_at desc, id desc limit ${MOST_OFFERED}) o)`;
  return withTeam(ctx, "tracking:read", async (tx) => {
    const [offered] = await tx.$queryRaw<MovementScopes[]>`
      select ${newest(Prisma.sql`watchlist`)} as lists, ${newest(Prisma.sql`saved_search`)} as searches`;
    return offered ?? { lists: [], searches: [] };
  });
}
