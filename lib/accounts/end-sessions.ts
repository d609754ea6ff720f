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
