import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import type { HistoryInput } from "@/lib/insights/history-schemas";
import { historySpan } from "@/lib/insights/history-span";
import { teamToday } from "@/lib/insights/team-today";
import type { ImportedFigures, ImportedPoint } from "./import-schemas";

/**
 * What a team's own sheets say of a category in a region and window between two days, oldest first. Where several say
 * something of the same day or month, the newest import does. Only to be shown: no rank, percentile, movement or alert
 * reads it. @throws `invalid_request` for days reversed or too many
 */
export async function readImported(
  ctx: TeamContext,
  categoryId: string,
  { region, window, ...asked }: HistoryInput,
): Promise<ImportedPoint[]> {
  const letters = window === "month" ? "YYYY-MM".length : "YYYY-MM-DD".length;
  return withTeamLookups(ctx, "tracking:read", async (tx) => {
    const { from, to } = historySpan(asked, asked.to ?? (await teamToday(tx, ctx)));
    return tx.$queryRaw<{ at: string; figures: ImportedFigures; importName: string }[]>`
      select distinct on (p."at") p."at", p.figures, i.name as "importName"
      from imported_point p join history_import i on i.team_id = p.team_id and i.id = p.import_id
      where p.team_id = ${ctx.team.id}::uuid and p.category_id = ${categoryId} and p.region = ${region}
        and p."at" between ${from.slice(0, letters)} and ${to.slice(0, letters)}
        and i."window" = ${window} and i.upstream = ${ctx.team.upstream ?? ""} and i.removed_at is null
      order by p."at", i.created_at desc, i.id desc`;
  });
}
