import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile } from "@/lib/platform/errors";
import { assertFigures, fetchOwnNumber, figuresOf } from "./own-number-rows";
import type { OwnNumber, UpdateOwnNumberInput } from "./own-number-schemas";

/** Changes what is named of a month's own figures. @throws `not_found`; `conflict` (`edited_meanwhile`) */
export async function updateOwnNumber(
  ctx: TeamContext,
  { categoryId, numberId }: { categoryId: string; numberId: string },
  input: UpdateOwnNumberInput,
): Promise<OwnNumber> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const there = await fetchOwnNumber(tx, ctx, categoryId, numberId);
    const { version, ...change } = input;
    assertFigures({ ...there, ...change });
    // Also without a version: what was checked above must be what is changed.
    const { count } = await tx.ownNumber.updateMany({
      where: { teamId: ctx.team.id, id: numberId, version: version ?? there.version },
      data: { ...change, version: { increment: 1 }, updatedAt: await appNow(tx) },
    });
    if (count === 0) throw editedMeanwhile();
    const now = await fetchOwnNumber(tx, ctx, categoryId, numberId);
    const { region, month } = there;
    await audit(
      tx,
      ctx,
      "category.number_changed",
      { numberId, categoryId, region, month },
      { before: factsOf(there), after: factsOf(now) },
    );
    return now;
  });
}

const factsOf = (number: OwnNumber) => ({ ...figuresOf(number), currency: number.currency });
