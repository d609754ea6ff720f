import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { LeaveFiltersInput } from "./filter-schemas";

/** Keeps the filters that the member has chosen on a page. Their own wish about their own screen: no audit holds it. */
export async function leaveFilters(ctx: TeamContext, { page, filters }: LeaveFiltersInput): Promise<void> {
  await withTeam(
    ctx,
    "filters:write",
    (tx) => tx.$executeRaw`
      update membership set left_filters = left_filters || jsonb_build_object(${page}::text, ${JSON.stringify(filters)}::jsonb)
      where team_id = ${ctx.team.id}::uuid and id = ${ctx.member.id}::uuid`,
  );
}
