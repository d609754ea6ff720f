import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { MOST_OPTIONS } from "./choices";

type Choice = { id: string; name: string | null; ownName: string | null };

/** Third-level categories to choose from, by name; null when there are more than anybody looks through. */
export async function readCategoryChoices(ctx: TeamContext): Promise<Choice[] | null> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const items = await tx.$queryRaw<Choice[]>`
      select c.id, c.name, n.name as "ownName" from category c
        left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""} and c.level = 3
      order by coalesce(n.name, c.name, c.id), c.id limit ${MOST_OPTIONS + 1}::int`;
    return items.length > MOST_OPTIONS ? null : items;
  });
}

/** What a category is called here; null when no answer held it. */
export async function readCategoryChoice(ctx: TeamContext, id: string): Promise<Choice | null> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const [item] = await tx.$queryRaw<Choice[]>`
      select c.id, c.name, n.name as "ownName" from category c
        left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""} and c.id = ${id}`;
    return item ?? null;
  });
}
