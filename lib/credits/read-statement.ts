import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import type { Price } from "@/lib/platform/format/money";
import { fetchPeriods, type PastPeriod } from "./fetch-periods";
import { fetchCreditSettings, OUTCOME, usageView } from "./internal";
import { creditPriceOf, OTHERS, SHARE } from "./schemas";

/** Credits of some requests of a period, by what their charge rests on. `charged` is the sum of the three. */
export type StatementFigures = {
  requests: number;
  documented: number;
  assumed: number;
  byHand: number;
  charged: number;
  unsettled: number;
  /** Under way. */
  held: number;
};

/** `key` names a member, a purpose or a day; what a reader may not see apart is one line with the key `others`. */
export type StatementLine = StatementFigures & { key: string; name: string };

type StatementPeriod = { from: string; to: string };

/** One period on one page. Every list of lines adds up to `total`. */
export type Statement = {
  period: StatementPeriod & { isRunning: boolean };
  /** Periods with a statement, newest first. */
  periods: StatementPeriod[];
  upstream: "live" | "sandbox" | null;
  generatedAt: string;
  madeBy: string;
  /** Last four signs of the keys that asked, or of the team's key when nothing was asked. */
  keys: string[];
  price: Price | null;
  total: StatementFigures;
  /** Requests that cost nothing: how many, and of how many that is assumed. */
  notCharged: { requests: number; assumed: number };
  /** Corrections, made in this period, of requests of earlier ones: they count there. */
  corrections: { events: number; credits: number };
  /** Of all periods before this one. */
  before: { charged: number; unsettled: number };
  byMember: StatementLine[];
  byPurpose: StatementLine[];
  byDay: StatementLine[];
  /** Null when the period is too large to be proven while somebody waits. */
  check: { requests: number; events: number; isExact: boolean } | null;
};

/** Above it, proving every request against its events takes longer than a page may. */
const MOST_PROVEN = 50_000;

type Group = {
  member_id: string;
  by_share: boolean;
  purpose: string;
  day: string;
  key_id: string;
  outcome: "charged" | "not_charged" | "unsettled" | "held" | "released";
  basis: string | null;
  requests: number;
  credits: number;
};

/**
 * One credit period on one page, by default the running one: every list of its lines adds up to what the ledger says
 * of the period's requests, also of those that were settled after its end.
 * @throws `invalid_request` at `period` for a day on which no period with a statement begins
 */
export async function readStatement(ctx: TeamContext, input: { period?: string | undefined } = {}): Promise<Statement> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const [settings, periods] = [await fetchCreditSettings(tx, ctx.team.id), await fetchPeriods(tx, ctx)];
    const period = periods.find(({ start, is_running }) => (input.period ? start === input.period : is_running));
    if (!period) throw invalid("period", "period_unknown");
    const [groups, facts] = [await fetchGroups(tx, ctx, period), await fetchFacts(tx, ctx, period)];
    const view = usageView(ctx, settings);
    const isOwn = (group: Group) => group.member_id === ctx.member.id;
    const total = sumOf(groups);
    const free = groups.filter(({ outcome }) => outcome === "not_charged" || outcome === "released");
    const count = (some: Group[]) => some.reduce((sum, { requests }) => sum + requests, 0);
    return {
      period: { from: period.start, to: period.last, isRunning: period.is_running },
      periods: periods.map(({ start, last }) => ({ from: start, to: last })),
      upstream: ctx.team.upstream,
      generatedAt: facts.now.toISOString(),
      madeBy: ctx.member.name,
      keys: facts.keys,
      price: creditPriceOf(settings),
      total,
      notCharged: { requests: count(free), assumed: count(free.filter(({ basis }) => basis === "assumed")) },
      corrections: { events: facts.correction_events, credits: facts.correction_credits },
      before: { charged: facts.charged_before, unsettled: facts.unsettled_before },
      byMember: named(
        linesOf(groups, (group) =>
          view !== "own" || isOwn(group) ? (group.by_share ? SHARE : group.member_id) : OTHERS,
        ),
        await memberNames(tx, ctx),
      ),
      byPurpose: linesOf(groups, (group) => (view === "all" || isOwn(group) ? group.purpose : OTHERS)),
      byDay: linesOf(groups, ({ day }) => day).sort((a, b) => a.key.localeCompare(b.key)),
      check: count(groups) > MOST_PROVEN ? null : await prove(tx, ctx, period, total),
    };
  });
}

const ofPeriod = (ctx: TeamContext, period: PastPeriod) => Prisma.sql`r.team_id = ${ctx.team.id}::uuid
  and r.upstream = ${ctx.team.upstream ?? ""} and r.period_start = ${period.start}::date`;

const fetchGroups = (tx: Tx, ctx: TeamContext, period: PastPeriod) => tx.$queryRaw<Group[]>`
  select r.member_id, r.by_share, r.purpose, (r.reserved_at at time zone ${ctx.team.timeZone})::date::text as day, r.key_id,
    ${OUTCOME} as outcome, r.basis, count(*)::int as requests, sum(r.price_credits)::int as credits
  from credit_request r where ${ofPeriod(ctx, period)} group by 1, 2, 3, 4, 5, 6, 7`;

