import "server-only";
import { db, type Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";

/**
 * Whether anybody may make an account now. `SIGN_UP=open`: yes. `invite`: no. Unset: the first account is open, so
 * that a new installation can be entered, and everybody after it needs an invitation.
 */
export async function isSignUpOpen(tx: Pick<Tx, "$queryRaw"> = db()): Promise<boolean> {
  const policy = env().SIGN_UP;
  if (policy) return policy === "open";
  const rows = await tx.$queryRaw<{ any: boolean }[]>`select has_any_account() as any`;
  return rows[0]?.any === false;
}
