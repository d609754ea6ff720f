import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchWalls, wallsOf, wallsOfQuestion } from "@/lib/insights/breaks";
import { fetchNames, shownName } from "@/lib/insights/fetch-names";
import type { Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
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
    const { told, answers, items, cut } = isAboutPlaces(rule)
      ? await tryPlaces(tx, team, rule, now, since)
      : await tryFigures(tx, team, rule, now, since);
    const shown = told.sort((a, b) => b.newAt - a.newAt).slice(0, MOST_SHOWN);
    const names = await fetchNames(tx, team, [...new Set(shown.map(({ categoryId }) => categoryId))]);
    return {
      days: DAYS,
      answers,
      items,
      count: told.length,
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

async function tryFigures(tx: Tx, team: Team, rule: AlertRuleInput, now: Date, since: number) {
  const all = await fetchItems(tx, team, rule, now);
  const items = all.slice(0, MOST_ITEMS);
  const most = Math.min(FAR_POINTS, Math.floor(MOST_POINTS / Math.max(1, items.length)));
  const stored = await fetchSeries(tx, team, items, now, most);
  const walls = await fetchWalls(tx, team);
  const told = items.flatMap((item) => {
    const series = stored.get(seriesKey(item)) ?? [];
    const points = figureOf(series, rule.metric ?? "posts");
    const firings =
      rule.condition === "older_than"
        ? tryPastAges(rule.value ?? 0, points, since, now.getTime())
        : tryPastFigures(rule, points, item.window, since, wallsOf(walls, item, rule.metric ?? "posts"));
    return firings.map((firing): Told => ({ ...firing, ...item }));
  });
  const answers = [...stored.values()].reduce((sum, series) => sum + series.filter(({ at }) => at >= since).length, 0);
  return { told, answers, items: items.length, cut: all.length > items.length };
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
    return categories.map((categoryId) => ({ categoryId, region, window, answers, between }));
  });
  const told = tried.flatMap(({ answers, between, ...item }) =>
    tryPastPlaces(rule, answers, item.categoryId, since, between).map((firing): Told => ({ ...firing, ...item })),
  );
  const answers = [...stored.values()].flat().filter(({ at }) => at >= since).length;
  return { told, answers, items: tried.length, cut: [...stored.values()].some(({ length }) => length >= MOST_PAGES) };
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
