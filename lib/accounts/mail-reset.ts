import "server-only";
import { toProfile } from "@/lib/auth/to-profile";
import { writeMail } from "@/lib/mail/write-mail";
import { db } from "@/lib/platform/db";
import type { ResetAsked } from "./ask-reset";
import { makeLink } from "./internal";

/** Mails the link to a new password, if there is such an account. A link asked for before stops working. */
export async function mailReset({ email, language, address }: ResetAsked): Promise<void> {
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email } });
    if (!user) return;
    const { token, expiresAt } = await makeLink(tx, user.id, "reset_password");
    await writeMail(tx, {
      kind: "reset_password",
      to: user.email,
      language: toProfile(user).language ?? language,
      facts: { name: user.name, link: `/reset-password/${token}` },
      expiresAt,
    });
    await tx.accountEvent.create({ data: { userId: user.id, action: "account.password_reset_asked", address } });
  });
}
