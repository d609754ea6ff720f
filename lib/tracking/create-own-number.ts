import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { teamToday } from "@/lib/insights/team-today";
import { appNow } from "@/lib/platform/clock";
import { invalid } from "@/lib/platform/errors";
import { assertLearned } from "./internal";
import { assertFigures, fetchOwnNumber } from "./own-number-rows";
import type { CreateOwnNumberInput, OwnNumber } from "./own-number-schemas";

/**
 * Enters what the team's own account says of a category in a region and month. Each month is entered once.
 * @throws `not_found` for a category of which nothing is stored; `key_missing`; `invalid_request` for a month still to
 * come or already entered, and for figures that say nothing
 */
export async function createOwnNumber(
  ctx: TeamContext,
  categoryId: string,
  input: CreateOwnNumberInput,
): Promise<OwnNumber> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const upstream = await assertLearned(tx, ctx, categoryId);
    if (input.month > (await teamToday(tx, ctx)).slice(0, 7)) throw invalid("month", "own_month_future");
    assertFigures(input);
    const now = await appNow(tx);
    const place = { teamId: ctx.team.id, upstream, categoryId, memberId: ctx.member.id };
    const [made] = await tx.ownNumber.createManyAndReturn({
      data: [{ ...input, ...place, createdAt: now, updatedAt: now }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (!made) throw invalid("month", "own_month_taken");
    const { region, month } = input;
    await audit(tx, ctx, "category.number_entered", { numberId: made.id, categoryId, region, month });
    return fetchOwnNumber(tx, ctx, categoryId, made.id);
  });
}
