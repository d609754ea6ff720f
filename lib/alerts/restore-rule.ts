import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchRule, lockRule } from "./rule-rows";
import type { AlertRule } from "./schemas";

/** Has a deleted rule back as it was. @throws `not_found`, also for one that is there */
export async function restoreRule(ctx: TeamContext, id: string): Promise<AlertRule> {
  return withTeam(ctx, "alerts:write", async (tx) => {
    await lockRule(tx, ctx, id, { deleted: true });
    await tx.alertRule.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { deletedAt: null, version: { increment: 1 } },
    });
    await audit(tx, ctx, "alert_rule.restored", { ruleId: id });
    return fetchRule(tx, ctx, id);
  });
}
