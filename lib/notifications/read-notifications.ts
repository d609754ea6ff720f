import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { type Notification, type NotificationPage, type NotificationsInput, notificationSchema } from "./schemas";

const PAGE = 30;

type Row = {
  id: string;
  kind: string;
  facts: unknown;
  link: string;
  created_at: Date;
  /** The same instant to the microsecond, for the cursor. */
  at_text: string;
  read_at: Date | null;
  name: string | null;
};

/**
 * The member's own notifications, newest first, 30 at a time; nobody else's, whatever the role. Reading marks nothing.
 * @throws `invalid_request` for a foreign cursor.
 */
export async function readNotifications(ctx: TeamContext, input: NotificationsInput = {}): Promise<NotificationPage> {
  const before = input.cursor ? readCursor(input.cursor) : null;
  const below = before
    ? Prisma.sql`and (n.created_at, n.id) < (${before.at}::timestamptz, ${before.id}::uuid)`
    : Prisma.empty;
  const unread = input.unread ? Prisma.sql`and n.read_at is null` : Prisma.empty;
  return withTeam(ctx, "team:read", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select n.id, n.kind, n.facts, n.link, n.created_at, n.created_at::text as at_text, n.read_at,
        coalesce(u.name, k.name) as name
      from (
        select * from notification n
        where n.team_id = ${ctx.team.id}::uuid and n.member_id = ${ctx.member.id}::uuid and n.in_app ${unread} ${below}
        order by n.created_at desc, n.id desc limit ${PAGE + 1}) n
        left join membership m on m.team_id = n.team_id and m.id = (n.facts ->> 'memberId')::uuid
        left join user_account u on u.id = m.user_id
        left join api_token k on k.team_id = n.team_id and k.id = (n.facts ->> 'tokenId')::uuid
      order by n.created_at desc, n.id desc`;
    const last = rows.length > PAGE ? rows[PAGE - 1] : null;
    return { items: rows.slice(0, PAGE).map(toNotification), nextCursor: last ? writeCursor(last) : null };
  });
}

const toNotification = (row: Row): Notification =>
  notificationSchema.parse({
    id: row.id,
    kind: row.kind,
    facts: row.facts,
    link: row.link,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  });

const writeCursor = (row: Row) => Buffer.from(`${row.at_text}|${row.id}`).toString("base64url");

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  const known =
    at && id && /^[0-9a-f-]{36}$/.test(id) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/.test(at);
  if (!known) throw invalid("cursor", "cursor_unknown");
  return { at, id };
}
