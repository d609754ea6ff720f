import "server-only";
import type { Account } from "@/lib/auth/sessions";
import { db } from "@/lib/platform/db";
import { deviceOf } from "./device";
import type { SignedInSession } from "./schemas";

/** Browsers that are signed in to an account: this one first, then the last used. */
export async function readSessions(account: Account): Promise<SignedInSession[]> {
  const rows = await db().session.findMany({
    where: { userId: account.id, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  const sessions = rows.map((row) => ({
    id: row.id,
    ...deviceOf(row.userAgent),
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    isCurrent: row.id === account.session.id,
  }));
  return sessions.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}
