import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { type TableLook, type TablePage, tablePageOf } from "@/lib/platform/format/table-page";
import { fetchAsks, type PeriodAsks } from "./fetch-asks";
import { fetchPeriods, type PastPeriod } from "./fetch-periods";
import { findWaste, WASTES, type Waste } from "./find-waste";
import { fetchCreditSettings, usageView } from "./internal";
import { type Kept, type KeptSchedule, namesOfKept, schedulesOf } from "./names-of-kept";
import { AS_IT_WAS, creditsOf, type PastAsk, type Policy, replayAsks } from "./replay-asks";
import { RARER_CADENCES, type Savings, type SavingsLine } from "./savings-schemas";
import { NONE, OTHERS, SHARE } from "./schemas";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A run at nine that came a little late yesterday still counts as a day ago. */
const SLACK_MS = 3_600_000;
const LONGER_MINUTES = [12, 24, 48, 72, 168, 336, 720].map((hours) => hours * 60);
const RARER_DAYS = [2, 3, 7, 14, 30];
/** The shortest time between two renewals of a cadence; a day for all others. */
const CADENCE_DAYS = { weekly: 7, monthly: 28 } as const;
const daysOf = (cadence: string) => (cadence === "weekly" || cadence === "monthly" ? CADENCE_DAYS[cadence] : 1);
/** What helps most stands first; more than this nobody weighs against one another. */
const MOST_OFFERED = 3;
const MOST_SEARCHES = 20;

/**
 * What a period was spent on for nothing, by member and by saved search, and what it would have cost otherwise, replayed
 * on its own requests. By default the last whole period. Others' credits are told as far as the team's setting allows.
 * @throws `invalid_request` at `period` for a day on which no period with credits begins (`period_unknown`), and for one
 *   that is too large to be replayed while somebody waits (`period_large`)
 */
export const readSavings = (ctx: TeamContext, input: SavingsAsked = {}): Promise<Savings> =>
  withTeam(ctx, "credits:read", async (tx) => summedUp(await fetchKnown(tx, ctx, input), (lines) => lines));

type SavingsAsked = { period?: string | undefined };
export type SavingsPage = { savings: Savings; members: TablePage<Savings["byMember"][number]> };

/**
 * The same with a page of its members, those whose name holds a text: the period is replayed for each member, so only
 * for those. @throws as `readSavings`
 */
export async function readSavingsPage(
  ctx: TeamContext,
  input: SavingsAsked & { members: TableLook },
): Promise<SavingsPage> {
  const known = await withTeam(ctx, "credits:read", (tx) => fetchKnown(tx, ctx, input));
  let page = tablePageOf<SavingsLine>([], input.members, () => []);
  const savings = summedUp(known, (lines) => {
    page = tablePageOf(lines, input.members, ({ name }) => [name]);
    return page.items;
  });
  return { savings, members: { ...page, items: savings.byMember } };
}

async function fetchKnown(tx: Tx, ctx: TeamContext, input: SavingsAsked): Promise<Known> {
  const periods = await fetchPeriods(tx, ctx);
  const period = input.period ? periods.find(({ start }) => start === input.period) : (periods[1] ?? periods[0]);
  if (!period) throw invalid("period", "period_unknown");
  const found = await fetchAsks(tx, ctx, period);
  if (!found) throw invalid("period", "period_large");
  const settings = await fetchCreditSettings(tx, ctx.team.id);
  const team = await tx.team.findUniqueOrThrow({
    where: { id: ctx.team.id },
    select: { openedSince: true, version: true, freshnessMinutes: true },
  });
  const members = await tx.membership.findMany({
    where: { teamId: ctx.team.id },
    select: { id: true, user: { select: { name: true } } },
  });
  const ids = new Set(found.asks.flatMap(({ keptFor }) => keptFor ?? []));
  const kept = await namesOfKept(tx, ctx, [...ids]);
  const schedules = await schedulesOf(tx, ctx, [...new Set(found.asks.flatMap(({ scheduleId }) => scheduleId ?? []))]);
  return {
    ctx,
    periods,
    period,
    found,
    view: usageView(ctx, settings),
    team,
    members: new Map(members.map(({ id, user }) => [id, user.name])),
    kept,
    schedules,
  };
}

type Known = {
  ctx: TeamContext;
  periods: PastPeriod[];
  period: PastPeriod;
  found: PeriodAsks;
  view: "all" | "totals" | "own";
  team: { openedSince: Date; version: number; freshnessMinutes: number };
  members: ReadonlyMap<string, string>;
  kept: ReadonlyMap<string, Kept>;
  schedules: ReadonlyMap<string, KeptSchedule>;
};

