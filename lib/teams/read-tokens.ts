import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import { Prisma, type Tx } from "@/lib/platform/db";
import {
  containing,
  readTablePage,
  TABLE_ROWS,
  type TableLook,
  type TablePage,
} from "@/lib/platform/format/table-page";
import type { Token } from "./token-schemas";

/** So many in one answer of the API, older ones that ended are left out first; pages and the file show the others. */
const MOST = 500;

type Row = {
  id: string;
  name: string;
  member_id: string;
  member_name: string;
  role: Role;
  removed: boolean;
  scope: Token["scope"];
  last_four: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  limit_credits: number | null;
  spent: number;
  held: number;
};

/** One's own tokens, and everybody's for owners and admins: valid ones first, the newest first. Never the token itself. */
export function readTokens(ctx: TeamContext, most: number | null = MOST): Promise<Token[]> {
  return withTeam(ctx, "tokens:read", (tx) => fetchTokens(tx, ctx, "", most, 0));
}

/** One page of the same; `q` is looked for in their names, those of their members and their last four signs. */
export function readTokensPage(ctx: TeamContext, look: TableLook, most = TABLE_ROWS): Promise<TablePage<Token>> {
  return withTeam(ctx, "tokens:read", (tx) => {
    const count = async () => {
      const rows = await tx.$queryRaw<{ total: number }[]>`
        select count(*)::int as total from api_token k
          join membership m on m.team_id = k.team_id and m.id = k.member_id join user_account u on u.id = m.user_id
        where ${seenBy(ctx, look.q)}`;
      return rows[0]?.total ?? 0;
    };
    return readTablePage(look, count, (limit, offset) => fetchTokens(tx, ctx, look.q, limit, offset), most);
  });
}

function seenBy(ctx: TeamContext, q: string): Prisma.Sql {
  const part = containing(q);
  return Prisma.sql`k.team_id = ${ctx.team.id}::uuid
    ${allows(ctx.member.role, "tokens:manage") ? Prisma.empty : Prisma.sql`and k.member_id = ${ctx.member.id}::uuid`}
    ${q === "" ? Prisma.empty : Prisma.sql`and (k.name ilike ${part} or u.name ilike ${part} or k.last_four ilike ${part})`}`;
}

async function fetchTokens(
  tx: Tx,
  ctx: TeamContext,
  q: string,
  limit: number | null,
  offset: number,
): Promise<Token[]> {
  const { id: teamId, upstream } = ctx.team;
  const rows = await tx.$queryRaw<Row[]>`
      select k.id, k.name, k.member_id, u.name as member_name, m.role, m.removed_at is not null as removed, k.scope,
        k.last_four, k.created_at, k.expires_at, k.last_used_at, k.revoked_at, l.credits as limit_credits,
        coalesce(c.spent, 0) as spent, coalesce(c.held + c.unsettled, 0) as held
      from api_token k
        join membership m on m.team_id = k.team_id and m.id = k.member_id
        join user_account u on u.id = m.user_id
        left join credit_limit l on l.team_id = k.team_id and l.scope = 'token' and l.subject_id = k.id
        left join credit_counter c on c.team_id = k.team_id and c.upstream = ${upstream ?? ""} and c.scope = 'token'
          and c.subject_id = k.id and c.period_start = (select start from credit_period(${teamId}::uuid, app_now()))
      where ${seenBy(ctx, q)}
      order by k.revoked_at is not null or coalesce(k.expires_at <= now(), false), k.created_at desc, k.id desc
      limit ${limit}::int offset ${offset}::int`;
  return rows.map(toToken);
}

function stateOf({ revoked_at, removed, expires_at }: Row): Token["state"] {
  if (revoked_at || removed) return "revoked";
  return expires_at && expires_at <= new Date() ? "expired" : "valid";
}

const toToken = (row: Row): Token => ({
  id: row.id,
  name: row.name,
  member: { id: row.member_id, name: row.member_name },
  scope: row.scope,
  effectiveScope: allows(row.role, "insights:buy") ? row.scope : "read",
  lastFour: row.last_four,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  state: stateOf(row),
  limitCredits: row.limit_credits,
  spent: row.spent,
  held: row.held,
});
