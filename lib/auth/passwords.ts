import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { invalid } from "@/lib/platform/errors";
import { COMMON_PASSWORDS } from "./common-passwords";

/** Made with argon2id's defaults from a text nobody knows: unknown accounts cost what known ones cost. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBub2JvZHkhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

// The same key pressed on two systems may arrive composed or not; NIST SP 800-63B asks for one form.
const oneForm = (password: string) => password.normalize("NFKC");

/** Argon2id with the library's defaults, which are OWASP's (19 MiB, 2 passes). */
export const hashPassword = (password: string) => hash(oneForm(password));

/** Does the same work whether there is an account (`hash`) or not (null: never true). */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(storedHash ?? NOBODYS_HASH, oneForm(password));
  return isRight && storedHash !== null;
}

/** @throws `invalid_request` for a password that is on every guesser's first page. Length is the schema's. */
export function assertPasswordIsOwn(password: string, account: { email: string; name: string }): void {
  const plain = oneForm(password).toLowerCase();
  const isRepetition = /^(.{1,4})\1+.{0,3}$/u.test(plain);
  if (COMMON_PASSWORDS.has(plain) || isRepetition) throw invalid("password", "password_common");
  const isAboutSelf = [account.email.toLowerCase(), account.name.toLowerCase()].some((own) => own === plain);
  if (isAboutSelf) throw invalid("password", "password_own_name");
}
