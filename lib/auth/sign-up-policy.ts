import "server-only";
import { sha256Hex } from "@/lib/platform/crypto";
import { db, type Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";

/**
 * Whether anybody may make an account now. With `SIGN_UP=open`: yes. Else the first account alone, so that a new
 * installation can be entered; everybody after it needs an invitation.
 */
export async function isSignUpOpen(tx: Pick<Tx, "$queryRaw"> = db()): Promise<boolean> {
  if (env().SIGN_UP === "open") return true;
  const rows = await tx.$queryRaw<{ any: boolean }[]>`select has_any_account() as any`;
  return rows[0]?.any === false;
}

/** The invitation that lets somebody in, by its token: for whom, null when for anybody. Null when there is none open. */
export async function openInvitation(
  token: string,
  tx: Pick<Tx, "$queryRaw"> = db(),
): Promise<{ email: string | null } | null> {
  const [row] = await tx.$queryRaw<{ email: string | null; state: string }[]>`
    select email, state from find_invitation(${sha256Hex(token)})`;
  return row?.state === "open" ? { email: row.email } : null;
}
