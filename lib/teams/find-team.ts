import "server-only";
import { db } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";

/** For the operator's commands. @throws `not_found` */
export async function findTeamBySlug(slug: string): Promise<{ id: string; slug: string }> {
  const teams = await db().$queryRaw<{ team_id: string; slug: string }[]>`select * from all_teams()`;
  const team = teams.find((candidate) => candidate.slug === slug);
  if (!team) throw notFound();
  return { id: team.team_id, slug: team.slug };
}
