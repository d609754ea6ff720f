import "server-only";
import { openSealed } from "@/lib/platform/crypto";
import { db, type Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Visitor } from "./caller-address";
import type { TeamContext } from "./context";
import { noteFailedSignIn } from "./note-refusal";
import { recoveryHash } from "./recovery-codes";
import { countTry, forgiveTry } from "./throttle";
import { totpStep } from "./totp";

type SecretRow = { userId: string; sealedKeyId: string; sealedNonce: Uint8Array; sealedText: Uint8Array };

/** Where a second factor's secret is sealed to. */
export const secretPlace = (userId: string) => ({ table: "second_factor", rowId: userId });

const secretOf = (row: SecretRow) =>
  openSealed({ keyId: row.sealedKeyId, nonce: row.sealedNonce, ciphertext: row.sealedText }, secretPlace(row.userId));

/** Takes a code of an authenticator app, once: of two uses of one code, one wins. @returns whether it was right */
export async function takeTotp(tx: Tx, row: SecretRow, code: string): Promise<boolean> {
  const step = totpStep(secretOf(row), code, Date.now());
  if (step === null) return false;
  const { count } = await tx.secondFactor.updateMany({
    where: { userId: row.userId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

async function takeRecoveryCode(tx: Tx, userId: string, typed: string, visitor: Visitor): Promise<boolean> {
  const hash = recoveryHash(typed);
  if (!hash) return false;
  const { count } = await tx.recoveryCode.deleteMany({ where: { userId, hash } });
  if (count === 0) return false;
  await tx.accountEvent.create({
    data: { userId, action: "account.recovery_code_used", address: visitor.address },
  });
  return true;
}

/**
 * Asks for the second factor of an account that has one: a code of the app, or one of the recovery codes. A wrong one
 * stands in the log of the account's teams: whoever sent it knows the password.
 * @throws `unauthenticated` (`second_factor_needed` without a code, `second_factor_wrong`), `too_many_requests`: tries
 *   are counted per account, from wherever they come, for six digits are soon guessed
 */
export async function assertSecondFactor(userId: string, typed: string | undefined, visitor: Visitor): Promise<void> {
  const row = await db().secondFactor.findFirst({ where: { userId, confirmedAt: { not: null } } });
  if (!row) return;
  const code = typed?.replace(/\s/g, "");
  if (!code) throw new AppError("unauthenticated", { reason: "second_factor_needed" });
  const tries = { action: "second_factor", email: userId, address: visitor.address } as const;
  await countTry(tries);
  const isRight = await db().$transaction((tx) =>
    /^\d{6}$/.test(code) ? takeTotp(tx, row, code) : takeRecoveryCode(tx, userId, code, visitor),
  );
  if (!isRight) {
    await noteFailedSignIn(userId, visitor, "second_factor_failed");
    throw new AppError("unauthenticated", { reason: "second_factor_wrong" });
  }
  await forgiveTry(tries);
}

/** Whether an account has a second factor that counts. */
export const hasSecondFactor = async (userId: string): Promise<boolean> =>
  (await db().secondFactor.count({ where: { userId, confirmedAt: { not: null } } })) > 0;

/** Whether the team wants a second factor that the member, or the member whose token asks, does not have. */
export const lacksSecondFactor = async ({ team, member }: Pick<TeamContext, "team" | "member">): Promise<boolean> =>
  team.secondFactorRequired && !(await hasSecondFactor(member.userId));
