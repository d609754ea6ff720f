import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { SHARE } from "./schemas";

/**
 * A member that is filtered by must be one of the team's, also a removed one, and one whose usage the reader may see.
 * @throws `invalid_request` at `member`
 */
export async function assertMemberShown(
  tx: Tx,
  ctx: TeamContext,
  member: string | undefined,
  may: { see: boolean },
): Promise<void> {
  if (!member || member === ctx.member.id) return;
  const known =
    member === SHARE ||
    (await tx.membership.findUnique({
      where: { teamId_id: { teamId: ctx.team.id, id: member } },
      select: { id: true },
    }));
  if (!known) throw invalid("member", "member_unknown");
  if (!may.see) throw invalid("member", "member_hidden");
}
