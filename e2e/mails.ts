import { expect } from "@playwright/test";
import type { ReceivedMail } from "@/lib/testing/mail-server";

async function mailsTo(address: string): Promise<ReceivedMail[]> {
  const response = await fetch(`http://127.0.0.1:${process.env.E2E_MAIL_PORT}/`);
  return ((await response.json()) as ReceivedMail[]).filter(({ to }) => to === address);
}

/** The nth mail that an address was sent, once it has arrived. */
export async function mailTo(address: string, nth = 1): Promise<ReceivedMail> {
  const arrived = async () => (await mailsTo(address)).length;
  await expect.poll(arrived, { message: `mail ${nth} to ${address}`, timeout: 20_000 }).toBeGreaterThanOrEqual(nth);
  return (await mailsTo(address))[nth - 1] as ReceivedMail;
}

/** The path that a mail's button leads to. */
export function linkIn(mail: ReceivedMail): string {
  const [address] = /https?:\/\/\S+$/m.exec(mail.text) ?? [];
  if (!address) throw new Error(`No link in: ${mail.text}`);
  return new URL(address).pathname;
}
