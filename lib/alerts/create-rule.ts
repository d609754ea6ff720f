import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { assertScope, fetchRule, putWebhooks } from "./rule-rows";
import type { AlertRule, AlertRuleInput } from "./schemas";

/**
 * A rule about what this member sees, tried on every answer from now on.
 * @throws `invalid_request` for a rule over nothing; `key_missing` while the team has neither key nor sandbox
 */
export async function createRule(ctx: TeamContext, input: AlertRuleInput): Promise<AlertRule> {
  return withTeam(ctx, "alerts:write", async (tx) => {
    const upstream = await assertScope(tx, ctx, input);
    const now = await appNow(tx);
    const { webhookIds, ...rule } = input;
    const { id } = await tx.alertRule.create({
      data: { ...rule, teamId: ctx.team.id, upstream, memberId: ctx.member.id, createdAt: now, updatedAt: now },
      select: { id: true },
    });
    await putWebhooks(tx, ctx.team.id, id, webhookIds);
    await audit(tx, ctx, "alert_rule.created", { ruleId: id, condition: input.condition });
    return fetchRule(tx, ctx, id);
  });
}
