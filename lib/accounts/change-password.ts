import "server-only";
import type { Visitor } from "@/lib/auth/caller-address";
import { assertPasswordIsOwn, hashPassword } from "@/lib/auth/passwords";
import type { Language } from "@/lib/auth/schemas";
import type { Account } from "@/lib/auth/sessions";
import { writeMail } from "@/lib/mail/write-mail";
import { db } from "@/lib/platform/db";
import { assertPassword, endSessions, noticeExpiry } from "./internal";
import type { ChangePasswordInput } from "./schemas";

/**
 * Changes a password for who knows the present one. This browser stays signed in; the others, as was chosen.
 * @throws `invalid_request` for a wrong present or a guessable new password, `too_many_requests`
 */
export async function changePassword(
  account: Account,
  input: ChangePasswordInput,
  language: Language,
  visitor: Visitor,
): Promise<void> {
  assertPasswordIsOwn(input.password, account);
  await assertPassword(account, input.currentPassword, "currentPassword", visitor);
  const passwordHash = await hashPassword(input.password);
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: account.id }, data: { passwordHash } });
    // Links that were mailed before would still open the account, or give it to another address.
    await tx.accountLink.deleteMany({ where: { userId: account.id } });
    const ended = input.endOthers ? await endSessions(tx, account.id, account.session.id) : 0;
    await tx.accountEvent.create({
      data: {
        userId: account.id,
        action: "account.password_changed",
        address: visitor.address,
        details: { sessionsEnded: ended },
      },
    });
    await writeMail(tx, {
      kind: "password_changed",
      to: account.email,
      language,
      facts: { name: account.name, link: "/forgot-password" },
      expiresAt: noticeExpiry(),
    });
  });
}
