import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { invalid, notFound } from "@/lib/platform/errors";
import { OWN_FIGURES, type OwnFigure, type OwnNumber } from "./own-number-schemas";

type Row = Omit<OwnNumber, "updatedAt" | "maker"> & { updatedAt: Date; makerId: string | null; makerName: string };

/** What the team entered of a category, the newest month first. */
export async function fetchOwnNumbers(tx: Tx, ctx: TeamContext, categoryId: string, id?: string): Promise<OwnNumber[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select n.id, n.category_id as "categoryId", n.region, n.month, n.ctr_pct as "ctrPct", n.cvr_pct as "cvrPct",
      n.six_second_view_rate_pct as "sixSecondViewRatePct", n.cpa, n.cost, n.currency, m.id as "makerId",
      u.name as "makerName", n.version, n.updated_at as "updatedAt"
    from own_number n
      left join membership m on m.team_id = n.team_id and m.id = n.member_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
    where n.team_id = ${ctx.team.id}::uuid and n.upstream = ${ctx.team.upstream ?? ""} and n.category_id = ${categoryId}
      ${id === undefined ? Prisma.empty : Prisma.sql`and n.id = ${id}::uuid`}
    order by n.month desc, n.region`;
  return rows.map(({ makerId, makerName, updatedAt, ...row }) => ({
    ...row,
    maker: makerId === null ? null : { id: makerId, name: makerName },
    updatedAt: updatedAt.toISOString(),
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
