import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import type { NameableCategory } from "./understand-paste";

/** Every learned category with the team's own name first, the provider's and the aliases. */
export async function fetchNameable(tx: Tx, ctx: TeamContext): Promise<(NameableCategory & { path: string })[]> {
  type Row = { id: string; level: number; own: string | null; name: string | null; aliases: string[]; path: string };
  const rows = await tx.$queryRaw<Row[]>`
    select c.id, c.level, n.name as own, c.name, coalesce(n.aliases, '{}') as aliases,
      concat_ws(' › ', top.name, parent.name) as path
    from category c
      left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      left join category parent on parent.team_id = c.team_id and parent.upstream = c.upstream and parent.id = c.parent_id
      left join category top on top.team_id = c.team_id and top.upstream = c.upstream and top.id = parent.parent_id
    where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""}`;
  return rows.map(({ id, level, own, name, aliases, path }) => ({
    id,
    level,
    path,
    names: [own, name, ...aliases].filter((text) => text !== null),
  }));
}
