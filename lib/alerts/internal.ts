import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";

/** Whose rules this member may see: those about what they may see, of which categories are everybody's. */
export const visibleRules = (ctx: TeamContext) => Prisma.sql`
  r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""}
  and (r.watchlist_id is null or w.shared or w.member_id = ${ctx.member.id}::uuid)
  and (r.search_id is null or s.shared or s.member_id = ${ctx.member.id}::uuid)`;

export const WITH_SCOPE = Prisma.sql`
  left join watchlist w on w.team_id = r.team_id and w.id = r.watchlist_id
  left join saved_search s on s.team_id = r.team_id and s.id = r.search_id`;
