import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { invalid, notFound } from "@/lib/platform/errors";
import { containing, pageOfCounted, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { OWN_FIGURES, type OwnFigure, type OwnNumber } from "./own-number-schemas";

type Row = Omit<OwnNumber, "updatedAt" | "maker"> & { updatedAt: Date; makerId: string | null; makerName: string };

const COLUMNS = Prisma.sql`n.id, n.category_id as "categoryId", n.region, n.month, n.ctr_pct as "ctrPct",
  n.cvr_pct as "cvrPct", n.six_second_view_rate_pct as "sixSecondViewRatePct", n.cpa, n.cost, n.currency,
  m.id as "makerId", u.name as "makerName", n.version, n.updated_at as "updatedAt"`;
const WITH_MAKER = Prisma.sql`left join membership m
    on m.team_id = n.team_id and m.id = n.member_id and m.removed_at is null
  left join user_account u on u.id = m.user_id`;
const ofCategory = (ctx: TeamContext, categoryId: string) => Prisma.sql`n.team_id = ${ctx.team.id}::uuid
  and n.upstream = ${ctx.team.upstream ?? ""} and n.category_id = ${categoryId}`;

/** What the team entered of a category, the newest month first. */
export async function fetchOwnNumbers(tx: Tx, ctx: TeamContext, categoryId: string, id?: string): Promise<OwnNumber[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from own_number n ${WITH_MAKER}
    where ${ofCategory(ctx, categoryId)} ${id === undefined ? Prisma.empty : Prisma.sql`and n.id = ${id}::uuid`}
    order by n.month desc, n.region`;
  return rows.map(toNumber);
}

export type OwnNumbersAsked = {
  look: TableLook;
  /** Regions that hold what is looked for by their name in the reader's language; months hold it as they are written. */
  regionsNamed: readonly string[];
  region: string | null;
  rows: number;
};

/** A page of them, and beside it all of one region: what a category's page shows and draws. */
export async function fetchOwnNumbersPage(
  tx: Tx,
  ctx: TeamContext,
  categoryId: string,
  { look, regionsNamed, region, rows }: OwnNumbersAsked,
): Promise<TablePage<OwnNumber> & { ofRegion: OwnNumber[] }> {
  const found = await tx.$queryRaw<(Row & { total: number; onPage: boolean })[]>`
    with numbered as (
      select n.*, n.month ilike ${containing(look.q)} or n.region = any(${[...regionsNamed]}::text[]) as holds
      from own_number n where ${ofCategory(ctx, categoryId)}),
    placed as (
      select n.*, (row_number() over w - 1) / ${rows}::int as sheet, (count(*) filter (where n.holds) over ())::int as total
      from numbered n window w as (partition by n.holds order by n.month desc, n.region))
    select ${COLUMNS}, n.total,
      n.holds and n.sheet = least(${look.page - 1}::int, (n.total - 1) / ${rows}::int) as "onPage"
    from placed n ${WITH_MAKER}
    where n.holds and n.sheet = least(${look.page - 1}::int, (n.total - 1) / ${rows}::int) or n.region = ${region ?? ""}
    order by n.month desc, n.region`;
  const numbers = found.map(({ total: _, onPage, ...row }) => ({ onPage, number: toNumber(row) }));
  const onPage = numbers.flatMap((one) => (one.onPage ? [one.number] : []));
  return {
    ...pageOfCounted(onPage, found[0]?.total ?? 0, look, rows),
    ofRegion: numbers.flatMap(({ number }) => (number.region === region ? [number] : [])),
  };
}

const toNumber = ({ makerId, makerName, updatedAt, ...row }: Row): OwnNumber => ({
  ...row,
  maker: makerId === null ? null : { id: makerId, name: makerName },
  updatedAt: updatedAt.toISOString(),
});

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
