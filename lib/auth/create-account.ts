import "server-only";
import { db, type Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { hashPassword } from "./passwords";
import type { SignUpInput } from "./schemas";

/** Serialises whatever depends on how many accounts there are, across processes, until the transaction ends. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('nichebook.accounts', 0))`;
}

/** @throws `conflict` on the path `email` when somebody has it; the transaction stays usable. */
export async function insertAccount(
  tx: Tx,
  { passwordHash, ...person }: Omit<SignUpInput, "password"> & { passwordHash: string },
  event: { action: "account.signed_up" | "account.created"; address: string | null },
): Promise<{ id: string }> {
  const [account] = await tx.user.createManyAndReturn({
    data: [{ ...person, language: person.language ?? null, passwordHash }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (!account) throw new AppError("conflict", { errors: [{ path: "email", message: "email_taken" }] });
  await tx.accountEvent.create({ data: { userId: account.id, ...event } });
  return account;
}

/**
 * Makes an account for the operator, whatever the sign-up policy says.
 * @param input already parsed by `signUpSchema`.
 * @throws `conflict` when the e-mail is used
 */
export async function createAccount(input: SignUpInput, from: { address: string | null }): Promise<{ id: string }> {
  const { password, ...person } = input;
  const passwordHash = await hashPassword(password);
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    return insertAccount(tx, { ...person, passwordHash }, { action: "account.created", address: from.address });
  });
}
