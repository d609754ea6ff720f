import "server-only";
import { type TeamContext, withTeamAlone } from "@/lib/auth/context";
import { fetchWalls, isAcross, type Wall, wallsOfQuestion } from "@/lib/insights/breaks";
import { dayNumber, dayOfNumber } from "@/lib/insights/day-points";
import { fetchNames, shownName } from "@/lib/insights/fetch-names";
import { overAnswers } from "@/lib/insights/over-answers";
import type { Region } from "@/lib/insights/schemas";
import { changeOf, type Moving, swingOf, timesUsual } from "@/lib/insights/usual-swing";
import { isStep } from "@/lib/insights/within-rounding";
import { Prisma, type Tx } from "@/lib/platform/db";
import { isoDate } from "@/lib/platform/format/date";
import { type Arrival, arrivalsOf } from "./arrivals";
import { byImportance } from "./importance";
import { MOST_WEIGHED, type Movement, type Movements, type MovementsInput } from "./movement-schemas";
import { fetchScope, type MovementScope } from "./movement-scope";
import { type MovementsRow, type MoveRow, movementsQuery, type PageRow } from "./movements-query";
import { reviewQuery, reviewsOf, toReview } from "./review-rows";

const WEEK_DAYS = 7;

/**
 * What moved in everything stored, in a list or in a search, against last Monday, a week ago or the reader's own mark,
 * most important first. Never spends, and marks nothing. @throws `not_found` for a list or search that the reader may not
 * see
 */
export async function readMovements(ctx: TeamContext, input: MovementsInput): Promise<Movements> {
  return withTeamAlone(ctx, "tracking:read", async (tx) => {
    const scope = await fetchScope(tx, ctx, input);
    const { now, review } = await fetchMoments(tx, ctx, input.scope);
    const { timeZone } = ctx.team;
    const against = input.against === "reviewed" && !review ? "week" : input.against;
    const { asOf, cutoff } =
      against === "reviewed" && review
        ? { asOf: isoDate(review.seenAt, timeZone), cutoff: new Date(review.seenAt) }
        : endOfDay(baseDay(dayNumber(isoDate(now, timeZone)), against), timeZone);
    const statement = movementsQuery(ctx.team, scope, input.metric, { now, cutoff });
    const items = scope.kind === "list" ? [...scope.items].sort() : [];
    const [facts] = await overAnswers<MovementsRow>(tx, ctx.team, statement, items);
    if (!facts) throw new Error("What is stored was not counted");
    const rows = facts.moves ?? [];
    const found = arrivalsByRegion(facts.pages ?? [], scope, await fetchWalls(tx, ctx.team));
    const arrivals = found.arrivals.filter(
      ({ region, categoryId }) => scope.kind !== "list" || scope.items.has(`${region} ${categoryId}`),
    );
    // What came or went was also seen long ago, perhaps: it is told once.
    const arrived = new Set(arrivals.map(({ region, categoryId }) => `${region} ${categoryId}`));
    const stayed = rows.filter((row) => !arrived.has(`${row.region} ${row.categoryId}`));
    const weighed = [
      ...stayed.slice(0, MOST_WEIGHED).map((row) => toMove(row, input.metric, scope.window)),
      ...arrivals.map((arrival) => toArrival(arrival, input.metric)),
    ].sort(byImportance);
    const moved = weighed.filter(({ kind, change }) => kind !== "same" && (change !== null || isArrival(kind)));
    const shown = moved.filter(({ kind }) => input.kind === "all" || kind === input.kind);
    const names = await fetchNames(tx, ctx.team, [...new Set(shown.map(({ categoryId }) => categoryId))]);
    const count = (of: string) => moved.filter(({ kind }) => kind === of).length;
    return {
      scope: input.scope,
      window: scope.window,
      metric: input.metric,
      against,
      since: facts.since.toISOString(),
      asOf,
      seenAt: now.toISOString(),
      review,
      counts: { all: moved.length, up: count("up"), down: count("down"), new: count("new"), gone: count("gone") },
      items: shown.map(({ position: _, ...item }) => {
        const named = names.get(item.categoryId);
        return { ...item, name: shownName(named), ownName: Boolean(named?.ownName) };
      }),
      stored: facts.stored,
      renewed: facts.renewed,
      comparable: facts.comparable,
      held: facts.held,
      heldRegions: found.held as Region[],
      oldestFetchedAt: facts.oldest?.toISOString() ?? null,
      cut: rows.length > MOST_WEIGHED,
    };
  });
}

