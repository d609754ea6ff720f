import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import {
  containing,
  readTablePage,
  TABLE_ROWS,
  type TableLook,
  type TablePage,
} from "@/lib/platform/format/table-page";
import { MEMBER_FIELDS, toMember } from "./internal";
import type { Member } from "./schemas";

type Row = { id: string; role: string; createdAt: Date; name: string; email: string };

/** The members of the team, by name. */
export function readMembers(ctx: TeamContext): Promise<Member[]> {
  return withTeam(ctx, "members:read", async (tx) => {
    const members = await tx.membership.findMany({
      where: { teamId: ctx.team.id, removedAt: null },
      select: MEMBER_FIELDS,
      orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
    });
    return members.map(toMember);
  });
}

/** One page of the same; `q` is looked for in names and addresses. */
export function readMembersPage(ctx: TeamContext, look: TableLook, most = TABLE_ROWS): Promise<TablePage<Member>> {
  const part = containing(look.q);
  const here = Prisma.sql`from membership m join user_account u on u.id = m.user_id
    where m.team_id = ${ctx.team.id}::uuid and m.removed_at is null
      ${look.q === "" ? Prisma.empty : Prisma.sql`and (u.name ilike ${part} or u.email ilike ${part})`}`;
  return withTeam(ctx, "members:read", (tx) => {
    const count = async () => {
      const rows = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total ${here}`;
      return rows[0]?.total ?? 0;
    };
    const read = async (limit: number, offset: number) => {
      const rows = await tx.$queryRaw<Row[]>`
        select m.id, m.role, m.created_at as "createdAt", u.name, u.email ${here}
        order by u.name, m.id limit ${limit}::int offset ${offset}::int`;
      return rows.map(({ name, email, ...row }) => toMember({ ...row, user: { name, email } }));
    };
    return readTablePage(look, count, read, most);
  });
}
