import "server-only";
import { randomUUID } from "node:crypto";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { notify } from "@/lib/notifications/notify";
import { AppError } from "@/lib/platform/errors";
import { fetchAsk } from "./internal";
import type { AskForMoreInput, LimitAsk } from "./limit-schemas";

/**
 * Asks for more credits in the running period, for oneself; owners and admins are told. @throws `conflict` with reason `already_asked` while an
 * ask of this period is open, `no_limit` when no limit holds the asker back
 */
export async function askForMore(ctx: TeamContext, { credits, note }: AskForMoreInput): Promise<LimitAsk> {
  return withTeam(ctx, "insights:buy", async (tx) => {
    const { team, member } = ctx;
    const id = randomUUID();
    const [limit] = await tx.$queryRaw<{ effective: number | null; asked: number }[]>`
      with running as (select start from credit_period(${team.id}::uuid, app_now())),
      limited as (select start, credit_effective_limit(${team.id}::uuid, ${team.upstream ?? ""}, start, 'member',
        ${member.id}::uuid) as effective from running),
      asked as (
        insert into limit_request (team_id, id, member_id, upstream, period_start, asked_credits, note, asked_at)
        select ${team.id}::uuid, ${id}::uuid, ${member.id}::uuid, ${team.upstream}, start, ${credits}::int, ${note}, app_now()
        from limited where effective is not null
        on conflict do nothing returning 1)
      select effective, (select count(*) from asked)::int as asked from limited`;
    if (!limit || limit.effective === null) throw new AppError("conflict", { reason: "no_limit" });
    if (limit.asked === 0) throw new AppError("conflict", { reason: "already_asked" });
    await audit(tx, ctx, "limit.asked", { askId: id, credits, note });
    await notify(tx, team.id, {
      kind: "limit_asked",
      to: { admins: true },
      facts: { memberId: member.id, credits },
      link: "/settings/limits",
      dedupe: `limit_asked/${id}`,
    });
    return fetchAsk(tx, team.id, id);
  });
}
