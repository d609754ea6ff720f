import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { fetchPeriod } from "./fetch-period";
import type { CreditPeriod, OwnCredits } from "./schemas";

/**
 * Credits of the whole team in the running period, from its counter, and of the reader where they have a limit of their
 * own: a few rows, however much was bought.
 */
export const readPeriod = (ctx: TeamContext): Promise<CreditPeriod & { own: OwnCredits | null }> =>
  withTeam(ctx, "credits:read", async (tx) => {
    const { today: _today, dayShare: _share, previous: _previous, ...period } = await fetchPeriod(tx, ctx);
    return { ...period, own: await fetchOwn(tx, ctx, period.from) };
  });

async function fetchOwn(tx: Tx, { team, member }: TeamContext, from: string): Promise<OwnCredits | null> {
  const [row] = await tx.$queryRaw<{ limit: number | null; spent: number | null; held: number | null }[]>`
    select credit_effective_limit(${team.id}::uuid, ${team.upstream ?? ""}, ${from}::date, 'member', ${member.id}::uuid)
      as limit, c.spent, c.held + c.unsettled as held
    from (select) one left join credit_counter c on c.team_id = ${team.id}::uuid and c.upstream = ${team.upstream ?? ""}
      and c.period_start = ${from}::date and c.scope = 'member' and c.subject_id = ${member.id}::uuid`;
  if (!row || row.limit === null) return null;
  const { limit, spent, held } = { ...row, limit: row.limit, spent: row.spent ?? 0, held: row.held ?? 0 };
  return { limit, spent, held, left: Math.max(0, limit - spent - held) };
}
