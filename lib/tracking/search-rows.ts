import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { type Question, questionSchema } from "@/lib/insights/schemas";
import { Prisma, type Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { containing, readTablePage, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import type { SavedSearch } from "./schemas";
import { visibleTo } from "./visible-to";

const SHOWN = {
  member: { select: { id: true, removedAt: true, user: { select: { name: true } } } },
  _count: { select: { schedules: { where: { endedAt: null } } } },
} satisfies Prisma.SavedSearchInclude;

type SearchRow = Prisma.SavedSearchGetPayload<{ include: typeof SHOWN }>;

/** So many in one answer of the API; pages show the others, and a file holds all. */
export const MOST_SEARCHES = 500;

/** Which searches a reader sees, as a condition on `saved_search s`; with a text, those that hold it or ask about it. */
function seenBy(ctx: TeamContext, q = ""): Prisma.Sql {
  const { id: teamId, upstream } = ctx.team;
  const part = containing(q);
  const holds = Prisma.sql`
    and (s.name ilike ${part} or s.q ilike ${part} or exists (select from unnest(s.tags) as tag where tag ilike ${part})
      or s.category_id in (
        select c.id from category c
          left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
        where c.team_id = ${teamId}::uuid and c.upstream = ${upstream ?? ""}
          and (c.name ilike ${part} or n.name ilike ${part})))`;
  return Prisma.sql`s.team_id = ${teamId}::uuid and s.upstream = ${upstream ?? ""} and s.deleted_at is null
    and (s.shared or s.member_id = ${ctx.member.id}::uuid) ${q === "" ? Prisma.empty : holds}`;
}

/** The searches that this reader may see, newest first. */
export async function fetchSearches(
  tx: Tx,
  ctx: TeamContext,
  where: Prisma.SavedSearchWhereInput = {},
): Promise<SavedSearch[]> {
  const rows = await tx.savedSearch.findMany({
    where: {
      ...where,
      teamId: ctx.team.id,
      upstream: ctx.team.upstream ?? "",
      deletedAt: null,
      ...visibleTo(ctx),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_SEARCHES,
    include: SHOWN,
  });
  const ids = [...new Set(rows.map((row) => row.categoryId).filter((id) => id !== ""))];
  const categories =
    ids.length === 0
      ? []
      : await tx.category.findMany({
          where: { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", id: { in: ids } },
          select: { id: true, name: true },
        });
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  return rows.map((row) => toSearch(row, names.get(row.categoryId) ?? null));
}

/** A page of the same: those that hold a text in their names, tags, keywords or in the names of their categories. */
export function fetchSearchesPage(
  tx: Tx,
  ctx: TeamContext,
  look: TableLook,
  most: number,
): Promise<TablePage<SavedSearch>> {
  const seen = seenBy(ctx, look.q);
  const count = async () => {
    const rows = await tx.$queryRaw<{ total: number }[]>`
      select count(*)::int as total from saved_search s where ${seen}`;
    return rows[0]?.total ?? 0;
  };
  const read = async (limit: number, offset: number) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select s.id from saved_search s where ${seen}
      order by s.created_at desc, s.id desc limit ${limit}::int offset ${offset}::int`;
    return fetchSearches(tx, ctx, { id: { in: rows.map(({ id }) => id) } });
  };
  return readTablePage(look, count, read, most);
}

/** @throws `not_found` */
export async function fetchSearch(tx: Tx, ctx: TeamContext, id: string): Promise<SavedSearch> {
  const [search] = await fetchSearches(tx, ctx, { id });
  if (!search) throw notFound();
  return search;
}

type LockedSearch = {
  memberId: string | null;
  version: number;
  shared: boolean;
  region: string;
  window: string;
  /** Empty for none, as `q` is. */
  category: string;
  q: string;
  pages: number;
};

/** The row that is about to change, held until the change is done. Also a deleted one, for having it back. */
export async function lockSearch(
  tx: Tx,
  ctx: TeamContext,
  id: string,
  given: { deleted: boolean },
): Promise<LockedSearch> {
  const [row] = await tx.$queryRaw<LockedSearch[]>`
    select member_id as "memberId", version, shared, region, "window", category_id as category, q, pages from saved_search
    where team_id = ${ctx.team.id}::uuid and id = ${id}::uuid and upstream = ${ctx.team.upstream ?? ""}
      and (deleted_at is not null) = ${given.deleted}::boolean
    for update`;
  if (!row || !(row.shared || row.memberId === ctx.member.id)) throw notFound();
  return row;
}

function toSearch(row: SearchRow, categoryName: string | null): SavedSearch {
  const { member } = row;
  return {
    id: row.id,
    name: row.name,
    region: row.region as SavedSearch["region"],
    window: row.window,
    category: row.categoryId || null,
    categoryName,
    q: row.q || null,
    pages: row.pages,
    shared: row.shared,
    maker: member && !member.removedAt ? { id: member.id, name: member.user.name } : null,
    notes: row.notes,
    tags: row.tags,
    version: row.version,
    scheduled: row._count.schedules > 0,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What a search asks. */
export type Asking = Pick<SavedSearch, "region" | "window" | "category" | "q" | "pages">;

/** The questions of a search, page by page. */
export const questionsOf = ({ region, window, category, q, pages }: Asking): Question[] =>
  Array.from({ length: pages }, (_, index) => questionSchema.parse({ region, window, category, q, page: index + 1 }));
