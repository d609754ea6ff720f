import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchWalls, isAcross, type Wall, wallsOf, wallsOfQuestion } from "@/lib/insights/breaks";
import { dayNumber } from "@/lib/insights/day-points";
import { fetchNames, shownName } from "@/lib/insights/fetch-names";
import type { Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { isoDate } from "@/lib/platform/format/date";
import { assertScope } from "./rule-rows";
import type { AlertPreview, AlertRuleInput } from "./schemas";
import {
  FAR_POINTS,
  type Family,
  familyKey,
  fetchPageAnswers,
  fetchSeries,
  figureOf,
  RANKING,
  type Series,
  seriesKey,
} from "./stored-past";
import type { Firing } from "./try-figure";
import { tryPastAges, tryPastFigures, tryPastPlaces } from "./try-past";
import { categoriesOf, type PageAnswer } from "./try-place";
import { isAboutPlaces } from "./try-rules";

const DAYS = 90;
const DAY_MS = 86_400_000;
/** What one preview looks at, at most. */
const MOST_ITEMS = 200;
const MOST_POINTS = 40_000;
const MOST_PAGES = 400;
const MOST_SHOWN = 20;

type Told = Firing & Series;
/** One item as it was tried: what is stored of it since then, and what it would have told. */
type Tried = Series & { points: { at: number; value: number | null }[]; firings: Firing[]; walls: readonly Wall[] };
type Team = { id: string; upstream: string };

/**
 * What a rule would have told of the stored past, by the very code that tries it on new answers. Saves nothing, spends
 * nothing. @throws `invalid_request` for a rule over nothing
 */
export async function previewRule(ctx: TeamContext, rule: AlertRuleInput): Promise<AlertPreview> {
  return withTeam(ctx, "alerts:read", async (tx) => {
    const team = { id: ctx.team.id, upstream: await assertScope(tx, ctx, rule) };
    const now = await appNow(tx);
    const since = now.getTime() - DAYS * DAY_MS;
    const { tried, answers, cut } = isAboutPlaces(rule)
      ? await tryPlaces(tx, team, rule, now, since)
      : await tryFigures(tx, team, rule, now, since);
    const told = tried.flatMap(({ firings, categoryId, region, window }) =>
      firings.map((firing): Told => ({ ...firing, categoryId, region, window })),
    );
    const shown = told.sort((a, b) => b.newAt - a.newAt).slice(0, MOST_SHOWN);
    const drawn = rule.condition === "older_than" ? null : mostTelling(tried);
    const named = [...shown, ...(drawn ? [drawn] : [])].map(({ categoryId }) => categoryId);
    const names = await fetchNames(tx, team, [...new Set(named)]);
    const metric = isAboutPlaces(rule) ? null : rule.metric;
    return {
      days: DAYS,
      condition: rule.condition,
      metric,
      answers,
      items: tried.length,
      count: told.length,
      course: drawn && {
        categoryId: drawn.categoryId,
        categoryName: shownName(names.get(drawn.categoryId)),
        region: drawn.region as Region,
        window: drawn.window,
        metric,
        ...courseOf(drawn, ctx.team.timeZone),
      },
      cut,
      firings: shown.map((one) => ({
        categoryId: one.categoryId,
        categoryName: shownName(names.get(one.categoryId)),
        region: one.region as Region,
        window: one.window,
        oldValue: one.oldValue,
        newValue: one.newValue,
        oldAt: one.oldAt === null ? null : new Date(one.oldAt).toISOString(),
        newAt: new Date(one.newAt).toISOString(),
      })),
    };
  });
}

/** The item to draw: the one that would have told most, or the only one there is. */
function mostTelling(tried: readonly Tried[]): Tried | null {
  const [most] = [...tried].sort((a, b) => b.firings.length - a.firings.length);
  return most && most.points.length > 0 && (most.firings.length > 0 || tried.length === 1) ? most : null;
}

/** A point for each day, from its newest answer, and the days on which it would have been told. */
function courseOf({ points, firings, walls }: Tried, timeZone: string) {
  const dayOf = (at: number) => dayNumber(isoDate(new Date(at), timeZone));
  const days = new Map<number, { x: number; value: number | null; isApart: boolean }>();
  points.forEach(({ at, value }, index) => {
    const x = dayOf(at);
    const isApart = index > 0 && isAcross(walls, points[index - 1]?.at ?? at, at);
    days.set(x, { x, value, isApart: isApart || (days.get(x)?.isApart ?? false) });
  });
  return { points: [...days.values()], fired: [...new Set(firings.map(({ newAt }) => dayOf(newAt)))] };
}

async function tryFigures(tx: Tx, team: Team, rule: AlertRuleInput, now: Date, since: number) {
  const all = await fetchItems(tx, team, rule, now);
  const items = all.slice(0, MOST_ITEMS);
  const most = Math.min(FAR_POINTS, Math.floor(MOST_POINTS / Math.max(1, items.length)));
  const stored = await fetchSeries(tx, team, items, now, most);
  const walls = await fetchWalls(tx, team);
  const tried = items.map((item): Tried => {
    const series = stored.get(seriesKey(item)) ?? [];
    const points = figureOf(series, rule.metric ?? "posts");
    const between = wallsOf(walls, item, rule.metric ?? "posts");
    const firings =
      rule.condition === "older_than"
        ? tryPastAges(rule.value ?? 0, points, since, now.getTime())
        : tryPastFigures(rule, points, item.window, since, between);
    return { ...item, points: points.filter(({ at }) => at >= since), firings, walls: between };
  });
  const answers = [...stored.values()].reduce((sum, series) => sum + series.filter(({ at }) => at >= since).length, 0);
  return { tried, answers, cut: all.length > items.length };
}

async function tryPlaces(tx: Tx, team: Team, rule: AlertRuleInput, now: Date, since: number) {
  const wanted = rule.searchId === null ? await fetchItems(tx, team, rule, now) : null;
  const families = await fetchFamilies(tx, team, rule, wanted ?? []);
  const stored = await fetchPageAnswers(tx, team, families, now, 2 * DAYS, MOST_PAGES);
  const walls = await fetchWalls(tx, team);
  const tried = families.flatMap((family) => {
    const answers: readonly PageAnswer[] = stored.get(familyKey(family)) ?? [];
    const { region, window } = family;
    const categories =
      wanted === null
        ? categoriesOf(answers)
        : wanted.filter((item) => item.region === region && item.window === window).map(({ categoryId }) => categoryId);
    const between = wallsOfQuestion(walls, family);
    return categories.map((categoryId): Tried => {
      const points = answers.flatMap(({ at, places }) => {
        const value = places.get(categoryId);
        return at < since || value === undefined ? [] : [{ at, value }];
      });
      const firings = tryPastPlaces(rule, answers, categoryId, since, between);
      return { categoryId, region, window, points, firings, walls: between };
    });
  });
  const answers = [...stored.values()].flat().filter(({ at }) => at >= since).length;
  return { tried, answers, cut: [...stored.values()].some(({ length }) => length >= MOST_PAGES) };
}

/** What a rule is about: its category, its list's items, or the categories that its search's answers hold. */
async function fetchItems(tx: Tx, team: Team, rule: AlertRuleInput, now: Date): Promise<Series[]> {
  const { categoryId, region, window, watchlistId, searchId } = rule;
  if (categoryId !== null && region !== null && window !== null) return [{ categoryId, region, window }];
  if (watchlistId !== null) {
    return tx.$queryRaw<Series[]>`
      select wi.category_id as "categoryId", wi.region, w."window" from watch_item wi
        join watchlist w on w.team_id = wi.team_id and w.id = wi.watchlist_id
      where wi.team_id = ${team.id}::uuid and wi.watchlist_id = ${watchlistId}::uuid
      order by wi.place, wi.id limit ${MOST_ITEMS + 1}`;
  }
  return tx.$queryRaw<Series[]>`
    select distinct r.category_id as "categoryId", s.region, s."window" from saved_search q
      join snapshot s on s.team_id = q.team_id and s.upstream = q.upstream and s.region = q.region
        and s."window" = q."window" and s.category_id = q.category_id and s.q = q.q and s.page <= q.pages
      join ranking_row r on r.team_id = s.team_id and r.snapshot_id = s.id and r.category_id is not null
    where q.team_id = ${team.id}::uuid and q.id = ${searchId}::uuid
      and s.fetched_at > ${now}::timestamptz - make_interval(days => ${DAYS}::int)
    order by 1 limit ${MOST_ITEMS + 1}`;
}

/** The questions whose places a rule looks at: the search's own, or the whole rankings that hold its items. */
async function fetchFamilies(tx: Tx, team: Team, rule: AlertRuleInput, items: readonly Series[]): Promise<Family[]> {
  if (rule.searchId !== null) {
    return tx.savedSearch.findMany({
      where: { teamId: team.id, id: rule.searchId },
      select: { region: true, window: true, categoryId: true, q: true },
    });
  }
  const families = items.map(({ region, window }) => ({ region, window, ...RANKING }));
  return [...new Map(families.map((family) => [familyKey(family), family])).values()];
}
