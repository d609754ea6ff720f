import "server-only";
import { LANGUAGES, type Language } from "@/lib/auth/schemas";
import { openSealed } from "@/lib/platform/crypto";
import { type ComposedMail, composeMail } from "./compose-mail";
import type { MailKind } from "./kinds";

export type MailRow = {
  id: string;
  kind: string;
  language: string;
  sealedKeyId: string | null;
  sealedNonce: Uint8Array | null;
  sealedText: Uint8Array | null;
};

/** What a waiting mail says. @throws when it was sealed with a secret that this installation no longer has */
export function openMail(row: MailRow): ComposedMail {
  const { sealedKeyId: keyId, sealedNonce: nonce, sealedText: ciphertext } = row;
  if (!keyId || !nonce || !ciphertext) throw new Error("A mail that has ended says nothing any more");
  const facts = JSON.parse(openSealed({ keyId, nonce, ciphertext }, { table: "mail", rowId: row.id }));
  const language: Language = LANGUAGES.find((known) => known === row.language) ?? "en";
  return composeMail(row.kind as MailKind, language, facts);
}
