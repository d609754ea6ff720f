import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as its recipient's program shows it. */
export type ReceivedMail = {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Every header line's name in lower case, as often as it came. */
  headers: string[];
  raw: string;
};

export type MailServer = { url: string; received: ReceivedMail[]; refuse(next: Refusal): void; stop(): Promise<void> };

/** What the server answers to the next recipients: once, or to all from now on. */
export type Refusal = { code: number; times: number };

/** A real SMTP server that keeps what it takes. @param port a free one when it is 0 */
export async function startMailServer(port = 0): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let refusal: Refusal = { code: 0, times: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo(_address, _session, done) {
      if (refusal.times === 0) return done();
      refusal = { ...refusal, times: refusal.times - 1 };
      done(Object.assign(new Error("Not now"), { responseCode: refusal.code }));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", async () => {
        const raw = Buffer.concat(parts);
        const mail = await PostalMime.parse(raw);
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(","),
          from: mail.from?.address ?? "",
          subject: mail.subject ?? "",
          text: mail.text ?? "",
          html: mail.html ?? "",
          messageId: mail.messageId ?? "",
          headers: mail.headers.map(({ key }) => key),
          raw: raw.toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    refuse(next) {
      refusal = next;
    },
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
