import "server-only";
import { randomUUID } from "node:crypto";
import type { Language } from "@/lib/auth/schemas";
import { seal } from "@/lib/platform/crypto";
import type { Tx } from "@/lib/platform/db";
import { sendJob } from "@/lib/platform/queue";
import type { MailFacts, MailKind } from "./kinds";

export type NewMail<Kind extends MailKind> = {
  kind: Kind;
  to: string;
  /** The recipient's. */
  language: Language;
  facts: MailFacts[Kind];
  /** It is tried until then. */
  expiresAt: Date;
};

/** Writes a mail in the caller's transaction: it is sent if, and only if, what it tells of has happened. */
export async function writeMail<Kind extends MailKind>(tx: Tx, mail: NewMail<Kind>): Promise<{ id: string }> {
  const id = randomUUID();
  const sealed = seal(JSON.stringify(mail.facts), { table: "mail", rowId: id });
  await tx.mail.create({
    data: {
      id,
      kind: mail.kind,
      toAddress: mail.to,
      language: mail.language,
      expiresAt: mail.expiresAt,
      sealedKeyId: sealed.keyId,
      sealedNonce: Buffer.from(sealed.nonce),
      sealedText: Buffer.from(sealed.ciphertext),
    },
  });
  await sendJob(tx, "mail", id, { id });
  return { id };
}
