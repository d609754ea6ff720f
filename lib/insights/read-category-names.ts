import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { NamedCategory } from "./schemas";

/** Every category that the team has named itself, with the provider's name, by own name. */
export async function readCategoryNames(ctx: TeamContext): Promise<{ items: NamedCategory[] }> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const items = await tx.$queryRaw<NamedCategory[]>`
      select n.category_id as id, n.name, n.aliases, c.name as "providerName", n.version
      from category_name n
        left join category c on c.team_id = n.team_id and c.upstream = n.upstream and c.id = n.category_id
      where n.team_id = ${ctx.team.id}::uuid and n.upstream = ${ctx.team.upstream ?? ""}
      order by coalesce(n.name, c.name, n.category_id), n.category_id`;
    return { items };
  });
}
