import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import { verifyPassword } from "@/lib/auth/passwords";
import { assertSecondFactor } from "@/lib/auth/second-factor";
import type { Account } from "@/lib/auth/sessions";
import { countTry, forgiveTry } from "@/lib/auth/throttle";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { db, type Tx } from "@/lib/platform/db";
import { AppError, invalid } from "@/lib/platform/errors";

export type LinkPurpose = "reset_password" | "confirm_email";
export const LINK_MINUTES = { reset_password: 30, confirm_email: 24 * 60 } as const satisfies Record<
  LinkPurpose,
  number
>;

/** Notices of what has happened are worth sending for some days. */
export const noticeExpiry = () => new Date(Date.now() + 3 * 86_400_000);

/** Makes the one valid link of its purpose; those before it no longer work. Its text is returned here and kept nowhere. */
export async function makeLink(
  tx: Tx,
  userId: string,
  purpose: LinkPurpose,
  newEmail: string | null = null,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomToken();
  const expiresAt = new Date(Date.now() + LINK_MINUTES[purpose] * 60_000);
  const link = { hash: sha256Hex(token), newEmail, expiresAt };
  await tx.accountLink.upsert({
    where: { userId_purpose: { userId, purpose } },
    create: { userId, purpose, ...link },
    update: link,
  });
  return { token, expiresAt };
}

const alive = (token: string, purpose: LinkPurpose) => ({
  hash: sha256Hex(token),
  purpose,
  expiresAt: { gt: new Date() },
});

/** The account and facts of a link that still works, or null. */
export function findLink(token: string, purpose: LinkPurpose) {
  return db().accountLink.findFirst({ where: alive(token, purpose), include: { user: true } });
}

/** Uses a link up: of two uses at once, one wins. @throws `not_found` (`link_gone`) */
export async function useLinkUp(tx: Tx, token: string, purpose: LinkPurpose): Promise<void> {
  const { count } = await tx.accountLink.deleteMany({ where: alive(token, purpose) });
  if (count === 0) throw linkGone();
}

export const linkGone = () => new AppError("not_found", { reason: "link_gone" });

/** @throws `invalid_request` on `path` for a wrong password, `too_many_requests` after too many of them */
export async function assertPassword(
  account: Account,
  password: string,
  path: string,
  visitor: Visitor,
): Promise<void> {
  const tries = { action: "password", email: account.email, address: visitor.address } as const;
  await countTry(tries);
  const user = await db().user.findUnique({ where: { id: account.id }, select: { passwordHash: true } });
  if (!(await verifyPassword(user?.passwordHash ?? null, password))) throw invalid(path, "password_wrong");
  await forgiveTry(tries);
}

/** The sign-in's own check of a second factor, said beside the field of a form. An account without one passes. */
export async function assertCode(account: Account, code: string | undefined, visitor: Visitor): Promise<void> {
  try {
    await assertSecondFactor(account.id, code, visitor);
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") throw invalid("code", "code_wrong");
    throw error;
  }
}

/** Ends every session of an account but one, at once and in every process. */
export async function endSessions(tx: Tx, userId: string, butId: string | null): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null, ...(butId ? { id: { not: butId } } : {}) },
    data: { endedAt: new Date() },
  });
  return count;
}
