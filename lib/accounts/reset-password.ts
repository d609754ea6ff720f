import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import { assertPasswordIsOwn, hashPassword } from "@/lib/auth/passwords";
import type { Language } from "@/lib/auth/schemas";
import { toProfile } from "@/lib/auth/to-profile";
import { writeMail } from "@/lib/mail/write-mail";
import { db } from "@/lib/platform/db";
import { endSessions, findLink, linkGone, noticeExpiry, useLinkUp } from "./internal";
import type { ResetPasswordInput } from "./schemas";

/** Whether a mailed link to a new password still works; looking does not use it up. */
export const isResetLinkAlive = async (token: string) => (await findLink(token, "reset_password")) !== null;

/**
 * Sets the password that somebody chose behind a mailed link, once, and signs every browser out.
 * @throws `not_found` (`link_gone`); `invalid_request` for a guessable password, which leaves the link as it is
 */
export async function resetPassword(input: ResetPasswordInput, language: Language, visitor: Visitor): Promise<void> {
  const link = await findLink(input.token, "reset_password");
  if (!link) throw linkGone();
  const { user } = link;
  assertPasswordIsOwn(input.password, user);
  const passwordHash = await hashPassword(input.password);
  await db().$transaction(async (tx) => {
    await useLinkUp(tx, input.token, "reset_password");
    // Whoever knew the old password may have asked to move the account to an address of their own.
    await tx.accountLink.deleteMany({ where: { userId: user.id } });
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
    await endSessions(tx, user.id, null);
    await tx.accountEvent.create({
      data: { userId: user.id, action: "account.password_reset", address: visitor.address },
    });
    await writeMail(tx, {
      kind: "password_changed",
      to: user.email,
      language: toProfile(user).language ?? language,
      facts: { name: user.name, link: "/forgot-password" },
      expiresAt: noticeExpiry(),
    });
  });
}
