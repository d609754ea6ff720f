import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";
import type { HistoryImport, ImportedFigures } from "./import-schemas";

export type ImportedLine = {
  at: string;
  categoryId: string;
  /** The team's own name, else the provider's. */
  categoryName: string | null;
  region: string;
  figures: ImportedFigures;
};

/** All that one sheet says, oldest first: no more than one sheet may have lines. @throws `not_found` */
export async function readImportPoints(
  ctx: TeamContext,
  id: string,
): Promise<Pick<HistoryImport, "name" | "window"> & { items: ImportedLine[] }> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const sheet = await tx.historyImport.findFirst({
      where: { teamId: ctx.team.id, id, upstream: ctx.team.upstream ?? "", removedAt: null },
      select: { name: true, window: true },
    });
    if (!sheet) throw notFound();
    const items = await tx.$queryRaw<ImportedLine[]>`
      select p."at", p.category_id as "categoryId", coalesce(n.name, c.name) as "categoryName", p.region, p.figures
      from imported_point p
        left join category c
          on c.team_id = p.team_id and c.upstream = ${ctx.team.upstream ?? ""} and c.id = p.category_id
        left join category_name n
          on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      where p.team_id = ${ctx.team.id}::uuid and p.import_id = ${id}::uuid
      order by p."at", p.region, p.category_id`;
    return { name: sheet.name, window: sheet.window as HistoryImport["window"], items };
  });
}
