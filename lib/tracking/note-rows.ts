import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { fetchWalls, heldBetween, type Wall, withoutHeld } from "@/lib/insights/breaks";
import { figureColumns } from "@/lib/insights/figure-columns";
import { METRICS, type Metric, type Region } from "@/lib/insights/schemas";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import {
  containing,
  pageOfCounted,
  TABLE_ROWS,
  type TableLook,
  type TablePage,
} from "@/lib/platform/format/table-page";
import type { CategoryNote } from "./note-schemas";

type Side = { at: string; window: string; figures: (number | null)[] };
type NoteRow = {
  id: string;
  category_id: string;
  region: string;
  window: string;
  kind: string;
  text: string;
  decided_on: string;
  recheck_on: string | null;
  is_due: boolean;
  maker_id: string | null;
  maker_name: string | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  before: Side | null;
  after: Side | null;
  /** Notes on all pages. */
  total: number;
};
type Asked = { id?: string | undefined; look?: TableLook; rows?: number };

/**
 * Notes on a category, the newest decision first, each with the figures at its decision and at least one whole window
 * later: look-ups of the ranking rows' index. A month counts as known once it was over before the decision.
 */
export const notesQuery = (team: TeamContext["team"], categoryId: string, asked: Asked = {}): Prisma.Sql => {
  const { id, look, rows = TABLE_ROWS } = asked;
  const zone = team.timeZone;
  const row = Prisma.sql`select r.fetched_at, r."window", jsonb_build_array(${figureColumns(METRICS)}) as figures
    from ranking_row r where r.team_id = n.team_id and r.upstream = n.upstream and r.category_id = n.category_id
      and r.region = n.region`;
  const isMonth = Prisma.sql`r."window" >= '20' and r."window" < '21'`;
  const newest = Prisma.sql`order by r.fetched_at desc, r.rank nulls last, r.position limit 1`;
  const newestMonth = Prisma.sql`order by r."window" desc, r.fetched_at desc, r.rank nulls last, r.position limit 1`;
  const side = (
    name: string,
  ) => Prisma.sql`case when ${Prisma.raw(name)}.fetched_at is not null then jsonb_build_object(
    'at', ${Prisma.raw(name)}.fetched_at, 'window', ${Prisma.raw(name)}."window", 'figures', ${Prisma.raw(name)}.figures) end`;
  return Prisma.sql`
    select n.id, n.category_id, n.region, n."window", n.kind, n.text, n.decided_on::text, n.recheck_on::text,
      coalesce(n.recheck_on <= (app_now() at time zone ${zone})::date, false) as is_due,
      m.id as maker_id, u.name as maker_name, n.version, n.created_at, n.updated_at,
      ${side("b")} as before, ${side("a")} as after, n.total
    from (
      select c.*, count(*) over ()::int as total,
        (row_number() over (order by c.decided_on desc, c.created_at desc, c.id desc) - 1) / ${rows}::int as sheet
      from category_note c
      where c.team_id = ${team.id}::uuid and c.upstream = ${team.upstream ?? ""} and c.category_id = ${categoryId}
        ${id === undefined ? Prisma.empty : Prisma.sql`and c.id = ${id}::uuid`}
        ${look?.q ? Prisma.sql`and c.text ilike ${containing(look.q)}` : Prisma.empty}) n
      left join membership m on m.team_id = n.team_id and m.id = n.member_id and m.removed_at is null
      left join user_account u on u.id = m.user_id
      left join lateral (
        (${row} and n."window" <> 'month' and r."window" = n."window"
          and r.fetched_at < (n.decided_on + 1)::timestamp at time zone ${zone} ${newest})
        union all
        (${row} and n."window" = 'month' and ${isMonth} and r."window" < to_char(n.decided_on, 'YYYY-MM') ${newestMonth})
      ) b on true
      left join lateral (
        (${row} and n."window" <> 'month' and r."window" = n."window"
          and r.fetched_at >= ((b.fetched_at at time zone ${zone})::date + n."window"::int)::timestamp at time zone ${zone}
          ${newest})
        union all
        (${row} and n."window" = 'month' and ${isMonth} and r."window" > b."window" ${newestMonth})
      ) a on b.fetched_at is not null
    ${look ? Prisma.sql`where n.sheet = least(${look.page - 1}::int, (n.total - 1) / ${rows}::int)` : Prisma.empty}
    order by n.decided_on desc, n.created_at desc, n.id desc`;
};

