import "server-only";
import type { Account } from "@/lib/auth/sessions";
import { db, Prisma } from "@/lib/platform/db";
import { containing, readTablePage, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { deviceOf } from "./device";
import type { SignedInSession } from "./schemas";

/** Browsers that are signed in to an account: this one first, then the last used. */
export async function readSessions(account: Account): Promise<SignedInSession[]> {
  const rows = await db().session.findMany({
    where: { userId: account.id, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  const sessions = rows.map((row) => toSession(row, account));
  return sessions.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/** One page of all of them, in the same order; `q` is looked for in addresses and in what the browsers call themselves. */
export async function readSessionsPage(account: Account, look: TableLook): Promise<TablePage<SignedInSession>> {
  const part = containing(look.q);
  const found = Prisma.sql`from session s
    where s.user_id = ${account.id}::uuid and s.ended_at is null and s.expires_at > now()
      ${look.q === "" ? Prisma.empty : Prisma.sql`and (s.address ilike ${part} or s.user_agent ilike ${part})`}`;
  const count = async () => {
    const rows = await db().$queryRaw<{ total: number }[]>`select count(*)::int as total ${found}`;
    return rows[0]?.total ?? 0;
  };
  return readTablePage(look, count, async (limit, offset) => {
    const rows = await db().$queryRaw<Row[]>`
      select s.id, s.user_agent as "userAgent", s.address, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt"
      ${found} order by s.id = ${account.session.id}::uuid desc, s.last_seen_at desc, s.id desc
      limit ${limit}::int offset ${offset}::int`;
    return rows.map((row) => toSession(row, account));
  });
}

type Row = { id: string; userAgent: string | null; address: string | null; createdAt: Date; lastSeenAt: Date };

const toSession = (row: Row, account: Account): SignedInSession => ({
  id: row.id,
  ...deviceOf(row.userAgent),
  address: row.address,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  isCurrent: row.id === account.session.id,
});
