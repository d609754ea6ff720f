import "server-only";
import type { Tx } from "@/lib/platform/db";
import type { NoticeFacts, NoticeKind } from "./schemas";

export type Notice<Kind extends NoticeKind> = {
  kind: Kind;
  /** Members by their ids, `admins` (owners too), or both. Removed members are never told. */
  to: { memberIds?: string[]; admins?: boolean };
  facts: NoticeFacts<Kind>;
  /** A path within the team, such as `/settings/limits`. */
  link: string;
  /** The same member is told of the same `dedupe` once. */
  dedupe: string;
};

/**
 * Tells members of a team something, in the transaction of what there is to tell, so that neither is without the other.
 * @returns how many were told; those who had been told before do not count.
 */
export async function notify<Kind extends NoticeKind>(tx: Tx, teamId: string, notice: Notice<Kind>): Promise<number> {
  const { kind, to, facts, link, dedupe } = notice;
  const [row] = await tx.$queryRaw<{ told: number }[]>`
    select notify_members(${teamId}::uuid, ${to.memberIds ?? []}::uuid[], ${to.admins ?? false}, ${kind},
      ${JSON.stringify(facts)}::jsonb, ${link}, ${dedupe}) as told`;
  return row?.told ?? 0;
}
