import "server-only";
import { audit } from "@/lib/auth/audit";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { notify } from "@/lib/notifications/notify";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError, notFound } from "@/lib/platform/errors";
import { containing, readTablePage, type TableLook } from "@/lib/platform/format/table-page";
import {
  LIMIT_ROWS,
  type LimitAsk,
  type LimitLooks,
  type Limits,
  type LimitsPage,
  type TeamCreditSettings,
} from "./limit-schemas";
import { type CreditSettings, SHARE, type UsageFilter } from "./schemas";

/** The team's credit settings, within the caller's transaction. */
export async function fetchCreditSettings(tx: Tx, teamId: string): Promise<CreditSettings> {
  const team = await tx.team.findUnique({
    where: { id: teamId },
    select: {
      confirmAboveCredits: true,
      creditPrice: true,
      creditCurrency: true,
      usageVisibility: true,
      unsettledRule: true,
      unsettledAfterHours: true,
      rawRetentionDays: true,
    },
  });
  if (!team) throw notFound();
  return {
    ...team,
    creditPrice: team.creditPrice === null ? null : Number(team.creditPrice),
    usageVisibility: team.usageVisibility as CreditSettings["usageVisibility"],
    unsettledRule: team.unsettledRule as CreditSettings["unsettledRule"],
  };
}

/** Admins and owners see everybody's usage whatever the team has set. */
const seesEverybody = (ctx: TeamContext) => ctx.member.role === "admin" || ctx.member.role === "owner";

/** What this reader may see of the usage of others: single requests, sums by member, or nothing. */
export function usageView(ctx: TeamContext, settings: CreditSettings): CreditSettings["usageVisibility"] {
  return seesEverybody(ctx) ? "all" : settings.usageVisibility;
}

/** SQL for the outcome that a reader is told: a request whose lease ran out is what the sweeper will make of it. */
export const OUTCOME = Prisma.sql`case
  when r.state = 'sending' and r.lease_until <= clock_timestamp() then 'unsettled'
  when r.state = 'reserved' and r.lease_until <= clock_timestamp() then 'released'
  when r.state in ('reserved', 'sending') then 'held' else r.state end`;

/** What counts against a member's own limit, or with `share` against the team's share alone. */
export const paidFrom = (member: string): Prisma.Sql =>
  member === SHARE ? Prisma.sql`r.by_share` : Prisma.sql`r.member_id = ${member}::uuid and not r.by_share`;

/** The condition over `x` (a served answer): the share pays for nothing that is free. */
export const servedTo = (member: string): Prisma.Sql =>
  member === SHARE ? Prisma.sql`false` : Prisma.sql`x.member_id = ${member}::uuid`;

/**
 * The condition over `r` (a `credit_request`) for the requests of a usage view: of the team and its upstream, within
 * the filter, and no single request that this reader may not see.
 */
export function requestConditions(ctx: TeamContext, filter: UsageFilter, settings: CreditSettings): Prisma.Sql {
  const { from, to, member, purpose, outcome, region, token, search } = filter;
  const zone = ctx.team.timeZone;
  return Prisma.join(
    [
      Prisma.sql`r.team_id = ${ctx.team.id}::uuid`,
      Prisma.sql`r.upstream = ${ctx.team.upstream ?? ""}`,
      ...(usageView(ctx, settings) === "all" ? [] : [Prisma.sql`r.member_id = ${ctx.member.id}::uuid`]),
      ...(from ? [Prisma.sql`r.reserved_at >= (${from}::date)::timestamp at time zone ${zone}`] : []),
      ...(to ? [Prisma.sql`r.reserved_at < (${to}::date + 1)::timestamp at time zone ${zone}`] : []),
      ...(member ? [paidFrom(member)] : []),
      ...(purpose ? [Prisma.sql`r.purpose = ${purpose}`] : []),
      ...(outcome ? [Prisma.sql`${OUTCOME} = ${outcome}`] : []),
      ...(region ? [Prisma.sql`r.region = ${region}`] : []),
      ...(token ? [Prisma.sql`r.token_id = ${token}::uuid`] : []),
      ...(search ? [Prisma.sql`coalesce(r.search_id, r.watchlist_id) = ${search}::uuid`] : []),
    ],
    " and ",
  );
}

type PeriodRow = { start: string; last: string; resets_at: Date };
type Period = { from: string; to: string; resetsAt: string };

const toPeriod = ({ start, last, resets_at }: PeriodRow): Period => ({
  from: start,
  to: last,
  resetsAt: resets_at.toISOString(),
});

