import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { teamToday } from "@/lib/insights/team-today";
import { appNow } from "@/lib/platform/clock";
import { AppError, invalid } from "@/lib/platform/errors";
import { fetchNameable } from "./fetch-nameable";
import { type ImportHistoryInput, type ImportReport, MOST_IMPORT_ROWS } from "./import-schemas";
import { understandSheet } from "./understand-sheet";

const SHOWN = 10;
const MISSES_SHOWN = 200;

/**
 * Brings a team's own history in from a sheet: a dry run tells how its columns and lines are understood, a real one keeps
 * what was understood as one import. It is no answer: it has no receipt, and nothing is computed from it.
 * @throws `key_missing`; `invalid_request` for a sheet that is too long or of which no line can be understood
 */
export async function importHistory(ctx: TeamContext, input: ImportHistoryInput): Promise<ImportReport> {
  const { upstream } = ctx.team;
  if (!upstream) throw new AppError("key_missing");
  if (input.text.trimEnd().split(/\r\n|\r|\n/).length > MOST_IMPORT_ROWS + 1) throw invalid("text", "import_too_long");
  return withTeam(ctx, "tracking:write", async (tx) => {
    const categories = await fetchNameable(tx, ctx);
    const { points, misses, columns, lacks } = understandSheet(input, categories, await teamToday(tx, ctx));
    const names = new Map(categories.map(({ id, names }) => [id, names[0] ?? null]));
    const report = {
      columns,
      lacks,
      rows: points.length,
      first: points.slice(0, SHOWN).map((point) => ({ ...point, name: names.get(point.categoryId) ?? null })),
      missed: misses.length,
      misses: misses.slice(0, MISSES_SHOWN),
    };
    if (input.dryRun) return { importId: null, ...report };
    if (lacks) throw invalid("columns", `import_lacks_${lacks}`);
    if (points.length === 0) throw invalid("text", "import_nothing");
    const { id } = await tx.historyImport.create({
      data: {
        teamId: ctx.team.id,
        upstream,
        name: input.name,
        window: input.window,
        rows: points.length,
        memberId: ctx.member.id,
        createdAt: await appNow(tx),
      },
      select: { id: true },
    });
    await tx.$executeRaw`
      insert into imported_point (team_id, import_id, category_id, region, "at", figures)
      select ${ctx.team.id}::uuid, ${id}::uuid, p."categoryId", p.region, p."at", p.figures
      from jsonb_to_recordset(${JSON.stringify(points)}::jsonb)
        as p ("categoryId" text, region text, "at" text, figures jsonb)`;
    await audit(tx, ctx, "history.imported", { importId: id, name: input.name, rows: points.length });
    return { importId: id, ...report };
  });
}
