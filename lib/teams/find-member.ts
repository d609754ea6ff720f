import "server-only";
import { db } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { findTeamBySlug } from "./find-team";

/** For the operator's commands: a membership by e-mail. @throws `not_found` */
export async function findMember(slug: string, email: string): Promise<{ teamId: string; memberId: string }> {
  const team = await findTeamBySlug(slug);
  const user = await db().user.findUnique({ where: { email: email.trim().toLowerCase() }, select: { id: true } });
  if (!user) throw notFound();
  const teams = await db().$queryRaw<{ team_id: string; member_id: string }[]>`
    select * from teams_of_user(${user.id}::uuid)`;
  const member = teams.find((candidate) => candidate.team_id === team.id);
  if (!member) throw notFound();
  return { teamId: team.id, memberId: member.member_id };
}
