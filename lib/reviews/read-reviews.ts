import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { dayNumber, dayOfNumber } from "@/lib/insights/day-points";
import type { Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { gatherFacts } from "./gather-facts";
import { ownerContext } from "./owner-context";
import { type ReviewSetting, type Reviews, reviewFactsSchema, type SentReview } from "./schemas";

/** Until somebody chooses: Monday at nine, and off. */
const USUAL: ReviewSetting = { isOn: false, weekday: 1, hour: 9 };
const MOST_SENT = 60;

/** The coming review as it would read now, when it goes out and to how many, and those that went out. */
export async function readReviews(ctx: TeamContext): Promise<Reviews> {
  const owner = await ownerContext(ctx.team.id);
  if (!owner) throw notFound();
  const facts = await gatherFacts(owner);
  return withTeam(ctx, "insights:read", async (tx) => {
    const { id: teamId, timeZone } = ctx.team;
    const setting = await fetchSetting(tx, teamId);
    const { week, dueAt } = await nextDue(tx, setting, timeZone);
    const readers = await tx.weeklyReviewReader.findMany({ where: { teamId, member: { removedAt: null } } });
    const webhooks = await tx.webhook.count({ where: { teamId, reviews: true, offReason: null, deletedAt: null } });
    const written = await fetchComment(tx, teamId, week);
    const sent = await tx.weeklyReview.findMany({
      where: { teamId, sentAt: { not: null } },
      orderBy: { week: "desc" },
      take: MOST_SENT,
      select: { week: true, sentAt: true, readers: true, webhooks: true, comment: true },
    });
    return {
      setting,
      isMine: readers.some(({ memberId }) => memberId === ctx.member.id),
      readers: readers.length,
      webhooks,
      coming: { week, dueAt: dueAt.toISOString(), ...written, facts },
      sent: sent.map((one) => ({
        week: isoDay(one.week),
        sentAt: one.sentAt?.toISOString() ?? "",
        readers: one.readers ?? 0,
        webhooks: one.webhooks,
        comment: one.comment,
      })),
    };
  });
}

/** A review that went out, as it was. @throws `not_found` */
export async function readSentReview(ctx: TeamContext, week: string): Promise<SentReview> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const teamId = ctx.team.id;
    const review = await tx.weeklyReview.findUnique({ where: { teamId_week: { teamId, week: new Date(week) } } });
    if (!review?.sentAt) throw notFound();
    return {
      week,
      ...(await fetchComment(tx, teamId, week)),
      facts: reviewFactsSchema.parse(review.facts),
      sentAt: review.sentAt.toISOString(),
      readers: review.readers ?? 0,
      webhooks: review.webhooks,
    };
  });
}

const isoDay = (date: Date) => date.toISOString().slice(0, 10);

export async function fetchSetting(tx: Tx, teamId: string): Promise<ReviewSetting> {
  const row = await tx.weeklyReviewSetting.findUnique({ where: { teamId } });
  return row ? { isOn: row.isOn, weekday: row.weekday, hour: row.hour } : USUAL;
}

export async function fetchComment(tx: Tx, teamId: string, week: string) {
  const row = await tx.weeklyReview.findUnique({
    where: { teamId_week: { teamId, week: new Date(week) } },
    include: { commentedBy: { include: { user: { select: { name: true } } } } },
  });
  const by = row?.commentedBy;
  return {
    comment: row?.comment ?? "",
    commentedBy: by && !by.removedAt ? by.user.name : null,
    version: row?.version ?? 1,
  };
}

/** The next moment at which a review is due, and the Monday of its week, by the clock on the team's wall. */
async function nextDue(tx: Tx, { weekday, hour }: ReviewSetting, timeZone: string) {
  const [row] = await tx.$queryRaw<{ monday: string; passed: boolean }[]>`
    select date_trunc('week', l.now)::date::text as monday,
      date_trunc('week', l.now) + make_interval(days => ${weekday - 1}::int, hours => ${hour}::int) <= l.now as passed
    from (select app_now() at time zone ${timeZone} as now) l`;
  if (!row) throw new Error("The clock did not answer");
  const week = dayOfNumber(dayNumber(row.monday) + (row.passed ? 7 : 0));
  const [due] = await tx.$queryRaw<{ at: Date }[]>`
    select (${week}::timestamp + make_interval(days => ${weekday - 1}::int, hours => ${hour}::int))
      at time zone ${timeZone} as at`;
  if (!due) throw new Error("A week has no such moment");
  return { week, dueAt: due.at };
}
