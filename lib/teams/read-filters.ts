import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { FilteredPage } from "./choices";
import { type Filters, filtersSchema } from "./filter-schemas";

/** The filters that the asking member left on a page; empty when they chose none. */
export async function readFilters(ctx: TeamContext, page: FilteredPage): Promise<Filters> {
  const [row] = await withTeam(
    ctx,
    "team:read",
    (tx) => tx.$queryRaw<{ left: unknown }[]>`
      select left_filters -> ${page}::text as left from membership
      where team_id = ${ctx.team.id}::uuid and id = ${ctx.member.id}::uuid`,
  );
  return filtersSchema.catch({}).parse(row?.left ?? {});
}
