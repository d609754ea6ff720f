import "server-only";
import { db, type Tx } from "@/lib/platform/db";
import { AppError, invalid } from "@/lib/platform/errors";
import type { Visitor } from "./caller-address";
import { insertAccount, lockAccounts } from "./create-account";
import { assertPasswordIsOwn, hashPassword } from "./passwords";
import type { InvitedSignUpInput } from "./schemas";
import { type Cookie, sessionCookie } from "./session-token";
import { replaceSession } from "./sessions";
import { isSignUpOpen, openInvitation } from "./sign-up-policy";
import { countTry } from "./throttle";

/** @throws `forbidden` (`sign_up_closed`); `invalid_request` where the invitation is for another address */
async function assertMaySignUp({ email, invitation }: InvitedSignUpInput, tx?: Tx): Promise<void> {
  if (await isSignUpOpen(tx)) return;
  const open = invitation ? await openInvitation(invitation, tx) : null;
  if (!open) throw new AppError("forbidden", { reason: "sign_up_closed" });
  if (open.email && open.email !== email) throw invalid("email", "invitation_address");
}

/**
 * Makes an account and signs it in. An invitation lets in where sign-up is closed; it is not used up by that.
 * @throws `forbidden` (`sign_up_closed`), `conflict` for a used e-mail, `invalid_request` for a guessable password,
 *   `too_many_requests`
 */
export async function signUp(
  input: InvitedSignUpInput,
  visitor: Visitor,
  cookieBefore?: string,
): Promise<{ id: string; cookie: Cookie }> {
  await assertMaySignUp(input);
  assertPasswordIsOwn(input.password, input);
  await countTry({ action: "sign_up", email: input.email, address: visitor.address });
  const { password, invitation: _, ...person } = input;
  const passwordHash = await hashPassword(password);
  const session = await db().$transaction(async (tx) => {
    await lockAccounts(tx);
    // Asked again under the lock: of two first sign-ups at once only one is the first.
    await assertMaySignUp(input, tx);
    const event = { action: "account.signed_up", address: visitor.address } as const;
    const account = await insertAccount(tx, { ...person, passwordHash }, event);
    return replaceSession(tx, account.id, visitor, cookieBefore);
  });
  return { id: session.userId, cookie: await sessionCookie(session) };
}
