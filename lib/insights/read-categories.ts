import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Category } from "./schemas";

/**
 * Categories learned from the team's answers, by level and name. `q` matches part of the provider's name, of the team's
 * own or of an alias; `parent` is an id.
 */
export async function readCategories(
  ctx: TeamContext,
  input: { q?: string; parent?: string },
): Promise<{ items: Category[] }> {
  const like = input.q ? `%${input.q.replace(/[\\%_]/g, "\\$&")}%` : null;
  return withTeam(ctx, "insights:read", async (tx) => {
    const items = await tx.$queryRaw<Category[]>`
      select c.id, c.level, c.parent_id as "parentId", c.name, n.name as "ownName"
      from category c
        left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""}
        and (${input.parent ?? null}::text is null or c.parent_id = ${input.parent ?? null})
        and (${like}::text is null or c.name ilike ${like} or n.name ilike ${like}
          or exists (select from unnest(n.aliases) as alias where alias ilike ${like}))
      order by c.level, c.name, c.id`;
    return { items };
  });
}
