import "server-only";
import type { ReviewTold } from "@/lib/mail/review-lines";
import type { Tx } from "@/lib/platform/db";

/**
 * Lays a week's review down for the webhooks that want it, once, in the caller's transaction. It has its own hour, so it
 * waits for no other. @returns to how many it goes
 */
export async function tellOfReview(tx: Tx, teamId: string, week: string, review: ReviewTold): Promise<number> {
  return tx.$executeRaw`
    insert into webhook_item (team_id, webhook_id, dedupe, kind, facts, link, at, due_at)
    select w.team_id, w.id, ${`review/${week}`}, 'review', ${JSON.stringify(review)}::jsonb, ${`/alerts/review/${week}`},
      app_now(), app_now()
    from webhook w
    where w.team_id = ${teamId}::uuid and w.reviews and w.off_reason is null and w.deleted_at is null
    on conflict do nothing`;
}
