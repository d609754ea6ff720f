import "server-only";
import { Prisma, type Tx } from "@/lib/platform/db";

/** Stops runs of a team, or of one of its members: before their next request; the one under way may be charged. */
export async function stopRunsOf(tx: Tx, { teamId, memberId }: { teamId: string; memberId?: string }): Promise<void> {
  await tx.$executeRaw`
    update run set stop_requested_at = coalesce(stop_requested_at, app_now()),
      state = case when state = 'queued' then 'stopped' else state end,
      finished_at = case when state = 'queued' then app_now() else finished_at end
    where team_id = ${teamId}::uuid and state in ('queued', 'running')
      ${memberId ? Prisma.sql`and member_id = ${memberId}::uuid` : Prisma.empty}`;
}
