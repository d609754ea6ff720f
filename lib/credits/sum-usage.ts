import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { assertMemberShown } from "./assert-member-shown";
import type { RunningPeriod } from "./fetch-period";
import { usageView } from "./internal";
import { namesOfKept } from "./names-of-kept";
import { type CreditSummary, NONE, OTHERS, type UsageFilter, type UsageGroup } from "./schemas";
import {
  countsOnlyOwn,
  type SavedRow,
  type Span,
  savedSql,
  type UsageRow,
  type UsageScope,
  usageSql,
} from "./usage-sql";

type Group = CreditSummary["groups"][number];
export type Person = { id: string; name: string; removed: boolean };

export type UsageSums = {
  span: Span;
  isPlain: boolean;
  onlyOwn: boolean;
  spent: number;
  held: number;
  unsettled: number;
  underWay: number;
  toConfirm: number;
  saved: { answers: number; credits: number } | null;
  days: { day: string; series: string; spent: number }[];
  groups: Group[];
  people: Person[];
};

/** The days of a filter: the running period unless it says otherwise. */
export function spanOf({ from, to }: UsageFilter, period: RunningPeriod): Span {
  const first = from ?? (to && to < period.from ? to : period.from);
  const last = to ?? (first > period.to ? first : period.to);
  const whole = [period, period.previous].find((one) => one.from === first && one.to === last);
  return { from: first, to: last, periodStart: whole?.from ?? null };
}

/**
 * Sums of a filter by day and by group, in the caller's transaction: three statements whatever there is to sum.
 * @throws `invalid_request` at `member`
 */
export async function sumUsage(
  tx: Tx,
  scope: UsageScope,
  { by, period }: { by: UsageGroup; period: RunningPeriod },
): Promise<UsageSums> {
  const { ctx, filter, settings } = scope;
  await assertMemberShown(tx, ctx, filter.member, { see: usageView(ctx, settings) !== "own" });
  const span = spanOf(filter, period);
  const rows = await tx.$queryRaw<UsageRow[]>(usageSql(scope, span, by));
  const saved = await tx.$queryRaw<SavedRow[]>(savedSql(scope, span, by));
  const people = await fetchPeople(tx, ctx);
  const days = rows.filter((row) => row.is_day);
  const total = (pick: "spent" | "held" | "unsettled" | "under_way" | "to_confirm") =>
    days.reduce((sum, row) => sum + row[pick], 0);
  const { from: _from, to: _to, ...narrowing } = filter;
  const aboutPurchases = filter.purpose ?? filter.outcome ?? filter.search;
  return {
    span,
    isPlain: span.periodStart === period.from && Object.values(narrowing).every((value) => value === undefined),
    onlyOwn: countsOnlyOwn(scope),
    spent: total("spent"),
    held: total("held"),
    unsettled: total("unsettled"),
    underWay: total("under_way"),
    toConfirm: total("to_confirm"),
    saved: aboutPurchases
      ? null
      : {
          answers: saved.reduce((sum, row) => sum + row.answers, 0),
          credits: saved.reduce((sum, row) => sum + row.credits, 0),
        },
    days: days.map((row) => ({ day: row.day ?? "", series: row.series ?? "", spent: row.spent })),
    groups: await namedGroups(tx, scope, by, { rows: rows.filter((row) => !row.is_day), saved, people, period }),
    people: usageView(ctx, settings) === "own" ? people.filter(({ id }) => id === ctx.member.id) : people,
  };
}

/** Everybody who is or was in the team, longest member first. */
async function fetchPeople(tx: Tx, ctx: TeamContext): Promise<Person[]> {
  const members = await tx.membership.findMany({
    where: { teamId: ctx.team.id },
    select: { id: true, removedAt: true, user: { select: { name: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return members.map(({ id, removedAt, user }) => ({ id, name: user.name, removed: removedAt !== null }));
}

type Found = { rows: UsageRow[]; saved: SavedRow[]; people: Person[]; period: RunningPeriod };

async function namedGroups(tx: Tx, scope: UsageScope, by: UsageGroup, found: Found): Promise<Group[]> {
  const { ctx, filter, settings } = scope;
  const { rows, saved, people, period } = found;
  const keys = new Set([...rows, ...saved].flatMap(({ key }) => key ?? []));
  if (by === "member") for (const key of membersShown()) keys.add(key);
  const limits = await fetchLimits(tx, ctx, by, period);
  const names = await namesOf();
  const [rowOf, savedOf] = [new Map(rows.map((row) => [row.key, row])), new Map(saved.map((row) => [row.key, row]))];
  return [...keys]
    .map((key) => {
      const row = rowOf.get(key);
      const free = savedOf.get(key)?.answers ?? 0;
      const { spent = 0, held = 0, unsettled = 0, requests = 0 } = row ?? {};
      const name = names.get(key) ?? key;
      return { key, name, spent, held, unsettled, limit: limits.get(key) ?? null, requests, free };
    })
    .sort((a, b) =>
      by === "day"
        ? a.key.localeCompare(b.key)
        : rank(a) - rank(b) || b.spent - a.spent || a.name.localeCompare(b.name) || a.key.localeCompare(b.key),
    );

  async function namesOf(): Promise<Map<string, string>> {
    if (by === "member") return new Map(people.map(({ id, name }) => [id, name]));
    const ids = [...keys].filter((key) => key !== NONE && key !== OTHERS);
    if (by === "search") {
      return new Map([...(await namesOfKept(tx, ctx, ids))].map(([id, { name }]) => [id, name]));
    }
    if (by !== "token") return new Map();
    const tokens = await tx.apiToken.findMany({
      where: { teamId: ctx.team.id, id: { in: ids } },
      select: { id: true, name: true },
    });
    return new Map(tokens.map(({ id, name }) => [id, name]));
  }

  /** Members of today are listed also when they spent nothing; removed ones only with what they spent. */
  function membersShown(): string[] {
    if (filter.member) return [filter.member];
    if (usageView(ctx, settings) === "own" || countsOnlyOwn(scope)) return [ctx.member.id];
    return people.filter(({ removed }) => !removed).map(({ id }) => id);
  }
}

/** Others, and what has no such thing, come last whatever they cost. */
const rank = ({ key }: Group) => (key === OTHERS ? 2 : key === NONE ? 1 : 0);

/** What each may use in the running period, with the team's default and what was granted; who has no limit is left out. */
async function fetchLimits(
  tx: Tx,
  ctx: TeamContext,
  by: UsageGroup,
  period: RunningPeriod,
): Promise<Map<string, number>> {
  if (by !== "member" && by !== "token") return new Map();
  const subjects =
    by === "member"
      ? Prisma.sql`select m.id from membership m where m.team_id = ${ctx.team.id}::uuid`
      : Prisma.sql`select k.id from api_token k where k.team_id = ${ctx.team.id}::uuid`;
  const limits = await tx.$queryRaw<{ id: string; credits: number | null }[]>`
    select x.id, credit_effective_limit(${ctx.team.id}::uuid, ${ctx.team.upstream ?? ""}, ${period.from}::date, ${by}, x.id)
      as credits from (${subjects}) x`;
  return new Map(limits.flatMap(({ id, credits }) => (credits === null ? [] : [[id, credits]])));
}
