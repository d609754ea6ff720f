import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { lockRule } from "./rule-rows";

/** Takes a rule out of sight and silences it. What it told stays. @throws `not_found` */
export async function deleteRule(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "alerts:write", async (tx) => {
    await lockRule(tx, ctx, id);
    await tx.alertRule.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { deletedAt: await appNow(tx), version: { increment: 1 } },
    });
    await audit(tx, ctx, "alert_rule.deleted", { ruleId: id });
  });
}
