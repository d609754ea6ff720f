import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchOwnNumber } from "./own-number-rows";

/** @throws `not_found` */
export async function deleteOwnNumber(
  ctx: TeamContext,
  { categoryId, numberId }: { categoryId: string; numberId: string },
): Promise<void> {
  await withTeam(ctx, "tracking:write", async (tx) => {
    const { region, month } = await fetchOwnNumber(tx, ctx, categoryId, numberId);
    await tx.ownNumber.delete({ where: { teamId_id: { teamId: ctx.team.id, id: numberId } } });
    await audit(tx, ctx, "category.number_deleted", { numberId, categoryId, region, month });
  });
}
