import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";

/**
 * Credits that the tightest of the limits leaves now: the team's, the asker's, the token's, and for a schedule its share.
 * Null without any limit.
 */
export function readLeft(ctx: TeamContext, purpose: "explore" | "schedule" = "explore"): Promise<number | null> {
  const { team, member, token } = ctx;
  return withTeam(ctx, "credits:read", async (tx) => {
    const [row] = await tx.$queryRaw<{ left: number | null }[]>`
      select min(greatest(0, credit_effective_limit(${team.id}::uuid, ${team.upstream ?? ""}, p.start, s.scope, s.subject_id)
        - coalesce(c.spent + c.held + c.unsettled, 0)))
        filter (where credit_effective_limit(${team.id}::uuid, ${team.upstream ?? ""}, p.start, s.scope, s.subject_id)
          is not null)::int as left
      from credit_period(${team.id}::uuid, app_now()) p
      cross join credit_subjects(${team.id}::uuid, ${member.id}::uuid, ${token?.id ?? null}::uuid, ${purpose}) s
      left join credit_counter c on c.team_id = ${team.id}::uuid and c.upstream = ${team.upstream ?? ""}
        and c.period_start = p.start and c.scope = s.scope and c.subject_id = s.subject_id`;
    return row?.left ?? null;
  });
}
