import "server-only";
import { asTeam } from "@/lib/auth/context";
import { db } from "@/lib/platform/db";
import { sendAgain } from "@/lib/platform/queue";

const MOST_AT_ONCE = 100;
/** Longer than a period of credits, so that nothing about one is told twice. */
const KEPT_DAYS = 40;

/** Puts deliveries into the queue again: those whose pause is over, and what a killed process left. */
export async function recoverDeliveries(): Promise<void> {
  const due = await db().$queryRaw<{ teamId: string; id: string }[]>`
    select team_id as "teamId", id from webhook_deliveries_waiting(${MOST_AT_ONCE}::int)`;
  for (const one of due) await sendAgain("webhook", one.id, one);
}

/** Forgets deliveries that are older than the log keeps them. */
export async function tidyDeliveries(): Promise<void> {
  const before = new Date(Date.now() - KEPT_DAYS * 86_400_000);
  const teams = await db().$queryRaw<{ teamId: string }[]>`
    select team_id as "teamId" from webhook_teams_to_tidy(${before}::timestamptz) as team_id`;
  for (const { teamId } of teams) {
    await asTeam(teamId, async (tx) => {
      const old = { teamId, createdAt: { lt: before }, state: { not: "waiting" } };
      await tx.webhookItem.deleteMany({ where: { teamId, delivery: old } });
      await tx.webhookDelivery.deleteMany({ where: old });
    });
  }
}
