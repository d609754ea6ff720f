import "server-only";
import { db } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Visitor } from "./caller-address";
import { insertAccount, lockAccounts } from "./create-account";
import { assertPasswordIsOwn, hashPassword } from "./passwords";
import type { SignUpInput } from "./schemas";
import { type Cookie, sessionCookie } from "./session-token";
import { createSession } from "./sessions";
import { isSignUpOpen } from "./sign-up-policy";
import { countTry } from "./throttle";

const closed = () => new AppError("forbidden", { reason: "sign_up_closed" });

/**
 * Makes an account and signs it in.
 * @throws `forbidden` (`sign_up_closed`), `conflict` for a used e-mail, `invalid_request` for a guessable password,
 *   `too_many_requests`
 */
export async function signUp(input: SignUpInput, visitor: Visitor): Promise<{ id: string; cookie: Cookie }> {
  if (!(await isSignUpOpen())) throw closed();
  assertPasswordIsOwn(input.password, input);
  await countTry({ action: "sign_up", email: input.email, address: visitor.address });
  const { password, ...person } = input;
  const passwordHash = await hashPassword(password);
  const session = await db().$transaction(async (tx) => {
    await lockAccounts(tx);
    // Asked again under the lock: of two first sign-ups at once only one is the first.
    if (!(await isSignUpOpen(tx))) throw closed();
    const event = { action: "account.signed_up", address: visitor.address } as const;
    const account = await insertAccount(tx, { ...person, passwordHash }, event);
    return createSession(tx, account.id, visitor);
  });
  return { id: session.userId, cookie: await sessionCookie(session) };
}
