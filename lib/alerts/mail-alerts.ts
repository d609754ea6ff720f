import "server-only";
import { asTeam } from "@/lib/auth/context";
import { toProfile } from "@/lib/auth/to-profile";
import type { AlertLine } from "@/lib/mail/alert-lines";
import type { NoticeTold } from "@/lib/mail/notice-lines";
import { writeMail } from "@/lib/mail/write-mail";
import { db, type Tx } from "@/lib/platform/db";
import { doForEach } from "@/lib/platform/do-for-each";

/** A mail of more is a page; the rest waits behind its link. */
const MOST_LINES = 50;
/** A mail that the server does not take is tried for so long. */
const TRIED_MS = 24 * 3_600_000;

type Due = { team_id: string; member_id: string };
type NoticeRow = Omit<NoticeTold, "at"> & { at: Date };
type Row = Omit<AlertLine, "oldAt" | "newAt"> & { oldAt: Date | null; newAt: Date };

/** Writes the mails about alerts and limits that are due: all of a member's in one. @returns how many mails */
export async function mailAlerts(): Promise<{ mails: number }> {
  const due = await db().$queryRaw<Due[]>`select * from alert_mails_due()`;
  let mails = 0;
  await doForEach(due, async ({ team_id, member_id }) => {
    const written = await asTeam(team_id, (tx) => mailMember(tx, team_id, member_id));
    mails += written;
  });
  return { mails };
}

/** What is mailed is taken off the list in the same transaction: a process that dies leaves it there, unsaid. */
async function mailMember(tx: Tx, teamId: string, memberId: string): Promise<number> {
  const alerts = await tx.$queryRaw<Row[]>`
    with taken as (delete from alert_mail where team_id = ${teamId}::uuid and member_id = ${memberId}::uuid
      and due_at <= app_now() returning team_id, alert_id)
    select a.condition, a.metric, a.value, a.category_id as "categoryId", coalesce(own.name, c.name) as "categoryName",
      a.region, a."window", a.old_value as "oldValue", a.new_value as "newValue", a.old_at as "oldAt", a.new_at as "newAt",
      r.name as "ruleName"
    from taken t
      join alert a on a.team_id = t.team_id and a.id = t.alert_id
      join alert_rule r on r.team_id = a.team_id and r.id = a.rule_id
      left join category c on c.team_id = a.team_id and c.upstream = a.upstream and c.id = a.category_id
      left join category_name own
        on own.team_id = a.team_id and own.upstream = a.upstream and own.category_id = a.category_id
    order by a.fired_at desc, a.id desc`;
  const notices = await tx.$queryRaw<NoticeRow[]>`
    with taken as (delete from notice_mail where team_id = ${teamId}::uuid and member_id = ${memberId}::uuid
      and due_at <= app_now() returning team_id, notification_id)
    select n.kind, n.facts, coalesce(u.name, k.name) as name, n.created_at as at,
      (n.facts ->> 'memberId')::uuid is not distinct from ${memberId}::uuid as "isOwn"
    from taken t
      join notification n on n.team_id = t.team_id and n.id = t.notification_id
      left join membership m on m.team_id = n.team_id and m.id = (n.facts ->> 'memberId')::uuid
      left join user_account u on u.id = m.user_id
      left join api_token k on k.team_id = n.team_id and k.id = (n.facts ->> 'tokenId')::uuid
    order by n.created_at desc, n.id desc`;
  const count = alerts.length + notices.length;
  const member = await tx.membership.findFirst({
    where: { teamId, id: memberId, removedAt: null },
    include: { team: true, user: true },
  });
  if (!member || count === 0) return 0;
  const { team, user } = member;
  await writeMail(tx, {
    kind: "alerts",
    to: user.email,
    language: toProfile(user).language ?? "en",
    facts: {
      team: team.name,
      count,
      notices: notices.slice(0, MOST_LINES).map(({ at, ...notice }) => ({ ...notice, at: at.toISOString() })),
      alerts: alerts.slice(0, MOST_LINES).map(({ oldAt, newAt, ...line }) => ({
        ...line,
        oldAt: oldAt?.toISOString() ?? null,
        newAt: newAt.toISOString(),
      })),
      timeZone: team.timeZone,
      link: `/t/${team.slug}/${alerts.length > 0 ? "alerts" : "notifications"}`,
    },
    expiresAt: new Date(Date.now() + TRIED_MS),
  });
  return 1;
}
