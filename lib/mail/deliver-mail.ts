import "server-only";
import { db } from "@/lib/platform/db";
import { smtp as configured, type Smtp } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { type MailRow, openMail } from "./open-mail";
import { hand, MailRefused } from "./transport";

/** Longer than the mail server is waited for, over all its steps. */
const LEASE_SECONDS = 300;
const FIRST_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 1_800;

type Claimed = MailRow & { toAddress: string; attempts: number };

/** Seconds until the next try: three times longer each time, up to half an hour, a part of it by chance. */
export function pauseAfter(attempts: number, random: number): number {
  const most = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 3 ** (attempts - 1));
  return Math.round(most * (0.5 + random / 2));
}

/**
 * Sends a mail that is due, unless another process is at it or it has ended. A crash between sending and noting it
 * sends the same Message-ID again; nothing else does.
 */
export async function deliverMail(id: string, smtp: Smtp | null = configured()): Promise<void> {
  if (!smtp) return;
  const mail = await claim(id);
  if (!mail) return;
  try {
    await hand(smtp, mail.toAddress, mail.id, openMail(mail));
    await end(mail, "sent", null);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const isFinal = error instanceof MailRefused && error.isFinal;
    log().warn({ mail: id, kind: mail.kind, attempts: mail.attempts, isFinal, problem }, "a mail was not sent");
    if (isFinal) await end(mail, "refused", problem);
    else await postpone(mail, problem);
  }
}

async function claim(id: string): Promise<Claimed | null> {
  const rows = await db().$queryRaw<Claimed[]>`
    update mail set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int), attempts = attempts + 1
    where id = ${id}::uuid and ended_at is null and expires_at > clock_timestamp() and next_try_at <= clock_timestamp()
      and (lease_until is null or lease_until < clock_timestamp())
    returning id, kind, language, to_address as "toAddress", attempts, sealed_key_id as "sealedKeyId",
      sealed_nonce as "sealedNonce", sealed_text as "sealedText"`;
  return rows[0] ?? null;
}

const FORGOTTEN = { sealedKeyId: null, sealedNonce: null, sealedText: null, leaseUntil: null } as const;

async function end(mail: Claimed, outcome: "sent" | "refused", problem: string | null): Promise<void> {
  await db().mail.updateMany({
    where: { id: mail.id, endedAt: null },
    data: { ...FORGOTTEN, endedAt: new Date(), outcome, problem },
  });
}

/** Only while the lease is ours: a later holder has its own word on when to try again. */
async function postpone(mail: Claimed, problem: string): Promise<void> {
  await db().$executeRaw`
    update mail set lease_until = null, problem = ${problem},
      next_try_at = clock_timestamp() + make_interval(secs => ${pauseAfter(mail.attempts, Math.random())}::int)
    where id = ${mail.id}::uuid and attempts = ${mail.attempts}::int and ended_at is null`;
}

/** Ends mails that are not worth sending any more, so that their links are forgotten. */
export async function expireMails(): Promise<void> {
  await db().mail.updateMany({
    where: { endedAt: null, expiresAt: { lte: new Date() } },
    data: { ...FORGOTTEN, endedAt: new Date(), outcome: "expired" },
  });
}
