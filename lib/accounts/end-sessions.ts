import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import type { Account } from "@/lib/auth/sessions";
import { db } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { endSessions } from "./internal";

const noted = (account: Account, visitor: Visitor, ended: number) => ({
  userId: account.id,
  action: "account.sessions_ended",
  address: visitor.address,
  details: { sessionsEnded: ended },
});

/** Signs one of the account's browsers out, at once. @throws `not_found` for one that is not, or no longer, signed in */
export async function endOneSession(account: Account, sessionId: string, visitor: Visitor): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: account.id, endedAt: null },
      data: { endedAt: new Date() },
    });
    if (count === 0) throw notFound();
    await tx.accountEvent.create({ data: noted(account, visitor, count) });
  });
}

/** Signs every browser out but the one that asks. */
export async function endOtherSessions(account: Account, visitor: Visitor): Promise<void> {
  await db().$transaction(async (tx) => {
    const count = await endSessions(tx, account.id, account.session.id);
    if (count > 0) await tx.accountEvent.create({ data: noted(account, visitor, count) });
  });
}

/** Signs a person out everywhere for the operator. @returns how many sessions ended. @throws `not_found` */
export async function endSessionsOf(email: string): Promise<number> {
  return db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (!user) throw notFound();
    const count = await endSessions(tx, user.id, null);
    const details = { sessionsEnded: count };
    if (count > 0) {
      await tx.accountEvent.create({
        data: { userId: user.id, action: "account.sessions_ended", address: null, details },
      });
    }
    return count;
  });
}
