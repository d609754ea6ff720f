import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import { Prisma } from "@/lib/platform/db";
import type { Token } from "./token-schemas";

/** Enough for every team; older ones that ended are left out first. */
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
export function readTokens(ctx: TeamContext): Promise<Token[]> {
  const { id: teamId, upstream } = ctx.team;
  const mine = allows(ctx.member.role, "tokens:manage")
    ? Prisma.empty
    : Prisma.sql`and k.member_id = ${ctx.member.id}::uuid`;
  return withTeam(ctx, "tokens:read", async (tx) => {
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
      where k.team_id = ${teamId}::uuid ${mine}
      order by k.revoked_at is not null or coalesce(k.expires_at <= now(), false), k.created_at desc, k.id desc
      limit ${MOST}`;
    return rows.map(toToken);
  });
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
