import "server-only";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { contextOfJob } from "@/lib/auth/job-context";

/** As whom a review is gathered: an owner, who sees what all of the team spent. Null for a team that is gone. */
export async function ownerContext(teamId: string): Promise<TeamContext | null> {
  const owner = await asTeam(teamId, (tx) =>
    tx.membership.findFirst({ where: { teamId, role: "owner", removedAt: null }, orderBy: { id: "asc" } }),
  );
  return owner && contextOfJob({ teamId, memberId: owner.id, tokenId: null });
}