/** The team's credit period that holds a moment, by default now. */
export async function fetchPeriodDays(tx: Tx, teamId: string, at?: string): Promise<Period> {
  const moment = at ? Prisma.sql`${at}::timestamptz` : Prisma.sql`app_now()`;
  const [period] = await tx.$queryRaw<PeriodRow[]>`
    select start::text, last::text, resets_at from credit_period(${teamId}::uuid, ${moment})`;
  if (!period) throw notFound();
  return toPeriod(period);
}

/** All limits of the team and what is used of them in the running period, as far as this reader may see others. */
export async function fetchLimits(tx: Tx, ctx: TeamContext): Promise<Limits> {
  const { whole, members, tokens } = await limitsSeen(tx, ctx);
  return { ...(await whole()), members: await members.rows("", null, 0), tokens: await tokens.rows("", null, 0) };
}

/** The same with a page of its members and one of its tokens. */
export async function fetchLimitsPage(tx: Tx, ctx: TeamContext, looks: LimitLooks): Promise<LimitsPage> {
  const { whole, members, tokens } = await limitsSeen(tx, ctx);
  const pageOf = <Row>({ count, rows }: Rows<Row>, look: TableLook, most: number) =>
    readTablePage(
      look,
      () => count(look.q),
      (limit, offset) => rows(look.q, limit, offset),
      most,
    );
  return {
    ...(await whole()),
    members: await pageOf(members, looks.members, LIMIT_ROWS.members),
    tokens: await pageOf(tokens, looks.tokens, LIMIT_ROWS.tokens),
  };
}

type Rows<Row> = {
  count: (q: string) => Promise<number>;
  rows: (q: string, limit: number | null, offset: number) => Promise<Row[]>;
};

