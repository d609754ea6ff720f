import "server-only";
import { auditInTeams } from "@/lib/auth/audit";
import type { Visitor } from "@/lib/auth/caller-address";
import { newRecoveryCodes, recoveryHash } from "@/lib/auth/recovery-codes";
import { LANGUAGES, type Language } from "@/lib/auth/schemas";
import { secretPlace, takeTotp } from "@/lib/auth/second-factor";
import type { Account } from "@/lib/auth/sessions";
import { countTry, forgiveTry } from "@/lib/auth/throttle";
import { newTotpSecret, totpUri } from "@/lib/auth/totp";
import { writeMail } from "@/lib/mail/write-mail";
import { seal } from "@/lib/platform/crypto";
import { db, type Tx } from "@/lib/platform/db";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import { assertCode, assertPassword, endSessions, noticeExpiry } from "./internal";
import { qrPath } from "./qr-path";
import type { RemoveSecondFactorInput, StartedSecondFactor } from "./schemas";

export type SecondFactorStatus = { since: string; recoveryCodesLeft: number };

/** Since when an account has a second factor, and how many recovery codes are left; null without one. */
export async function readSecondFactor(account: Account): Promise<SecondFactorStatus | null> {
  const row = await db().secondFactor.findFirst({
    where: { userId: account.id, confirmedAt: { not: null } },
    select: { confirmedAt: true, _count: { select: { recoveryCodes: true } } },
  });
  return row?.confirmedAt
    ? { since: row.confirmedAt.toISOString(), recoveryCodesLeft: row._count.recoveryCodes }
    : null;
}

/**
 * Makes a secret to be taken into an authenticator app. It does not count before it is confirmed with a code.
 * @throws `conflict` when there is a second factor, `invalid_request` for a wrong password, `too_many_requests`
 */
export async function startSecondFactor(
  account: Account,
  input: { currentPassword: string },
  visitor: Visitor,
): Promise<StartedSecondFactor> {
  await assertPassword(account, input.currentPassword, "currentPassword", visitor);
  const secret = newTotpSecret();
  const sealed = seal(secret, secretPlace(account.id));
  const data = {
    sealedKeyId: sealed.keyId,
    sealedNonce: Buffer.from(sealed.nonce),
    sealedText: Buffer.from(sealed.ciphertext),
  };
  await db().$transaction(async (tx) => {
    await tx.secondFactor.deleteMany({ where: { userId: account.id, confirmedAt: null } });
    const made = await tx.secondFactor.createMany({ data: [{ userId: account.id, ...data }], skipDuplicates: true });
    if (made.count === 0) throw new AppError("conflict", { reason: "second_factor_on" });
  });
  const uri = totpUri(secret, account.email);
  return { secret, uri, qr: qrPath(uri) };
}

/**
 * Turns the second factor on, for who has the secret in an app, and signs every other browser out.
 * @returns recovery codes, shown this once and kept as hashes
 * @throws `invalid_request` for a wrong code, `conflict` when nothing was started, `too_many_requests`
 */
export async function confirmSecondFactor(
  account: Account,
  input: { code: string },
  language: Language,
  visitor: Visitor,
): Promise<string[]> {
  const tries = { action: "second_factor", email: account.id, address: visitor.address } as const;
  await countTry(tries);
  const codes = await db().$transaction(async (tx) => {
    const row = await tx.secondFactor.findFirst({ where: { userId: account.id, confirmedAt: null } });
    if (!row) throw new AppError("conflict", { reason: "second_factor_not_started" });
    if (!(await takeTotp(tx, row, input.code.replace(/\s/g, "")))) throw invalid("code", "code_wrong");
    await tx.secondFactor.update({ where: { userId: account.id }, data: { confirmedAt: new Date() } });
    await endSessions(tx, account.id, account.session.id);
    await note(tx, account, "second_factor_on", language, visitor);
    return putRecoveryCodes(tx, account.id);
  });
  await forgiveTry(tries);
  return codes;
}

/** Turns the second factor off. @throws `invalid_request` for a wrong password or code, `too_many_requests` */
export async function removeSecondFactor(
  account: Account,
  input: RemoveSecondFactorInput,
  language: Language,
  visitor: Visitor,
): Promise<void> {
  await assertPassword(account, input.currentPassword, "currentPassword", visitor);
  await assertCode(account, input.code, visitor);
  await db().$transaction(async (tx) => {
    const { count } = await tx.secondFactor.deleteMany({ where: { userId: account.id } });
    if (count > 0) await note(tx, account, "second_factor_off", language, visitor);
  });
}

/**
 * Makes new recovery codes; those before no longer work.
 * @throws `invalid_request` for a wrong password or code, `conflict` without a second factor, `too_many_requests`
 */
export async function renewRecoveryCodes(
  account: Account,
  input: RemoveSecondFactorInput,
  visitor: Visitor,
): Promise<string[]> {
  await assertPassword(account, input.currentPassword, "currentPassword", visitor);
  await assertCode(account, input.code, visitor);
  return db().$transaction(async (tx) => {
    if (!(await tx.secondFactor.findFirst({ where: { userId: account.id, confirmedAt: { not: null } } }))) {
      throw new AppError("conflict", { reason: "second_factor_not_started" });
    }
    await tx.accountEvent.create({
      data: { userId: account.id, action: "account.recovery_codes_renewed", address: visitor.address },
    });
    return putRecoveryCodes(tx, account.id);
  });
}

/** Turns a second factor off for the operator, whose word stands in for the lost phone. @throws `not_found` */
export async function removeSecondFactorOf(email: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({
      where: { email },
      select: { id: true, name: true, email: true, language: true },
    });
    const { count } = user ? await tx.secondFactor.deleteMany({ where: { userId: user.id } }) : { count: 0 };
    if (!user || count === 0) throw notFound();
    const language = LANGUAGES.find((known) => known === user.language) ?? "en";
    await note(tx, user, "second_factor_off", language, { address: null, userAgent: null });
  });
}

async function putRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, hash: recoveryHash(code) ?? "" })) });
  return codes;
}

async function note(
  tx: Tx,
  account: Pick<Account, "id" | "name" | "email">,
  kind: "second_factor_on" | "second_factor_off",
  language: Language,
  visitor: Visitor,
): Promise<void> {
  await tx.accountEvent.create({
    data: { userId: account.id, action: `account.${kind}`, address: visitor.address },
  });
  await auditInTeams(tx, account.id, `account.${kind}`, visitor);
  await writeMail(tx, {
    kind,
    to: account.email,
    language,
    facts: { name: account.name },
    expiresAt: noticeExpiry(),
  });
}
