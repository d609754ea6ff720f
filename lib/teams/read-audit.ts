import "server-only";
import { z } from "zod";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { type AuditEntry, type AuditInput, type AuditPage, auditEntrySchema } from "./audit-schemas";

const PAGE = 50;

type Row = {
  id: string;
  at: Date;
  member_id: string | null;
  member_name: string | null;
  token_id: string | null;
  token_name: string | null;
  is_system: boolean;
  action: string;
  details: unknown;
  before: unknown;
  after: unknown;
  address: string | null;
  device: string | null;
};

/** The team's audit log, newest first. @throws `invalid_request` for a foreign cursor or member */
export async function readAudit(ctx: TeamContext, input: AuditInput = {}, most = PAGE): Promise<AuditPage> {
  const before = input.cursor ? readCursor(input.cursor) : null;
  return withTeam(ctx, "audit:read", async (tx) => {
    const { member } = input;
    if (member && !(await tx.membership.findFirst({ where: { teamId: ctx.team.id, id: member } }))) {
      throw invalid("member", "member_unknown");
    }
    const rows = await tx.$queryRaw<Row[]>(auditSql(ctx, input, before, most));
    const last = rows.length > most ? rows[most - 1] : null;
    return { items: rows.slice(0, most).map(toEntry), nextCursor: last ? writeCursor(last) : null };
  });
}

/** Entries of a filter, newest first: so many and one more. Names are looked up for those alone. */
export function auditSql(
  ctx: TeamContext,
  { from, to, member, kind }: AuditInput,
  before: Cursor | null,
  most: number,
): Prisma.Sql {
  const zone = ctx.team.timeZone;
  return Prisma.sql`
    select e.id, e.at, e.member_id, u.name as member_name, e.token_id, k.name as token_name, e.is_system, e.action,
      e.details, e.before, e.after, e.address, e.device
    from (
      select * from audit_entry e
      where e.team_id = ${ctx.team.id}::uuid
        ${from ? Prisma.sql`and e.at >= (${from}::date)::timestamp at time zone ${zone}` : Prisma.empty}
        ${to ? Prisma.sql`and e.at < (${to}::date + 1)::timestamp at time zone ${zone}` : Prisma.empty}
        ${member ? Prisma.sql`and e.member_id = ${member}::uuid` : Prisma.empty}
        ${kind ? Prisma.sql`and split_part(e.action, '.', 1) = ${kind}` : Prisma.empty}
        ${before ? Prisma.sql`and (e.at, e.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : Prisma.empty}
      order by e.at desc, e.id desc limit ${most + 1}) e
      left join membership m on m.team_id = e.team_id and m.id = e.member_id
      left join user_account u on u.id = m.user_id
      left join api_token k on k.team_id = e.team_id and k.id = e.token_id
    order by e.at desc, e.id desc`;
}

const named = (id: string | null, name: string | null) => (id && name !== null ? { id, name } : null);

function actorOf(row: Row): AuditEntry["actor"] {
  if (row.token_id) return "token";
  if (row.member_id) return "member";
  return row.is_system ? "system" : "operator";
}

const toEntry = (row: Row): AuditEntry =>
  auditEntrySchema.parse({
    id: row.id,
    at: row.at.toISOString(),
    actor: actorOf(row),
    member: named(row.member_id, row.member_name),
    token: named(row.token_id, row.token_name),
    action: row.action,
    details: row.details,
    before: row.before,
    after: row.after,
    address: row.address,
    device: row.device,
  });

type Cursor = { at: string; id: string };

const writeCursor = ({ at, id }: Pick<Row, "at" | "id">) =>
  Buffer.from(`${at.toISOString()}|${id}`).toString("base64url");

const cursorSchema = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** @throws `invalid_request` at `cursor` for anything that `writeCursor` did not write. */
function readCursor(cursor: string): Cursor {
  const parts = cursorSchema.safeParse(Buffer.from(cursor, "base64url").toString("utf8").split("|"));
  if (!parts.success) throw invalid("cursor", "cursor_unknown");
  const [at, id] = parts.data;
  return { at, id };
}
