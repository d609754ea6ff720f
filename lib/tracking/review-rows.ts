import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import type { MovementReview } from "./movement-schemas";

/** The asking member's marks of a scope. */
export const reviewsOf = ({ team, member }: TeamContext, scope: string) => ({
  teamId: team.id,
  memberId: member.id,
  upstream: team.upstream ?? "",
  scope,
});

/** The member's newest mark of a scope as one value of JSON, or null. */
export function reviewQuery(of: ReturnType<typeof reviewsOf>): Prisma.Sql {
  const { teamId, memberId, upstream, scope } = of;
  return Prisma.sql`(select json_build_object('id', v.id, 'seenAt', v.seen_at) from movement_review v
    where v.team_id = ${teamId}::uuid and v.member_id = ${memberId}::uuid and v.upstream = ${upstream}
      and v.scope = ${scope} order by v.seen_at desc limit 1)`;
}

export const toReview = ({ id, seenAt }: { id: string; seenAt: Date | string }): MovementReview => ({
  id,
  seenAt: new Date(seenAt).toISOString(),
});
