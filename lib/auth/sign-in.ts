import "server-only";
import { db } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { auditInTeams } from "./audit";
import type { Visitor } from "./caller-address";
import { noteFailedSignIn } from "./note-refusal";
import { verifyPassword } from "./passwords";
import type { SignInInput } from "./schemas";
import { assertSecondFactor } from "./second-factor";
import { type Cookie, sessionCookie } from "./session-token";
import { replaceSession } from "./sessions";
import { countTry, forgiveTry } from "./throttle";

/**
 * Checks a password, then the second factor of an account that has one, and starts a session row; the one that the
 * browser had before (`cookieBefore`, whoever's it was) ends. Unknown e-mails cost
 * the same work and read the same; a second factor is only spoken of to who knows the password.
 * @throws `unauthenticated` (`wrong_credentials`, `second_factor_needed`, `second_factor_wrong`), `too_many_requests`
 */
export async function startSession(
  input: SignInInput,
  visitor: Visitor,
  cookieBefore?: string,
): Promise<{ id: string; userId: string }> {
  const tries = { action: "sign_in", email: input.email, address: visitor.address } as const;
  await countTry(tries);
  const user = await db().user.findUnique({
    where: { email: input.email },
    select: { id: true, passwordHash: true },
  });
  const isRight = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user || !isRight) {
    // Not waited for: an answer that took longer would tell that the account exists.
    if (user) void noteFailedSignIn(user.id, visitor);
    throw new AppError("unauthenticated", { reason: "wrong_credentials" });
  }
  await assertSecondFactor(user.id, input.code, visitor);
  await forgiveTry(tries);
  return db().$transaction(async (tx) => {
    await tx.accountEvent.create({
      data: { userId: user.id, action: "account.signed_in", address: visitor.address },
    });
    await auditInTeams(tx, user.id, "sign_in.succeeded", visitor);
    return replaceSession(tx, user.id, visitor, cookieBefore);
  });
}

/** Signs a browser in. @throws as `startSession` does */
export async function signIn(
  input: SignInInput,
  visitor: Visitor,
  cookieBefore?: string,
): Promise<{ id: string; cookie: Cookie }> {
  const session = await startSession(input, visitor, cookieBefore);
  return { id: session.userId, cookie: await sessionCookie(session) };
}