async function limitsSeen(tx: Tx, ctx: TeamContext) {
  const { id: teamId } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const view = usageView(ctx, await fetchCreditSettings(tx, teamId));
  const mine = (seen: boolean) => (seen ? Prisma.empty : Prisma.sql`and m.id = ${ctx.member.id}::uuid`);
  const period = await fetchPeriodDays(tx, teamId);
  const counterOf = (scope: string, subject: Prisma.Sql) => Prisma.sql`
    left join credit_limit l on l.team_id = ${teamId}::uuid and l.scope = ${scope} and l.subject_id = ${subject}
    left join credit_counter c on c.team_id = ${teamId}::uuid and c.upstream = ${upstream}
      and c.period_start = ${period.from}::date and c.scope = ${scope} and c.subject_id = ${subject}`;
  const used = Prisma.sql`coalesce(c.spent, 0) as spent, coalesce(c.held + c.unsettled, 0) as held`;
  const holds = (q: string, names: Prisma.Sql) =>
    q === "" ? Prisma.empty : Prisma.sql`and ${names} ilike ${containing(q)}`;
  const counted = async (from: Prisma.Sql) => {
    const rows = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total ${from}`;
    return rows[0]?.total ?? 0;
  };

  const memberFrom = (q: string, joined: Prisma.Sql) => Prisma.sql`
    from membership m join user_account u on u.id = m.user_id ${joined}
    where m.team_id = ${teamId}::uuid and m.removed_at is null ${mine(view !== "own")} ${holds(q, Prisma.sql`u.name`)}`;
  const members: Rows<Limits["members"][number]> = {
    count: (q) => counted(memberFrom(q, Prisma.empty)),
    rows: (q, limit, offset) => tx.$queryRaw`
      select m.id, u.name, l.credits as limit, ${used},
        credit_effective_limit(${teamId}::uuid, ${upstream}, ${period.from}::date, 'member', m.id) as effective,
        coalesce((select sum(g.granted_credits) from limit_request g where g.team_id = m.team_id and g.upstream = ${upstream}
          and g.period_start = ${period.from}::date and g.member_id = m.id), 0)::int as granted
      ${memberFrom(q, counterOf("member", Prisma.sql`m.id`))}
      order by u.name, m.id limit ${limit}::int offset ${offset}::int`,
  };
  const tokenFrom = (q: string, joined: Prisma.Sql) => Prisma.sql`
    from api_token k join membership m on m.team_id = k.team_id and m.id = k.member_id
      join user_account u on u.id = m.user_id ${joined}
    where k.team_id = ${teamId}::uuid and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
      and m.removed_at is null ${mine(view === "all")} ${holds(q, Prisma.sql`(k.name || ' ' || u.name)`)}`;
  const tokens: Rows<Limits["tokens"][number]> = {
    count: (q) => counted(tokenFrom(q, Prisma.empty)),
    rows: (q, limit, offset) => tx.$queryRaw`
      select k.id, k.name, u.name as "memberName", l.credits as limit, ${used}
      ${tokenFrom(q, counterOf("token", Prisma.sql`k.id`))}
      order by k.name, k.id limit ${limit}::int offset ${offset}::int`,
  };
  return { members, tokens, whole };

  async function whole(): Promise<Omit<Limits, "members" | "tokens">> {
    const rows = await tx.$queryRaw<{ scope: string; limit: number | null; spent: number; held: number }[]>`
      select s.scope, l.credits as limit, ${used}
      from unnest(array['team', 'member_default', 'schedules']) as s(scope)
      left join credit_limit l on l.team_id = ${teamId}::uuid and l.scope = s.scope and l.subject_id = ${teamId}::uuid
      left join credit_counter c on c.team_id = ${teamId}::uuid and c.upstream = ${upstream}
        and c.period_start = ${period.from}::date and c.scope = s.scope and c.subject_id = ${teamId}::uuid`;
    const of = (scope: string) => rows.find((row) => row.scope === scope) ?? { limit: null, spent: 0, held: 0 };
    return {
      period,
      team: of("team").limit,
      memberDefault: of("member_default").limit,
      schedules: of("schedules").limit,
      used: { team: of("team"), schedules: of("schedules") },
    };
  }
}

type AskRow = Prisma.LimitRequestGetPayload<{ include: typeof WITH_ASKER }>;
const WITH_ASKER = { member: { include: { user: { select: { name: true } } } } } satisfies Prisma.LimitRequestInclude;

const toAsk = (row: AskRow): LimitAsk => ({
  id: row.id,
  member: { id: row.memberId, name: row.member.user.name },
  credits: row.askedCredits,
  note: row.note,
  askedAt: row.askedAt.toISOString(),
  state: row.state as LimitAsk["state"],
  grantedCredits: row.grantedCredits,
  period: { from: row.periodStart.toISOString().slice(0, 10) },
});

/** One ask of the team. @throws `not_found` */
export async function fetchAsk(tx: Tx, teamId: string, id: string): Promise<LimitAsk> {
  const row = await tx.limitRequest.findUnique({ where: { teamId_id: { teamId, id } }, include: WITH_ASKER });
  if (!row) throw notFound();
  return toAsk(row);
}

/** The open asks of the running period, oldest first: of everybody for admins and owners, else one's own. */
export async function fetchOpenAsks(tx: Tx, ctx: TeamContext): Promise<LimitAsk[]> {
  const period = await fetchPeriodDays(tx, ctx.team.id);
  const rows = await tx.limitRequest.findMany({
    where: {
      teamId: ctx.team.id,
      upstream: ctx.team.upstream ?? "",
      periodStart: new Date(period.from),
      state: "open",
      ...(allows(ctx.member.role, "limits:write") ? {} : { memberId: ctx.member.id }),
    },
    include: WITH_ASKER,
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toAsk);
}

/** Ends an open ask; the asker is told of a grant and of a refusal. @throws `not_found`; `conflict` with reason `not_open` or `period_over` */
export async function decideAsk(
  tx: Tx,
  ctx: TeamContext,
  id: string,
  decision: { state: "declined" | "withdrawn" } | { state: "granted"; credits: number },
): Promise<LimitAsk> {
  const credits = decision.state === "granted" ? decision.credits : null;
  const [decided] = await tx.$queryRaw<{ result: "done" | "not_found" | "not_open" | "period_over" }[]>`
    select credits_decide_ask(${ctx.team.id}::uuid, ${id}::uuid, ${decision.state}, ${credits}::int, ${ctx.member.id}::uuid)
      as result`;
  if (!decided || decided.result === "not_found") throw notFound();
  if (decided.result !== "done") throw new AppError("conflict", { reason: decided.result });
  const ask = await fetchAsk(tx, ctx.team.id, id);
  await audit(tx, ctx, `limit.${decision.state}`, { askId: id, member: ask.member.id, asked: ask.credits, credits });
  const told = { to: { memberIds: [ask.member.id] }, link: "/settings/limits", dedupe: `limit_decided/${id}` };
  const memberId = ctx.member.id;
  if (decision.state === "granted") {
    await notify(tx, ctx.team.id, { ...told, kind: "limit_granted", facts: { memberId, credits: decision.credits } });
  } else if (decision.state === "declined") {
    await notify(tx, ctx.team.id, { ...told, kind: "limit_declined", facts: { memberId } });
  }
  return ask;
}

/** The credit settings with the running period and the next, within the caller's transaction. */
export async function fetchTeamCreditSettings(tx: Tx, teamId: string): Promise<TeamCreditSettings> {
  const settings = await fetchCreditSettings(tx, teamId);
  const { periodFirstDay } = await tx.team.findUniqueOrThrow({
    where: { id: teamId },
    select: { periodFirstDay: true },
  });
  const period = await fetchPeriodDays(tx, teamId);
  const nextPeriod = await fetchPeriodDays(tx, teamId, period.resetsAt);
  return { ...settings, periodFirstDay, period, nextPeriod };
}
