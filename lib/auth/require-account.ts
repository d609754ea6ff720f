import "server-only";
import { redirect } from "next/navigation";
import { currentAccount } from "./current-account";
import type { Account } from "./sessions";

/**
 * Who is signed in, for pages that need somebody. Nobody: on to the sign-in page, and back afterwards.
 * @param returnTo a path of this application
 */
export async function requireAccount(returnTo?: string): Promise<Account> {
  const account = await currentAccount();
  if (account) return account;
  redirect(returnTo ? `/sign-in?next=${encodeURIComponent(returnTo)}` : "/sign-in");
}
