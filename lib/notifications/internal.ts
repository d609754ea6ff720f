import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { MOST_COUNTED } from "./schemas";

/** The member's own unread ones, counted as far as `MOST_COUNTED`, so that a long absence costs no long count. */
export async function fetchUnread(tx: Tx, ctx: TeamContext): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (
      select 1 from notification where team_id = ${ctx.team.id}::uuid and member_id = ${ctx.member.id}::uuid
        and in_app and read_at is null limit ${MOST_COUNTED}) as unread`;
  return row?.n ?? 0;
}
