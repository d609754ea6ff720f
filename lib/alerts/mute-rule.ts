import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { fetchRule, lockRule } from "./rule-rows";
import type { AlertRule, MuteAlertRuleInput } from "./schemas";

/** Silences a rule, or lets it speak again of what is stored from then on. @throws `not_found` */
export async function muteRule(ctx: TeamContext, id: string, input: MuteAlertRuleInput): Promise<AlertRule> {
  return withTeam(ctx, "alerts:write", async (tx) => {
    await lockRule(tx, ctx, id);
    const { count } = await tx.alertRule.updateMany({
      where: { teamId: ctx.team.id, id, mutedAt: input.muted ? null : { not: null } },
      data: { mutedAt: input.muted ? await appNow(tx) : null },
    });
    if (count > 0) await audit(tx, ctx, input.muted ? "alert_rule.muted" : "alert_rule.unmuted", { ruleId: id });
    return fetchRule(tx, ctx, id);
  });
}
