import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { Prisma } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { JudgeBreakInput, ProviderBreak } from "./break-schemas";
import { fetchBreaks } from "./read-breaks";

/**
 * Says what a change of the provider's answers was: the market's own doing, so that comparisons across hold again, or a
 * new way of counting, from which on they hold. Null takes that back. @throws `not_found`
 */
export async function judgeBreak(ctx: TeamContext, id: string, { verdict }: JudgeBreakInput): Promise<ProviderBreak> {
  return withTeam(ctx, "team:write", async (tx) => {
    const { count } = await tx.providerBreak.updateMany({
      where: {
        ...{ teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", id },
        OR: verdict === null ? [{ verdict: { not: null } }] : [{ verdict: null }, { verdict: { not: verdict } }],
      },
      data: {
        verdict,
        judgedAt: verdict === null ? null : await appNow(tx),
        judgedById: verdict === null ? null : ctx.member.id,
      },
    });
    const [judged] = await fetchBreaks(tx, ctx, Prisma.sql`and p.id = ${id}::uuid`);
    if (!judged) throw notFound();
    if (count > 0) {
      const { kind, metric, region, window } = judged;
      const facts = { breakId: id, kind, metric, region, window };
      await audit(tx, ctx, verdict === null ? "provider_break.opened" : "provider_break.judged", { ...facts, verdict });
    }
    return judged;
  });
}