/** By the database's clock, and up to when this member has reviewed the scope. */
async function fetchMoments(tx: Tx, ctx: TeamContext, scope: string) {
  const [row] = await tx.$queryRaw<{ now: Date; review: { id: string; seenAt: string } | null }[]>`
    select app_now() as now, ${reviewQuery(reviewsOf(ctx, scope))} as review`;
  if (!row) throw new Error("The clock did not answer");
  return { now: row.now, review: row.review && toReview(row.review) };
}

/** The last day that counts as before; on a Monday "last Monday" is the one a week ago. Day 4 after 1970 was a Monday. */
export const baseDay = (today: number, against: Movements["against"]): number =>
  against === "monday" ? today - (((today - 5) % WEEK_DAYS) + 1) : today - WEEK_DAYS;

const endOfDay = (day: number, timeZone: string) => ({
  asOf: dayOfNumber(day),
  cutoff: Prisma.sql`(${dayOfNumber(day + 1)}::timestamp at time zone ${timeZone})`,
});

type RegionalArrival = Arrival & { region: string };
type Unnamed = Omit<Movement, "name" | "ownName"> & { position: number | null };

/** What came and went by region, without what would compare pages on different sides of a change of the provider's. */
function arrivalsByRegion(rows: readonly PageRow[], scope: MovementScope, walls: readonly Wall[]) {
  const { category, q } = scope.kind === "search" ? scope.search : { category: null, q: null };
  const ofSide = (region: string, isNow: boolean) =>
    rows
      .filter((row) => row.region === region && row.isNow === isNow)
      .map((row) => ({
        page: row.page,
        fetchedAt: new Date(row.at).toISOString(),
        receiptId: row.request,
        categories: row.categories ?? [],
      }));
  const found = [...new Set(rows.map(({ region }) => region))].map((region) => {
    const arrivals = arrivalsOf(ofSide(region, false), ofSide(region, true)).map(
      (arrival): RegionalArrival => ({ ...arrival, region }),
    );
    const question = { region, window: scope.window, categoryId: category ?? "", q: q ?? "" };
    const between = wallsOfQuestion(walls, question);
    const across = ({ on, missingOn }: Arrival) =>
      isAcross(between, Date.parse(on.fetchedAt), Date.parse(missingOn.fetchedAt));
    return { region, arrivals: arrivals.filter((one) => !across(one)), isHeld: arrivals.some(across) };
  });
  return {
    arrivals: found.flatMap(({ arrivals }) => arrivals),
    held: found.flatMap(({ region, isHeld }) => (isHeld ? [region] : [])),
  };
}

const isArrival = (kind: Movement["kind"]) => kind === "new" || kind === "gone";

function toMove(row: MoveRow, metric: Moving, window: string): Unnamed {
  const { now, before } = row;
  const days = Number(window);
  const change = changeOf(metric, before.value, now.value);
  const swing = Number.isNaN(days) ? null : swingOf(metric, row.past ?? [], days);
  const shared = Number.isNaN(days) ? 0 : days - (now.day - before.day);
  return {
    categoryId: row.categoryId,
    region: row.region as Region,
    kind: !change ? "same" : change > 0 ? "up" : "down",
    before: toSide(before),
    after: toSide(now),
    change,
    withinRounding: metric !== "rank" && isStep(before.value, now.value),
    overlapDays: shared > 0 ? shared : null,
    swing,
    times: timesUsual(change, swing),
    position: metric === "rank" ? now.value : null,
  };
}

const toSide = ({ at, value, request }: MoveRow["now"]) => ({
  fetchedAt: new Date(at).toISOString(),
  value,
  receiptId: request,
});

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
