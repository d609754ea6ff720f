import "server-only";
import { createTransport } from "nodemailer";
import type { Smtp } from "@/lib/platform/env";
import type { ComposedMail } from "./compose-mail";

const WAIT_MS = 15_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What the mail server said: `isFinal` when asking again would bring the same. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
  constructor(
    message: string,
    readonly isFinal: boolean,
  ) {
    super(message);
  }
}

/**
 * Hands a mail to the mail server. A password goes over the network encrypted or not at all.
 * @param id becomes the Message-ID: what is sent twice after a crash is known as one mail
 * @throws MailRefused
 */
export async function hand(smtp: Smtp, to: string, id: string, mail: ComposedMail): Promise<void> {
  const { hostname, password } = new URL(smtp.url);
  const transport = createTransport({
    url: smtp.url,
    requireTLS: password !== "" && !LOOPBACK.test(hostname),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    dnsTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>]+)>?$/.exec(smtp.from)?.[1] ?? "localhost";
  try {
    await transport.sendMail({
      from: smtp.from,
      // An object is taken as one address, whatever a list parser would make of the text.
      to: { name: "", address: to },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<${id}@${domain}>`,
      // RFC 3834: no holiday answers, please.
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } catch (error) {
    throw refusalOf(error);
  } finally {
    transport.close();
  }
}

function refusalOf(error: unknown): MailRefused {
  const { code, command, responseCode, message } = error as Partial<Record<string, string>> & { responseCode?: number };
  // A refused sender or sign-in is the operator's to mend: the mail waits for it.
  const isAboutMail = (code === "EENVELOPE" || code === "EMESSAGE") && command !== "MAIL FROM";
  const isFinal = isAboutMail && (responseCode === undefined || responseCode >= 500);
  return new MailRefused(String(message ?? error).slice(0, 300), isFinal);
}
