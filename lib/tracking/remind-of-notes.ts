import "server-only";
import { asTeam } from "@/lib/auth/context";
import { notify } from "@/lib/notifications/notify";
import type { NoticeFacts } from "@/lib/notifications/schemas";
import { db, type Tx } from "@/lib/platform/db";

type Due = { team_id: string; id: string };
type Row = {
  category_id: string;
  name: string | null;
  region: string;
  window: string;
  kind: NoticeFacts<"recheck_due">["kind"];
  decided_on: string;
  recheck_on: string;
  maker_id: string | null;
};

/**
 * Tells the makers of decisions that the day to look again has come, or owners and admins where the maker has left: once
 * for each such day. @returns how many people were told
 */
export async function remindOfNotes(): Promise<{ told: number }> {
  const due = await db().$queryRaw<Due[]>`select * from category_notes_due()`;
  let told = 0;
  for (const { team_id, id } of due) told += await asTeam(team_id, (tx) => remind(tx, team_id, id));
  return { told };
}

async function remind(tx: Tx, teamId: string, id: string): Promise<number> {
  const [note] = await tx.$queryRaw<Row[]>`
    update category_note n set reminded_for = n.recheck_on
    from category_note before
      left join membership m on m.team_id = before.team_id and m.id = before.member_id and m.removed_at is null
      left join category c on c.team_id = before.team_id and c.upstream = before.upstream and c.id = before.category_id
      left join category_name own
        on own.team_id = before.team_id and own.upstream = before.upstream and own.category_id = before.category_id
    where n.team_id = ${teamId}::uuid and n.id = ${id}::uuid and before.team_id = n.team_id and before.id = n.id
      and n.recheck_on is not null and n.reminded_for is distinct from n.recheck_on
    returning n.category_id, coalesce(own.name, c.name) as name, n.region, n."window", n.kind, n.decided_on::text,
      n.recheck_on::text, m.id as maker_id`;
  if (!note) return 0;
  return notify(tx, teamId, {
    kind: "recheck_due",
    to: note.maker_id === null ? { admins: true } : { memberIds: [note.maker_id] },
    facts: {
      categoryId: note.category_id,
      categoryName: note.name,
      kind: note.kind,
      decidedOn: note.decided_on,
    },
    link: `/categories/${note.category_id}?${new URLSearchParams({ region: note.region, window: note.window })}#notes`,
    dedupe: `recheck/${id}/${note.recheck_on}`,
  });
}
