import "server-only";
import { db, type Tx } from "@/lib/platform/db";
import type { Visitor } from "./caller-address";
import type { Profile } from "./schemas";
import { SESSION_SECONDS, sessionIdOf } from "./session-token";
import { type ProfileRow, toProfile } from "./to-profile";

const TOUCH_AFTER_MS = 5 * 60 * 1000;

/** Who is signed in, in which session. */
export type Account = Profile & { readonly session: { readonly id: string; readonly lastSeenAt: Date } };

/** Starts a browser's session in place of the one it had, whose cookie it is about to lose. */
export async function replaceSession(
  tx: Tx,
  userId: string,
  visitor: Visitor,
  cookieBefore: string | undefined,
): Promise<{ id: string; userId: string }> {
  const id = await sessionIdOf(cookieBefore);
  if (id) await tx.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } });
  return createSession(tx, userId, visitor);
}

/** Starts a signed-in session. Sessions live by the real clock. */
export async function createSession(tx: Tx, userId: string, visitor: Visitor): Promise<{ id: string; userId: string }> {
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
  const session = await tx.session.create({ data: { userId, expiresAt, ...visitor }, select: { id: true } });
  return { id: session.id, userId };
}

/** @returns the account of a session that is neither ended nor expired, else null. */
export async function accountOfSession(sessionId: string): Promise<Account | null> {
  type Row = ProfileRow & { sessionId: string; lastSeenAt: Date };
  const [row] = await db().$queryRaw<Row[]>`
    select u.id, u.name, u.email, u.language, u.theme, u.up_color as "upColor", u.ranking_columns as "rankingColumns",
      s.id as "sessionId", s.last_seen_at as "lastSeenAt"
    from session s join user_account u on u.id = s.user_id
    where s.id = ${sessionId}::uuid and s.ended_at is null and s.expires_at > ${new Date()}`;
  return row ? { ...toProfile(row), session: { id: row.sessionId, lastSeenAt: row.lastSeenAt } } : null;
}

/** Ends one session, at once and in every process. Ending it twice is no mistake. */
export async function endSession(sessionId: string): Promise<void> {
  await db().session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: new Date() } });
}

/** Notes that a session is in use; at most once in five minutes, and never for a mere look at a page. */
export async function touchSession(session: Account["session"]): Promise<void> {
  if (Date.now() - session.lastSeenAt.getTime() < TOUCH_AFTER_MS) return;
  await db().session.updateMany({ where: { id: session.id, endedAt: null }, data: { lastSeenAt: new Date() } });
}
