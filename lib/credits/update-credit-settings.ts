import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { invalid } from "@/lib/platform/errors";
import { fetchTeamCreditSettings } from "./internal";
import type { TeamCreditSettings, UpdateCreditSettingsInput } from "./limit-schemas";

/**
 * Changes what the team decided about its credits; the fields that became others are noted with before and after.
 * Another first day of the period holds from the next period on. @throws `invalid_request`
 */
export async function updateCreditSettings(
  ctx: TeamContext,
  input: UpdateCreditSettingsInput,
): Promise<TeamCreditSettings> {
  return withTeam(ctx, "limits:write", async (tx) => {
    const { id: teamId } = ctx.team;
    // So that two changes at once do not each leave half of a price.
    await tx.$executeRaw`select 1 from team where id = ${teamId}::uuid for update`;
    const before = await fetchTeamCreditSettings(tx, teamId);
    const price = input.creditPrice === undefined ? before.creditPrice : input.creditPrice;
    const currency = input.creditCurrency === undefined ? before.creditCurrency : input.creditCurrency;
    if (price !== null && currency === null) throw invalid("creditCurrency", "currency_missing");
    if (price === null && currency !== null) throw invalid("creditPrice", "price_missing");

    const { periodFirstDay, ...columns } = input;
    const defined = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
    if (Object.keys(defined).length > 0) await tx.team.update({ where: { id: teamId }, data: defined });
    if (periodFirstDay !== undefined) {
      await tx.$executeRaw`select credits_set_first_day(${teamId}::uuid, ${periodFirstDay}::int)`;
    }
    const after = await fetchTeamCreditSettings(tx, teamId);
    const names = Object.keys(input) as (keyof UpdateCreditSettingsInput)[];
    const changed = names.filter((field) => before[field] !== after[field]);
    const of = (settings: TeamCreditSettings) => Object.fromEntries(changed.map((field) => [field, settings[field]]));
    if (changed.length > 0) {
      await audit(tx, ctx, "credit_settings.changed", {}, { before: of(before), after: of(after) });
    }
    return after;
  });
}
