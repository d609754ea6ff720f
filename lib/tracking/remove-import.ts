import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { notFound } from "@/lib/platform/errors";

/** Takes an import out of every chart and table, whole; `restoreImport` has it back. @throws `not_found` */
export async function removeImport(ctx: TeamContext, id: string): Promise<void> {
  await setRemoved(ctx, id, true);
}

/** Has a removed import back as it was. One that is there stays as it is. @throws `not_found` */
export async function restoreImport(ctx: TeamContext, id: string): Promise<void> {
  await setRemoved(ctx, id, false);
}

async function setRemoved(ctx: TeamContext, id: string, isRemoved: boolean): Promise<void> {
  await withTeam(ctx, "tracking:write", async (tx) => {
    const where = { teamId: ctx.team.id, id, upstream: ctx.team.upstream ?? "" };
    const there = await tx.historyImport.findFirst({ where, select: { name: true, removedAt: true } });
    if (!there) throw notFound();
    if ((there.removedAt !== null) === isRemoved) return;
    await tx.historyImport.updateMany({ where, data: { removedAt: isRemoved ? await appNow(tx) : null } });
    const facts = { importId: id, name: there.name };
    await audit(tx, ctx, isRemoved ? "history.removed" : "history.restored", facts);
  });
}
