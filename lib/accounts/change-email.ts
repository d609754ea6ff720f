import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import type { Language } from "@/lib/auth/schemas";
import type { Account } from "@/lib/auth/sessions";
import { writeMail } from "@/lib/mail/write-mail";
import { db } from "@/lib/platform/db";
import { AppError, invalid } from "@/lib/platform/errors";
import { assertPassword, makeLink, noticeExpiry } from "./internal";
import type { ChangeEmailInput } from "./schemas";

export const emailTaken = () => new AppError("conflict", { errors: [{ path: "email", message: "email_taken" }] });

/**
 * Mails a link to a new address; the account keeps its present one until that link is used, within a day. The present
 * one is told: a new password ends the link.
 * @throws `invalid_request` for a wrong password or one's present address, `conflict` for an address of another
 *   account, `too_many_requests`
 */
export async function changeEmail(
  account: Account,
  input: ChangeEmailInput,
  language: Language,
  visitor: Visitor,
): Promise<void> {
  if (input.email === account.email) throw invalid("email", "email_own");
  await assertPassword(account, input.currentPassword, "currentPassword", visitor);
  await db().$transaction(async (tx) => {
    if (await tx.user.findUnique({ where: { email: input.email }, select: { id: true } })) throw emailTaken();
    const { token, expiresAt } = await makeLink(tx, account.id, "confirm_email", input.email);
    await writeMail(tx, {
      kind: "confirm_email",
      to: input.email,
      language,
      facts: { name: account.name, link: `/confirm-email/${token}` },
      expiresAt,
    });
    await writeMail(tx, {
      kind: "email_change_asked",
      to: account.email,
      language,
      facts: { name: account.name, email: input.email, link: "/forgot-password" },
      expiresAt: noticeExpiry(),
    });
    await tx.accountEvent.create({
      data: { userId: account.id, action: "account.email_change_asked", address: visitor.address },
    });
  });
}

/** The address that waits for its confirmation, or null. */
export async function readPendingEmail(account: Account): Promise<string | null> {
  const link = await db().accountLink.findFirst({
    where: { userId: account.id, purpose: "confirm_email", expiresAt: { gt: new Date() } },
    select: { newEmail: true },
  });
  return link?.newEmail ?? null;
}
