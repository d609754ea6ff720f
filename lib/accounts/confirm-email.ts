import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import { lockAccounts } from "@/lib/auth/create-account";
import type { Language } from "@/lib/auth/schemas";
import { toProfile } from "@/lib/auth/to-profile";
import { writeMail } from "@/lib/mail/write-mail";
import { db } from "@/lib/platform/db";
import { emailTaken } from "./change-email";
import { findLink, linkGone, noticeExpiry, useLinkUp } from "./internal";

/** The address that a mailed link would confirm; null when the link no longer works. */
export const readEmailToConfirm = async (token: string) => (await findLink(token, "confirm_email"))?.newEmail ?? null;

/**
 * Makes an address the account's, for who holds the link that was mailed to it. The address before is told.
 * @throws `not_found` (`link_gone`), `conflict` when another account has taken the address meanwhile
 */
export async function confirmEmail(token: string, language: Language, visitor: Visitor): Promise<void> {
  const link = await findLink(token, "confirm_email");
  if (!link?.newEmail) throw linkGone();
  const { user, newEmail } = link;
  await db().$transaction(async (tx) => {
    await useLinkUp(tx, token, "confirm_email");
    // Sign-ups wait here as well: nobody takes the address between the question and the change.
    await lockAccounts(tx);
    if (await tx.user.findUnique({ where: { email: newEmail }, select: { id: true } })) throw emailTaken();
    await tx.user.update({ where: { id: user.id }, data: { email: newEmail } });
    // It was mailed to the address that is no longer the account's.
    await tx.accountLink.deleteMany({ where: { userId: user.id, purpose: "reset_password" } });
    await tx.accountEvent.create({
      data: { userId: user.id, action: "account.email_changed", address: visitor.address },
    });
    await writeMail(tx, {
      kind: "email_changed",
      to: user.email,
      language: toProfile(user).language ?? language,
      facts: { name: user.name, email: newEmail },
      expiresAt: noticeExpiry(),
    });
  });
}
