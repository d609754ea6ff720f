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

/** Tells several things in one statement; each as `notify` does. @returns how many were told */
export async function notifyEach<Kind extends NoticeKind>(
  tx: Tx,
  teamId: string,
  notices: readonly Notice<Kind>[],
): Promise<number> {
  if (notices.length === 0) return 0;
  const each = notices.map(({ kind, to, facts, link, dedupe }) => ({
    kind,
    members: to.memberIds ?? [],
    admins: to.admins ?? false,
    facts,
    link,
    dedupe,
  }));
  const [row] = await tx.$queryRaw<{ told: number }[]>`
    select coalesce(sum(notify_members(${teamId}::uuid, array(select jsonb_array_elements_text(n.members)::uuid), n.admins,
      n.kind, n.facts, n.link, n.dedupe)), 0)::int as told
    from jsonb_to_recordset(${JSON.stringify(each)}::jsonb)
      as n(kind text, members jsonb, admins boolean, facts jsonb, link text, dedupe text)`;
  return row?.told ?? 0;
}