/** @param shown which of the members are told, of all in their order */
function summedUp(
  { ctx, periods, period, found, view, team, members, kept, schedules }: Known,
  shown: (lines: SavingsLine[]) => SavingsLine[],
): Savings {
  const { asks, stored, facts } = found;
  const freshMs = team.freshnessMinutes * MINUTE_MS;
  const waste = findWaste(asks, stored, facts, freshMs);
  const cost = (policy: Policy) => creditsOf(replayAsks(asks, stored, policy));
  const spent = cost(AS_IT_WAS);
  const isShown = ({ memberId }: PastAsk) => view === "all" || memberId === ctx.member.id;
  const ofMember = ({ memberId, byShare }: PastAsk) => {
    if (view === "own" && memberId !== ctx.member.id) return OTHERS;
    return byShare ? SHARE : memberId;
  };
  const ofSearch = (ask: PastAsk) => (isShown(ask) ? (ask.keptFor ?? NONE) : OTHERS);
  const bySchedule = asks.filter(({ scheduleId }) => scheduleId !== null);
  const ofSchedule = (ask: PastAsk) => (isShown(ask) ? (ask.scheduleId ?? NONE) : OTHERS);
  const purchases = { repeated: 0, unopened: 0, unchanged: 0 };
  for (const kind of waste.values()) purchases[kind] += 1;
  const total = lineOf("", "", asks, waste);
  const firstMs = Math.min(...asks.map(({ at }) => at));

  return {
    period: { from: period.start, to: period.last, isRunning: period.is_running },
    periods: periods.map(({ start, last }) => ({ from: start, to: last })),
    visibility: view,
    spent,
    repeated: total.repeated,
    unopened: total.unopened,
    unchanged: total.unchanged,
    purchases,
    openedSince: team.openedSince.getTime() > firstMs ? team.openedSince.toISOString() : null,
    byMember: shown(lines(asks, waste, ofMember, (key) => members.get(key) ?? key)).map((line) => ({
      ...line,
      withoutRepeats:
        line.repeated > 0 && line.key !== OTHERS && line.key !== SHARE
          ? cost((ask) => (ofMember(ask) === line.key && !ask.byDefault ? freshMs : null))
          : null,
    })),
    bySearch: lines(asks, waste, ofSearch, (key) => kept.get(key)?.name ?? key)
      .filter(wastes)
      .slice(0, MOST_SEARCHES)
      .map((line) => {
        const isOne = line.key !== OTHERS && line.key !== NONE;
        const ofThis = (ask: PastAsk) => isOne && ask.keptFor === line.key && isShown(ask);
        return {
          ...line,
          kind: kept.get(line.key)?.kind ?? null,
          rarer: isOne
            ? cheaper(RARER_DAYS, spent, (days) => cost((ask) => (ofThis(ask) ? days * DAY_MS - SLACK_MS : null))).map(
                ([days, credits]) => ({ days, credits }),
              )
            : [],
          stopped: isOne ? cost((ask) => (ofThis(ask) ? "stop" : null)) : null,
        };
      }),
    bySchedule: lines(bySchedule, waste, ofSchedule, (key) => schedules.get(key)?.name ?? key)
      .filter(wastes)
      .slice(0, MOST_SEARCHES)
      .map((line) => {
        const schedule = schedules.get(line.key);
        const active = schedule?.isActive ? schedule : null;
        const ofThis = (ask: PastAsk) => ask.scheduleId === line.key && isShown(ask);
        const rarer = active ? RARER_CADENCES.filter((one) => CADENCE_DAYS[one] > daysOf(active.cadence)) : [];
        return {
          ...line,
          kind: schedule?.kind ?? null,
          renews: active && {
            cadence: active.cadence,
            hour: active.hour,
            version: active.version,
            mayChange: active.mayChange,
          },
          rarer: cheaper(
            rarer.map((cadence) => CADENCE_DAYS[cadence]),
            spent,
            (days) => cost((ask) => (ofThis(ask) ? days * DAY_MS - SLACK_MS : null)),
          ).map(([days, credits]) => ({ cadence: days === CADENCE_DAYS.weekly ? "weekly" : "monthly", credits })),
          stopped: schedule ? cost((ask) => (ofThis(ask) ? "stop" : null)) : null,
        };
      }),
    freshness: {
      minutes: team.freshnessMinutes,
      version: team.version,
      longer: cheaper(
        LONGER_MINUTES.filter((minutes) => minutes > team.freshnessMinutes),
        spent,
        (minutes) => cost((ask) => (ask.byDefault ? minutes * MINUTE_MS : null)),
      ).map(([minutes, credits]) => ({ minutes, credits })),
    },
  };
}

/** The steps that cost less than the one before, the first few of them. */
function cheaper(steps: number[], spent: number, cost: (step: number) => number): [number, number][] {
  const found: [number, number][] = [];
  for (const step of steps) {
    if (found.length === MOST_OFFERED) break;
    const credits = cost(step);
    if (credits < (found.at(-1)?.[1] ?? spent)) found.push([step, credits]);
  }
  return found;
}

const wastes = ({ repeated, unopened, unchanged }: SavingsLine) => repeated + unopened + unchanged > 0;

function lineOf(key: string, name: string, asks: PastAsk[], waste: ReadonlyMap<string, Waste>): SavingsLine {
  const line: SavingsLine = { key, name, spent: 0, repeated: 0, unopened: 0, unchanged: 0 };
  for (const { id, credits } of asks) {
    line.spent += credits;
    const kind = waste.get(id);
    if (kind) line[kind] += credits;
  }
  return line;
}

/** Lines by a key: what was spent for nothing most first, and last what is folded or has no such thing. */
function lines(
  asks: PastAsk[],
  waste: ReadonlyMap<string, Waste>,
  keyOf: (ask: PastAsk) => string,
  nameOf: (key: string) => string,
): SavingsLine[] {
  const byKey = new Map<string, PastAsk[]>();
  for (const ask of asks) {
    if (ask.cameOf !== "bought") continue;
    const group = byKey.get(keyOf(ask));
    if (group) group.push(ask);
    else byKey.set(keyOf(ask), [ask]);
  }
  const rank = ({ key }: SavingsLine) => (key === OTHERS ? 2 : key === NONE ? 1 : 0);
  const lost = (line: SavingsLine) => WASTES.reduce((sum, kind) => sum + line[kind], 0);
  return [...byKey]
    .map(([key, group]) => lineOf(key, nameOf(key), group, waste))
    .filter(({ spent }) => spent > 0)
    .sort((a, b) => rank(a) - rank(b) || lost(b) - lost(a) || b.spent - a.spent || (a.key < b.key ? -1 : 1));
}
