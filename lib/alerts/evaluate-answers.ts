import "server-only";
import { asTeam } from "@/lib/auth/context";
import { fetchWalls } from "@/lib/insights/breaks";
import { recordBreaks } from "@/lib/insights/record-breaks";
import { db, type Tx } from "@/lib/platform/db";
import { doForEach } from "@/lib/platform/do-for-each";
import { countHeld } from "./count-held";
import { WITH_SCOPE } from "./internal";
import { type NewAlert, storeAlerts } from "./store-alerts";
import { FAR_POINTS, familyKey, fetchPageAnswers, fetchSeries, NEAR_POINTS } from "./stored-past";
import { isAboutPlaces, type TriedRule, tryRules } from "./try-rules";

/** Answers of one team that are worked off before another team's turn. */
const MOST_AT_ONCE = 200;
/** How far back places are looked for, and in how many pages. */
export const PLACE_DAYS = 90;
const PLACE_PAGES = 120;

type Stored = {
  id: string;
  upstream: string;
  region: string;
  window: string;
  categoryId: string;
  q: string;
  page: number;
  /** To the microsecond, which a Date would cut off: the answer itself is among what is stored up to it. */
  fetchedAt: string;
  categories: string[];
};
type RuleRow = Omit<TriedRule, "items"> & { categoryId: string | null; watchlistId: string | null };

/**
 * Looks at the answers that were stored since, of every team: whether the provider changed their shape, and then what
 * the team's rules have to tell of them. An answer leaves the outbox in the transaction
 * in which everything it gave to tell was written: a process that dies leaves it there, and no other tells it twice.
 */
export async function evaluateAnswers(): Promise<{ answers: number; alerts: number }> {
  const teams = await db().$queryRaw<{ teamId: string }[]>`
    select team_id as "teamId" from alert_teams_waiting() where answers`;
  const sum = { answers: 0, alerts: 0 };
  await doForEach(teams, async ({ teamId }) => {
    for (let nth = 0; nth < MOST_AT_ONCE; nth++) {
      const alerts = await asTeam(teamId, (tx) => evaluateNext(tx, teamId));
      if (alerts === null) break;
      sum.answers++;
      sum.alerts += alerts;
    }
  });
  return sum;
}

/** @returns how many alerts the oldest waiting answer gave; null when none waits, or another process is at this team */
export async function evaluateNext(tx: Tx, teamId: string): Promise<number | null> {
  // One at a time for each team, so that a cool-down sees what the answer before it told.
  const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`alerts/${teamId}`}, 0)) as mine`;
  if (!lock?.mine) return null;
  const [answer] = await tx.$queryRaw<Stored[]>`
    with taken as (delete from outbox where (team_id, snapshot_id) in (
        select team_id, snapshot_id from outbox where team_id = ${teamId}::uuid order by created_at, snapshot_id limit 1)
      returning team_id, snapshot_id)
    select s.id, s.upstream, s.region, s."window", s.category_id as "categoryId", s.q, s.page, s.fetched_at::text as "fetchedAt",
      array(select r.category_id from ranking_row r where r.team_id = s.team_id and r.snapshot_id = s.id
        and r.category_id is not null order by r.place) as categories
    from taken t join snapshot s on s.team_id = t.team_id and s.id = t.snapshot_id`;
  if (!answer) return null;
  await recordBreaks(tx, teamId, answer.id);
  const rules = await fetchMatching(tx, teamId, answer);
  if (rules.length === 0) return 0;
  return storeAlerts(tx, teamId, await tryAll(tx, teamId, answer, rules));
}

async function tryAll(tx: Tx, teamId: string, answer: Stored, rules: TriedRule[]): Promise<NewAlert[]> {
  const team = { id: teamId, upstream: answer.upstream };
  const { region, window, fetchedAt } = answer;
  const aboutFigures = rules.filter((rule) => !isAboutPlaces(rule));
  const looked = new Set(aboutFigures.flatMap(({ items }) => items ?? answer.categories));
  const wanted = answer.categories.filter((id) => looked.has(id)).map((categoryId) => ({ categoryId, region, window }));
  const most = aboutFigures.some(({ condition }) => condition === "unusual") ? FAR_POINTS : NEAR_POINTS;
  const series = await fetchSeries(tx, team, wanted, fetchedAt, most);
  const pages = rules.some(isAboutPlaces)
    ? await fetchPageAnswers(tx, team, [answer], fetchedAt, PLACE_DAYS, PLACE_PAGES)
    : new Map();
  const sentences = new Map(rules.map((rule) => [rule.id, rule]));
  const walls = await fetchWalls(tx, team);
  const answers = pages.get(familyKey(answer)) ?? [];
  const tried = tryRules(rules, answer, series, answers, walls);
  if (walls.length > 0)
    await countHeld(tx, teamId, tryRules(rules, answer, series, answers, []), tried, { rules, answer, walls });
  return tried.flatMap((told) => {
    const rule = sentences.get(told.ruleId);
    return rule ? [{ ...told, rule, upstream: answer.upstream, region, window }] : [];
  });
}

/** The rules that an answer may give something to tell: in one statement, and the lists that they are about in another. */
async function fetchMatching(tx: Tx, teamId: string, answer: Stored): Promise<TriedRule[]> {
  const { upstream, region, window, categoryId, q, page, fetchedAt, categories } = answer;
  const isRanking = categoryId === "" && q === "";
  const rows = await tx.$queryRaw<RuleRow[]>`
    select r.id, r.condition, r.metric, r.value, r.against, r.cooldown_hours as "cooldownHours",
      r.category_id as "categoryId", r.watchlist_id as "watchlistId"
    from alert_rule r ${WITH_SCOPE}
    where r.team_id = ${teamId}::uuid and r.upstream = ${upstream} and r.deleted_at is null and r.muted_at is null
      and r.condition <> 'older_than' and r.created_at <= ${fetchedAt}::timestamptz
      -- Places are those of the whole ranking, but for a search, which has its own.
      and (r.search_id is not null or ${isRanking} or r.condition not in ('enters_top', 'leaves_top', 'is_new'))
      and case
        when r.category_id is not null then r.region = ${region} and r."window" = ${window}
          and (r.condition in ('enters_top', 'leaves_top', 'is_new') or r.category_id = any(${categories}::text[]))
        when r.watchlist_id is not null then w.deleted_at is null and w."window" = ${window}
        else s.deleted_at is null and s.region = ${region} and s."window" = ${window} and s.category_id = ${categoryId}
          and s.q = ${q} and s.pages >= ${page} end`;
  const listIds = [...new Set(rows.flatMap(({ watchlistId }) => watchlistId ?? []))];
  const lists =
    listIds.length === 0
      ? []
      : await tx.$queryRaw<{ id: string; items: string[] }[]>`
          select wi.watchlist_id as id, array_agg(wi.category_id) as items from watch_item wi
          where wi.team_id = ${teamId}::uuid and wi.watchlist_id = any(${listIds}::uuid[]) and wi.region = ${region}
          group by wi.watchlist_id`;
  const itemsOf = new Map(lists.map(({ id, items }) => [id, items]));
  return rows.map(({ categoryId: one, watchlistId, ...rule }) => ({
    ...rule,
    items: one !== null ? [one] : watchlistId !== null ? (itemsOf.get(watchlistId) ?? []) : null,
  }));
}
