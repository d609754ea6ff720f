import "server-only";
import { db } from "@/lib/platform/db";
import { smtp } from "@/lib/platform/env";
import { sendAgain } from "@/lib/platform/queue";
import { expireMails } from "./deliver-mail";

const MOST_AT_ONCE = 100;
const KEPT_DAYS = 30;

/**
 * Puts mails that are due into the queue again: those whose pause is over, and what a killed process left. Ended ones
 * are forgotten after a month; they hold people's addresses.
 */
export async function recoverMails(): Promise<void> {
  await expireMails();
  await db().mail.deleteMany({ where: { endedAt: { lt: new Date(Date.now() - KEPT_DAYS * 86_400_000) } } });
  if (!smtp()) return;
  const due = await db().$queryRaw<{ id: string }[]>`
    select id from mail where ended_at is null and next_try_at <= clock_timestamp()
      and (lease_until is null or lease_until < clock_timestamp())
    order by next_try_at limit ${MOST_AT_ONCE}::int`;
  for (const { id } of due) await sendAgain("mail", id, { id });
}