type Facts = {
  now: Date;
  keys: string[];
  correction_events: number;
  correction_credits: number;
  charged_before: number;
  unsettled_before: number;
};

async function fetchFacts(tx: Tx, ctx: TeamContext, period: PastPeriod): Promise<Facts> {
  const { id, timeZone } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const [facts] = await tx.$queryRaw<Facts[]>`
    select app_now() as now,
      array(select k.last_four from team_key k where k.team_id = ${id}::uuid and k.upstream = ${upstream}
        and (k.ended_at is null or exists (select 1 from credit_request r where ${ofPeriod(ctx, period)} and r.key_id = k.id))
        order by k.created_at) as keys,
      corrected.events::int as correction_events, corrected.credits::int as correction_credits,
      before.spent::int as charged_before, before.unsettled::int as unsettled_before
    from (
        select count(*) as events, coalesce(sum(e.credits), 0) as credits
        from credit_event e join credit_request r on r.team_id = e.team_id and r.id = e.request_id
        where e.team_id = ${id}::uuid and e.kind = 'correction' and r.upstream = ${upstream}
          and r.period_start < ${period.start}::date
          and e.at >= (${period.start}::date)::timestamp at time zone ${timeZone}
          and e.at < (${period.last}::date + 1)::timestamp at time zone ${timeZone}) corrected,
      (select coalesce(sum(c.spent), 0) as spent, coalesce(sum(c.unsettled), 0) as unsettled from credit_counter c
        where c.team_id = ${id}::uuid and c.upstream = ${upstream} and c.scope = 'team'
          and c.period_start < ${period.start}::date) before`;
  if (!facts) throw new Error("The statement could not be read");
  return facts;
}

async function memberNames(tx: Tx, ctx: TeamContext): Promise<Map<string, string>> {
  const members = await tx.membership.findMany({
    where: { teamId: ctx.team.id },
    select: { id: true, user: { select: { name: true } } },
  });
  return new Map(members.map(({ id, user }) => [id, user.name]));
}

/** Whether the events of each request come to what the request says, and all of them to what the counter says. */
async function prove(
  tx: Tx,
  ctx: TeamContext,
  period: PastPeriod,
  total: StatementFigures,
): Promise<Statement["check"]> {
  const [found] = await tx.$queryRaw<
    { requests: number; events: number; wrong: number; ledger: number; counter: number }[]
  >`
    select count(*)::int as requests, coalesce(sum(x.events), 0)::int as events, coalesce(sum(x.credits), 0)::int as ledger,
      (count(*) filter (where x.events = 0 or x.credits <> x.expected or not x.intact))::int as wrong,
      coalesce((select c.spent from credit_counter c where c.team_id = ${ctx.team.id}::uuid
        and c.upstream = ${ctx.team.upstream ?? ""} and c.period_start = ${period.start}::date and c.scope = 'team'), 0) as counter
    from (
      select count(e.seq) as events, coalesce(sum(e.credits), 0) as credits,
        case when r.state = 'charged' then r.price_credits else 0 end as expected,
        coalesce(bool_and(e.hash = credit_event_hash(r, e)), false) as intact
      from credit_request r left join credit_event e on e.team_id = r.team_id and e.request_id = r.id
      where ${ofPeriod(ctx, period)} group by r.team_id, r.id) x`;
  if (!found) return null;
  const { requests, events, wrong, ledger, counter } = found;
  return { requests, events, isExact: wrong === 0 && ledger === total.charged && counter === total.charged };
}

function sumOf(groups: Group[]): StatementFigures {
  const sum = { requests: 0, documented: 0, assumed: 0, byHand: 0, charged: 0, unsettled: 0, held: 0 };
  for (const { outcome, basis, requests, credits } of groups) {
    sum.requests += requests;
    if (outcome === "unsettled" || outcome === "held") sum[outcome] += credits;
    if (outcome !== "charged") continue;
    sum.charged += credits;
    sum[basis === "by_hand" ? "byHand" : basis === "assumed" ? "assumed" : "documented"] += credits;
  }
  return sum;
}

/** Lines by a key, those that cost most first and what was folded last. */
function linesOf(groups: Group[], keyOf: (group: Group) => string): StatementLine[] {
  const byKey = new Map<string, Group[]>();
  for (const group of groups) {
    const some = byKey.get(keyOf(group));
    if (some) some.push(group);
    else byKey.set(keyOf(group), [group]);
  }
  return [...byKey]
    .map(([key, some]) => ({ key, name: key, ...sumOf(some) }))
    .sort(
      (a, b) =>
        Number(a.key === OTHERS) - Number(b.key === OTHERS) || b.charged - a.charged || (a.key < b.key ? -1 : 1),
    );
}

const named = (lines: StatementLine[], names: Map<string, string>) =>
  lines.map((line) => ({ ...line, name: names.get(line.key) ?? line.name }));
