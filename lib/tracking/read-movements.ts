import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { dayNumber, dayOfNumber } from "@/lib/insights/day-points";
import { fetchNames, shownName } from "@/lib/insights/fetch-names";
import type { Region } from "@/lib/insights/schemas";
import { isStep } from "@/lib/insights/within-rounding";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { isoDate } from "@/lib/platform/format/date";
import { type Arrival, arrivalsOf } from "./arrivals";
import { byImportance } from "./importance";
import { MOST_WEIGHED, type Movement, type Movements, type MovementsInput } from "./movement-schemas";
import { type MovementScope, movementsQuery, type PageRow, pagesQuery, type SeriesRow } from "./movements-query";
import { fetchSearch } from "./search-rows";
import { changeOf, type Moving, swingOf, timesUsual } from "./swing";
import { fetchWatchlist } from "./watchlist-rows";

const WEEK_DAYS = 7;

/**
 * What moved in everything stored, in a list or in a search, against last Monday or a week ago, most important first.
 * Never spends. @throws `not_found` for a list or search that the reader may not see
 */
export async function readMovements(ctx: TeamContext, input: MovementsInput): Promise<Movements> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const [scope, now] = [await scopeOf(tx, ctx, input), await appNow(tx)];
    const asOf = baseDay(dayNumber(isoDate(now, ctx.team.timeZone)), input.against);
    const cutoff = await startOfDay(tx, dayOfNumber(asOf + 1), ctx.team.timeZone);
    const series = await tx.$queryRaw<SeriesRow[]>(movementsQuery(ctx.team, scope, input.metric, cutoff));
    const pages = await tx.$queryRaw<PageRow[]>(pagesQuery(ctx.team, scope, cutoff));
    const rows = series.filter(({ category_id }) => category_id !== null);
    const wanted = scope.kind === "list" ? await listItems(tx, ctx, scope.id) : null;
    const arrivals = arrivalsByRegion(pages).filter(
      ({ region, categoryId }) => !wanted || wanted.has(`${region} ${categoryId}`),
    );
    // What came or went was also seen long ago, perhaps: it is told once.
    const arrived = new Set(arrivals.map(({ region, categoryId }) => `${region} ${categoryId}`));
    const stayed = rows.filter((row) => !arrived.has(`${row.region} ${row.category_id}`));
    const weighed = [
      ...stayed.slice(0, MOST_WEIGHED).map((row) => toMove(row, input.metric, scope.window)),
      ...arrivals.map((arrival) => toArrival(arrival, input.metric)),
    ].sort(byImportance);
    const moved = weighed.filter(({ kind, change }) => kind !== "same" && (change !== null || isArrival(kind)));
    const shown = moved.filter(({ kind }) => input.kind === "all" || kind === input.kind);
    const names = await fetchNames(tx, ctx.team, [...new Set(shown.map(({ categoryId }) => categoryId))]);
    const count = (of: string) => moved.filter(({ kind }) => kind === of).length;
    const facts = series[0];
    return {
      scope: input.scope,
      window: scope.window,
      metric: input.metric,
      against: input.against,
      asOf: dayOfNumber(asOf),
      counts: { all: moved.length, up: count("up"), down: count("down"), new: count("new"), gone: count("gone") },
      items: shown.map(({ position: _, ...item }) => {
        const named = names.get(item.categoryId);
        return { ...item, name: shownName(named), ownName: Boolean(named?.ownName) };
      }),
      stored: facts?.stored ?? 0,
      renewed: facts?.renewed ?? 0,
      comparable: facts?.comparable ?? 0,
      oldestFetchedAt: facts?.oldest?.toISOString() ?? null,
      cut: rows.length > MOST_WEIGHED,
    };
  });
}

async function scopeOf(tx: Tx, ctx: TeamContext, { scope, window }: MovementsInput): Promise<MovementScope> {
  const [kind, id = ""] = scope.split(".");
  if (kind === "list") return { kind, id, window: (await fetchWatchlist(tx, ctx, id)).window };
  if (kind === "search") {
    const search = await fetchSearch(tx, ctx, id);
    return { kind, search, window: search.window };
  }
  return { kind: "all", window: window ?? ctx.team.defaultWindow };
}

/** The last day that counts as before; on a Monday "last Monday" is the one a week ago. Day 4 after 1970 was a Monday. */
export const baseDay = (today: number, against: MovementsInput["against"]): number =>
  against === "week" ? today - WEEK_DAYS : today - (((today - 5) % WEEK_DAYS) + 1);

async function startOfDay(tx: Tx, day: string, timeZone: string): Promise<Date> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`select ${day}::timestamp at time zone ${timeZone} as at`;
  if (!rows[0]) throw new Error("A day has no start");
  return rows[0].at;
}

async function listItems(tx: Tx, ctx: TeamContext, watchlistId: string): Promise<Set<string>> {
  const items = await tx.watchItem.findMany({
    where: { teamId: ctx.team.id, watchlistId },
    select: { categoryId: true, region: true },
  });
  return new Set(items.map(({ categoryId, region }) => `${region} ${categoryId}`));
}

type RegionalArrival = Arrival & { region: string };
type Unnamed = Omit<Movement, "name" | "ownName"> & { position: number | null };

function arrivalsByRegion(rows: readonly PageRow[]): RegionalArrival[] {
  const ofSide = (region: string, isNow: boolean) =>
    rows
      .filter((row) => row.region === region && row.is_now === isNow)
      .map((row) => ({
        page: row.page,
        fetchedAt: row.fetched_at.toISOString(),
        receiptId: row.request_id,
        categories: row.categories ?? [],
      }));
  return [...new Set(rows.map(({ region }) => region))].flatMap((region) =>
    arrivalsOf(ofSide(region, false), ofSide(region, true)).map((arrival) => ({ ...arrival, region })),
  );
}

const isArrival = (kind: Movement["kind"]) => kind === "new" || kind === "gone";

function toMove(row: SeriesRow, metric: Moving, window: string): Unnamed {
  const days = Number(window);
  const change = changeOf(metric, row.before.value, row.value);
  const swing = Number.isNaN(days) ? null : swingOf(metric, row.past ?? [], days);
  const shared = Number.isNaN(days) ? 0 : days - (row.day - row.before.day);
  return {
    categoryId: row.category_id,
    region: row.region as Region,
    kind: !change ? "same" : change > 0 ? "up" : "down",
    before: {
      fetchedAt: new Date(row.before.at).toISOString(),
      value: row.before.value,
      receiptId: row.before.request,
    },
    after: { fetchedAt: row.fetched_at.toISOString(), value: row.value, receiptId: row.request_id },
    change,
    withinRounding: metric !== "rank" && isStep(row.before.value, row.value),
    overlapDays: shared > 0 ? shared : null,
    swing,
    times: timesUsual(change, swing),
    position: metric === "rank" ? row.value : null,
  };
}

function toArrival({ kind, categoryId, region, position, on, missingOn }: RegionalArrival, metric: Moving): Unnamed {
  const value = metric === "rank" ? position : null;
  const there = { fetchedAt: on.fetchedAt, value, receiptId: on.receiptId };
  const missing = { fetchedAt: missingOn.fetchedAt, value: null, receiptId: missingOn.receiptId };
  return {
    categoryId,
    region: region as Region,
    kind,
    before: kind === "new" ? missing : there,
    after: kind === "new" ? there : missing,
    change: null,
    withinRounding: false,
    overlapDays: null,
    swing: null,
    times: null,
    position,
  };
}
