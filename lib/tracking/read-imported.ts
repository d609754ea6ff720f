import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Region } from "@/lib/insights/schemas";
import type { ImportedFigures, ImportedPoint } from "./import-schemas";

/**
 * What a team's own sheets say of a category in a region and window between two days, oldest first. Where several say
 * something of the same day or month, the newest import does. Only to be shown: no rank, percentile, movement or alert
 * reads it.
 */
export async function readImported(
  ctx: TeamContext,
  categoryId: string,
  { region, window, from, to }: { region: Region; window: string; from: string; to: string },
): Promise<ImportedPoint[]> {
  const letters = window === "month" ? "YYYY-MM".length : "YYYY-MM-DD".length;
  return withTeam(
    ctx,
    "tracking:read",
    (tx) => tx.$queryRaw<{ at: string; figures: ImportedFigures; importName: string }[]>`
      select distinct on (p."at") p."at", p.figures, i.name as "importName"
      from imported_point p join history_import i on i.team_id = p.team_id and i.id = p.import_id
      where p.team_id = ${ctx.team.id}::uuid and p.category_id = ${categoryId} and p.region = ${region}
        and p."at" between ${from.slice(0, letters)} and ${to.slice(0, letters)}
        and i."window" = ${window} and i.upstream = ${ctx.team.upstream ?? ""} and i.removed_at is null
      order by p."at", i.created_at desc, i.id desc`,
  );
}
