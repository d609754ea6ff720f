import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { KeptKey } from "./schemas";

type Row = {
  id: string;
  name: string;
  last_four: string;
  ended_at: Date | null;
  created_at: Date;
  created_by: string | null;
  rejected_at: Date | null;
  rejected_reason: string | null;
  out_of_credits_at: Date | null;
  last_success_at: Date | null;
  last_refusal_at: Date | null;
  last_refusal: string | null;
  refused_id: string | null;
};

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The live keys that the team keeps, the one in use first, each with its health of its own. Never a key itself. */
export function readKeys(ctx: TeamContext): Promise<KeptKey[]> {
  return withTeam(ctx, "key:read", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select k.id, k.name, k.last_four, k.ended_at, k.created_at, u.name as created_by, k.rejected_at, k.rejected_reason,
        k.out_of_credits_at, k.last_success_at, k.last_refusal_at, k.last_refusal,
        -- The index of what was sent with a key; a refusal is told within a call of its sending.
        (select r.id from credit_request r
          where r.team_id = k.team_id and r.key_id = k.id and r.problem = k.last_refusal
            and r.sent_at between k.last_refusal_at - interval '1 hour' and k.last_refusal_at + interval '1 minute'
          order by r.sent_at desc limit 1) as refused_id
      from team_key k
        left join membership m on m.team_id = k.team_id and m.id = k.created_by_id
        left join user_account u on u.id = m.user_id
      where k.team_id = ${ctx.team.id}::uuid and k.upstream = 'live' and k.sealed_text is not null
      order by k.ended_at is not null, k.created_at desc, k.id desc`;
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      lastFour: row.last_four,
      inUse: row.ended_at === null && ctx.team.upstream === "live",
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by,
      rejectedAt: iso(row.rejected_at),
      rejectedReason: row.rejected_reason,
      outOfCreditsAt: iso(row.out_of_credits_at),
      lastSuccessAt: iso(row.last_success_at),
      lastRefusalAt: iso(row.last_refusal_at),
      lastRefusal: row.last_refusal,
      refusedRequestId: row.refused_id,
    }));
  });
}
