import "server-only";
import { db } from "@/lib/platform/db";
import { type MailRow, openMail } from "./open-mail";

export type WaitingMail = {
  id: string;
  createdAt: string;
  to: string;
  /** Null, like the link, when it was sealed with a secret that is gone. */
  subject: string | null;
  /** For the operator to hand on where no mail goes out. */
  link: string | null;
  expiresAt: string;
  /** What the mail server said to the last try; null when there was none. */
  problem: string | null;
};

/** Mails that were not sent, oldest first: for want of SMTP, or because the mail server did not take them yet. */
export async function readOutbox(): Promise<WaitingMail[]> {
  const rows = await db().mail.findMany({
    where: { endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    to: row.toAddress,
    ...saidBy(row),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

function saidBy(row: MailRow & { problem: string | null }): Pick<WaitingMail, "subject" | "link" | "problem"> {
  try {
    const { subject, link } = openMail(row);
    return { subject, link, problem: row.problem };
  } catch (error) {
    return { subject: null, link: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