export async function fetchNotes(tx: Tx, ctx: TeamContext, categoryId: string, id?: string): Promise<CategoryNote[]> {
  const rows = await tx.$queryRaw<NoteRow[]>(notesQuery(ctx.team, categoryId, { id }));
  return toNotes(rows, await fetchWalls(tx, ctx.team));
}

export async function fetchNotesPage(
  tx: Tx,
  ctx: TeamContext,
  categoryId: string,
  asked: { look: TableLook; rows?: number },
): Promise<TablePage<CategoryNote>> {
  const rows = await tx.$queryRaw<NoteRow[]>(notesQuery(ctx.team, categoryId, asked));
  const items = toNotes(rows, await fetchWalls(tx, ctx.team));
  return pageOfCounted(items, rows[0]?.total ?? 0, asked.look, asked.rows);
}

const toNotes = (rows: readonly NoteRow[], walls: readonly Wall[]): CategoryNote[] =>
  rows.map((row) => ({
    id: row.id,
    categoryId: row.category_id,
    region: row.region as Region,
    window: row.window,
    kind: row.kind as CategoryNote["kind"],
    text: row.text,
    decidedOn: row.decided_on,
    recheckOn: row.recheck_on,
    isDue: row.is_due,
    maker: row.maker_id === null ? null : { id: row.maker_id, name: row.maker_name ?? "" },
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    before: withoutWalls(toSide(row.before), toSide(row.after), row.region, walls),
    after: toSide(row.after),
  }));

const toSide = (side: Side | null): CategoryNote["before"] =>
  side && {
    fetchedAt: new Date(side.at).toISOString(),
    window: side.window,
    figures: Object.fromEntries(METRICS.map((metric, index) => [metric, side.figures[index] ?? null])) as Record<
      Metric,
      number | null
    >,
  };

/** The figures at a decision, without those that a change of the provider keeps from being compared with the later. */
function withoutWalls(
  before: CategoryNote["before"],
  after: CategoryNote["after"],
  region: string,
  walls: readonly Wall[],
): CategoryNote["before"] {
  if (!before || !after) return before;
  const held = heldBetween(walls, { region, window: after.window }, before.fetchedAt, after.fetchedAt);
  return { ...before, figures: withoutHeld(before.figures, held) };
}

/** @throws `not_found` */
export async function fetchNote(tx: Tx, ctx: TeamContext, categoryId: string, id: string): Promise<CategoryNote> {
  const [note] = await fetchNotes(tx, ctx, categoryId, id);
  if (!note) throw notFound();
  return note;
}

/** A note about to be changed. @throws `not_found`; `forbidden` for whoever is neither its maker nor an admin */
export async function fetchOwnNote(tx: Tx, ctx: TeamContext, categoryId: string, id: string): Promise<CategoryNote> {
  const note = await fetchNote(tx, ctx, categoryId, id);
  const { role } = ctx.member;
  if (note.maker?.id !== ctx.member.id && role !== "admin" && role !== "owner") throw new AppError("forbidden");
  return note;
}

/** @throws `invalid_request` for a decision still to come, or a day to look again that is not after it */
export function assertDays(days: { decidedOn: string; recheckOn: string | null }, today: string): void {
  if (days.decidedOn > today) throw invalid("decidedOn", "note_decided_future");
  if (days.recheckOn !== null && days.recheckOn <= days.decidedOn) throw invalid("recheckOn", "note_recheck_early");
}

/** A day of the team as the database keeps it. */
export const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
