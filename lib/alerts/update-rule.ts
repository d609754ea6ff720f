import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile } from "@/lib/platform/errors";
import { assertScope, fetchRule, lockRule, putWebhooks } from "./rule-rows";
import type { AlertRule, UpdateAlertRuleInput } from "./schemas";

/**
 * Says a rule anew; what it told before stays as it was told.
 * @throws `not_found`; `invalid_request`; `conflict` (`edited_meanwhile`) when the version named is not the present one
 */
export async function updateRule(ctx: TeamContext, id: string, input: UpdateAlertRuleInput): Promise<AlertRule> {
  return withTeam(ctx, "alerts:write", async (tx) => {
    await lockRule(tx, ctx, id);
    await assertScope(tx, ctx, input);
    const { version, webhookIds, ...change } = input;
    const { count } = await tx.alertRule.updateMany({
      where: { teamId: ctx.team.id, id, ...(version === undefined ? {} : { version }) },
      data: { ...change, version: { increment: 1 }, updatedAt: await appNow(tx) },
    });
    if (count === 0) throw editedMeanwhile();
    await putWebhooks(tx, ctx.team.id, id, webhookIds);
    await audit(tx, ctx, "alert_rule.changed", { ruleId: id, condition: input.condition });
    return fetchRule(tx, ctx, id);
  });
}
