import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Prisma, Tx } from "@/lib/platform/db";
import { invalid, notFound } from "@/lib/platform/errors";
import { OWN_FIGURES, type OwnFigure, type OwnNumber } from "./own-number-schemas";

const WITH_MAKER = {
  member: { select: { id: true, removedAt: true, user: { select: { name: true } } } },
} satisfies Prisma.OwnNumberInclude;

/** What the team entered of a category, the newest month first. */
export async function fetchOwnNumbers(tx: Tx, ctx: TeamContext, categoryId: string, id?: string): Promise<OwnNumber[]> {
  const rows = await tx.ownNumber.findMany({
    where: { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", categoryId, ...(id === undefined ? {} : { id }) },
    orderBy: [{ month: "desc" }, { region: "asc" }],
    include: WITH_MAKER,
  });
  return rows.map(({ member, ...row }) => ({
    id: row.id,
    categoryId: row.categoryId,
    region: row.region as OwnNumber["region"],
    month: row.month,
    ...figuresOf(row),
    currency: row.currency,
    maker: member && member.removedAt === null ? { id: member.id, name: member.user.name } : null,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/** @throws `not_found` */
export async function fetchOwnNumber(tx: Tx, ctx: TeamContext, categoryId: string, id: string): Promise<OwnNumber> {
  const [found] = await fetchOwnNumbers(tx, ctx, categoryId, id);
  if (!found) throw notFound();
  return found;
}

type Figures = Record<OwnFigure, number | null>;
export const figuresOf = (row: Figures): Figures => {
  const { ctrPct, cvrPct, sixSecondViewRatePct, cpa, cost } = row;
  return { ctrPct, cvrPct, sixSecondViewRatePct, cpa, cost };
};

/** @throws `invalid_request` for a month without any figure, or an amount without its currency */
export function assertFigures(figures: Figures & { currency: string | null }): void {
  if (OWN_FIGURES.every((figure) => figures[figure] === null)) throw invalid("ctrPct", "own_figure_missing");
  const isAmount = figures.cpa !== null || figures.cost !== null;
  if (isAmount && figures.currency === null) throw invalid("currency", "own_currency_missing");
}
