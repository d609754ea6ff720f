import "server-only";
import { asTeam } from "@/lib/auth/context";
import { toProfile } from "@/lib/auth/to-profile";
import { writeMail } from "@/lib/mail/write-mail";
import { db, type Tx } from "@/lib/platform/db";
import { doForEach } from "@/lib/platform/do-for-each";
import { tellOfReview } from "@/lib/webhooks/tell-of-review";
import { gatherFacts } from "./gather-facts";
import { ownerContext } from "./owner-context";
import { fetchComment } from "./read-reviews";
import type { ReviewFacts } from "./schemas";

/** A mail that the server does not take is tried for so long. */
const TRIED_MS = 24 * 3_600_000;

/** Sends the weekly reviews that are due, each once, whoever else is at it. @returns how many mails were written */
export async function sendReviews(): Promise<{ mails: number }> {
  const due = await db().$queryRaw<{ team_id: string; week: Date }[]>`select * from weekly_reviews_due()`;
  let mails = 0;
  await doForEach(due, async ({ team_id: teamId, week }) => {
    const owner = await ownerContext(teamId);
    if (!owner) return;
    const facts = await gatherFacts(owner);
    const written = await asTeam(teamId, (tx) => sendOne(tx, teamId, week.toISOString().slice(0, 10), facts));
    mails += written;
  });
  return { mails };
}

/** The review counts as sent in the transaction that lays down its mails and messages: one without the other is never there. */
async function sendOne(tx: Tx, teamId: string, week: string, facts: ReviewFacts): Promise<number> {
  const readers = await tx.weeklyReviewReader.findMany({
    where: { teamId, member: { removedAt: null } },
    include: { member: { include: { user: true, team: true } } },
  });
  const taken = await tx.$queryRaw<{ week: Date }[]>`
    insert into weekly_review as v (team_id, week, facts, sent_at, readers)
    values (${teamId}::uuid, ${week}::date, ${JSON.stringify(facts)}::jsonb, app_now(), ${readers.length}::int)
    on conflict (team_id, week) do update
      set facts = excluded.facts, sent_at = excluded.sent_at, readers = excluded.readers
      where v.sent_at is null
    returning week`;
  if (taken.length === 0) return 0;
  const { comment, commentedBy } = await fetchComment(tx, teamId, week);
  const review = { ...facts, comment, commentedBy };
  const webhooks = await tellOfReview(tx, teamId, week, review);
  const key = { teamId_week: { teamId, week: new Date(week) } };
  if (webhooks > 0) await tx.weeklyReview.update({ where: key, data: { webhooks } });
  for (const { member } of readers) {
    const { team, user } = member;
    await writeMail(tx, {
      kind: "review",
      to: user.email,
      language: toProfile(user).language ?? "en",
      facts: {
        team: team.name,
        review,
        timeZone: team.timeZone,
        link: `/t/${team.slug}/alerts/review/${week}`,
      },
      expiresAt: new Date(Date.now() + TRIED_MS),
    });
  }
  return readers.length;
}
