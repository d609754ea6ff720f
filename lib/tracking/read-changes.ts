import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { fetchWalls, isAcross, type Wall, wallsOf, wallsOfQuestion } from "@/lib/insights/breaks";
import { readAssembled } from "@/lib/insights/read-ranking";
import { METRICS } from "@/lib/insights/schemas";
import type { Tx } from "@/lib/platform/db";
import { type Comparison, compareRankings } from "./compare-rankings";
import type { ChangesInput, SavedSearch } from "./schemas";
import { fetchSearch } from "./search-rows";

/** A run that brought something, with what it brought and when that was fetched. */
export type DatedRun = {
  id: string;
  requestedAt: string;
  pages: number;
  fetchedFrom: string;
  fetchedTo: string;
};

export type SearchChanges = {
  /** Runs that can be compared, newest first. */
  runs: DatedRun[];
  after: DatedRun | null;
  /** What it is compared with; null when there is nothing that far back. */
  before: DatedRun | null;
  comparison: Comparison | null;
  /** The provider changed its answers between the two, so that nothing of them is compared. */
  isHeld: boolean;
  /** There is no run a full window back, so the nearest earlier one was taken. */
  isNearer: boolean;
  /** The answers that the two were put together from. */
  pages: { before: Ranking["pages"]; after: Ranking["pages"] };
};

const DAY_MS = 24 * 3_600_000;
const WEEK_DAYS = 7;
/** A year of daily runs, and more than anybody looks through. */
const MOST_RUNS = 400;

type Row = DatedRun & { snapshotIds: string[] };

/**
 * What changed in a search between two of its runs: the newest, or a chosen one, against the one before, a week
 * before, a chosen one, or by default the newest that lies a full window back. Never spends.
 * @throws `not_found`
 */
export async function readChanges(ctx: TeamContext, searchId: string, input: ChangesInput): Promise<SearchChanges> {
  const { search, rows, walls } = await withTeam(ctx, "tracking:read", async (tx) => {
    const found = await fetchSearch(tx, ctx, searchId);
    return { search: found, rows: await fetchDatedRuns(tx, ctx, found), walls: await fetchWalls(tx, ctx.team) };
  });
  const after = rows.find(({ id }) => id === input.run) ?? rows[0] ?? null;
  const { before, isNearer } = after ? baseOf(after, rows, search, input.compare) : NO_BASE;
  const [was, is] = await Promise.all(
    [before, after].map((row) => (row ? readAssembled(ctx, row.snapshotIds, search.pages) : null)),
  );
  const { region, window, category, q } = search;
  const isBetween = (inTheWay: Wall[]) => after !== null && before !== null && isApart(inTheWay, before, after);
  const isHeld = isBetween(wallsOfQuestion(walls, { region, window, categoryId: category ?? "", q: q ?? "" }));
  const held = METRICS.filter((metric) => isBetween(wallsOf(walls, search, metric)));
  const question = { region, window, category, q };
  return {
    runs: rows.map(toDated),
    after: after && toDated(after),
    before: before && toDated(before),
    comparison:
      was && is && !isHeld ? compareRankings({ question, ranking: was }, { question, ranking: is }, held) : null,
    isHeld,
    isNearer,
    pages: { before: was?.pages ?? [], after: is?.pages ?? [] },
  };
}

/** Whether some page of one run lies on another side than some page of the other. */
const isApart = (walls: readonly Wall[], before: DatedRun, after: DatedRun) =>
  [before.fetchedFrom, before.fetchedTo].some((one) =>
    [after.fetchedFrom, after.fetchedTo].some((other) => isAcross(walls, Date.parse(one), Date.parse(other))),
  );

const NO_BASE = { before: null, isNearer: false };

function baseOf(after: Row, rows: readonly Row[], search: SavedSearch, compare: ChangesInput["compare"]) {
  const earlier = rows.filter(({ id, fetchedTo }) => id !== after.id && fetchedTo < after.fetchedFrom);
  const previous = earlier[0] ?? null;
  if (compare === "previous") return { before: previous, isNearer: false };
  const chosen = rows.find(({ id }) => id === compare && id !== after.id);
  if (chosen) return { before: chosen, isNearer: false };
  // A month's ranking has no window that moves: there the run before is as good as any.
  const days = compare === "week" ? WEEK_DAYS : search.window.includes("-") ? 0 : Number(search.window);
  const latest = Date.parse(after.fetchedFrom) - days * DAY_MS;
  const found = earlier.find(({ fetchedTo }) => Date.parse(fetchedTo) <= latest);
  return { before: found ?? previous, isNearer: !found && previous !== null };
}

/** Runs of the search's present question, newest first; of several that brought the very same answers, the first. */
async function fetchDatedRuns(tx: Tx, ctx: TeamContext, search: SavedSearch): Promise<Row[]> {
  type Found = { id: string; requested_at: Date; snapshots: string[]; fetched_from: Date; fetched_to: Date };
  const found = await tx.$queryRaw<Found[]>`
    select r.id, r.requested_at, b.snapshots, b.fetched_from, b.fetched_to
    from (select id, requested_at from run where team_id = ${ctx.team.id}::uuid
        and (search_id = ${search.id}::uuid or id in (
          select run_id from run_target where team_id = ${ctx.team.id}::uuid and search_id = ${search.id}::uuid))
        and upstream = ${ctx.team.upstream ?? ""} order by requested_at desc limit ${MOST_RUNS}::int) r
      cross join lateral (
        select array_agg(s.id::text order by s.page, s.id) as snapshots, min(s.fetched_at) as fetched_from,
          max(s.fetched_at) as fetched_to
        from run_step t join snapshot s on s.team_id = t.team_id and s.id = t.snapshot_id
        where t.team_id = ${ctx.team.id}::uuid and t.run_id = r.id and t.region = ${search.region}
          and t."window" = ${search.window} and t.category_id = ${search.category ?? ""} and t.q = ${search.q ?? ""}
          and t.page <= ${search.pages}) b
    where b.snapshots is not null order by r.requested_at desc, r.id desc`;
  const rows = found.map((row) => ({
    id: row.id,
    requestedAt: row.requested_at.toISOString(),
    pages: row.snapshots.length,
    fetchedFrom: row.fetched_from.toISOString(),
    fetchedTo: row.fetched_to.toISOString(),
    snapshotIds: row.snapshots,
  }));
  const sameAs = (row: Row) => row.snapshotIds.join();
  return rows.filter((row, index) => rows[index + 1] === undefined || sameAs(rows[index + 1] as Row) !== sameAs(row));
}

const toDated = ({ snapshotIds: _, ...row }: Row): DatedRun => row;
