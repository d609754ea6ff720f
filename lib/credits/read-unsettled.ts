import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { readTablePage } from "@/lib/platform/format/table-page";
import { fetchCreditSettings, usageView } from "./internal";
import { type Purpose, UNSETTLED_ENDINGS, type Unsettled, type UnsettledRequest } from "./schemas";

const MOST_SETTLED = 20;

type Row = {
  id: string;
  reserved_at: Date;
  ended_at: Date;
  member_id: string;
  member_name: string;
  token_name: string | null;
  purpose: Purpose;
  region: string;
  window: string;
  category_id: string;
  category_name: string | null;
  q: string;
  page: number;
  price_credits: number;
  state: UnsettledRequest["outcome"] | "sending";
  basis: UnsettledRequest["basis"];
  reason: string | null;
  ending: string | null;
  http_status: number | null;
  raw_bytes: number | null;
  upstream_request_id: string | null;
  last_four: string;
  settled_by: string | null;
};

/** A request that was sent and whose lease ran out is unsettled, whether or not the sweeper has been there. */
const WAITS = Prisma.sql`(r.state = 'unsettled' or (r.state = 'sending' and r.lease_until <= clock_timestamp()))`;

/**
 * Requests of the team's upstream whose cost nobody knows, with all that is known of each, what the team's rule will
 * make of them, and what was settled last by people or that rule. Within what this reader may see of others' usage.
 * @param focus a request that is to stand among the settled ones, whenever and however it was settled.
 * @param page of those that wait, the oldest first
 */
export async function readUnsettled(ctx: TeamContext, focus: string | null = null, page = 1): Promise<Unsettled> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const settings = await fetchCreditSettings(tx, ctx.team.id);
    const visible = Prisma.sql`r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""}
      ${usageView(ctx, settings) === "all" ? Prisma.empty : Prisma.sql`and r.member_id = ${ctx.member.id}::uuid`}`;
    const requests = (rest: Prisma.Sql) => tx.$queryRaw<Row[]>`
      select r.id, r.reserved_at, coalesce(r.settled_at, r.lease_until) as ended_at, r.member_id, u.name as member_name,
        k.name as token_name, r.purpose, r.region, r."window", r.category_id, c.name as category_name, r.q, r.page,
        r.price_credits, r.state, r.basis, r.reason, coalesce(ended.reason, case r.state when 'sending' then 'lease_ended' end) as ending,
        coalesce(r.http_status, raw.http_status) as http_status, octet_length(raw.body) as raw_bytes,
        r.upstream_request_id, y.last_four, settler.name as settled_by
      from credit_request r
        join membership m on m.team_id = r.team_id and m.id = r.member_id
        join user_account u on u.id = m.user_id
        join team_key y on y.team_id = r.team_id and y.id = r.key_id
        left join api_token k on k.team_id = r.team_id and k.id = r.token_id
        left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
        left join raw_answer raw on raw.team_id = r.team_id and raw.request_id = r.id
        left join credit_event ended on ended.team_id = r.team_id and ended.request_id = r.id and ended.kind = 'unsettled'
        left join lateral (select s.name from credit_event e
            join membership b on b.team_id = e.team_id and b.id = e.by_member_id join user_account s on s.id = b.user_id
          where e.team_id = r.team_id and e.request_id = r.id and r.basis = 'by_hand' order by e.seq desc limit 1) settler
          on true
      where ${visible} and ${rest}`;
    const [sum] = await tx.$queryRaw<{ count: number; credits: number }[]>`
      select count(*)::int as count, coalesce(sum(r.price_credits), 0)::int as credits
      from credit_request r where ${visible} and ${WAITS}`;
    const count = sum?.count ?? 0;
    const waiting = await readTablePage(
      { q: "", page },
      async () => count,
      (limit, offset) =>
        requests(Prisma.sql`${WAITS} order by r.sent_at, r.id limit ${limit}::int offset ${offset}::int`),
    );
    const settled = await requests(Prisma.sql`(r.basis = 'by_hand' or r.reason = 'team_rule')
      order by r.settled_at desc limit ${MOST_SETTLED}`);
    const focused =
      focus && ![...waiting.items, ...settled].some(({ id }) => id === focus)
        ? await requests(Prisma.sql`r.id = ${focus}::uuid and r.state in ('charged', 'not_charged')`)
        : [];
    return {
      ...waiting,
      items: waiting.items.map(toRequest),
      count,
      credits: sum?.credits ?? 0,
      rule: { unsettledRule: settings.unsettledRule, unsettledAfterHours: settings.unsettledAfterHours },
      settled: [...focused, ...settled].map(toRequest),
    };
  });
}

function toRequest(row: Row): UnsettledRequest {
  const outcome = row.state === "sending" ? "unsettled" : row.state;
  return {
    id: row.id,
    askedAt: row.reserved_at.toISOString(),
    endedAt: row.ended_at.toISOString(),
    member: { id: row.member_id, name: row.member_name },
    tokenName: row.token_name,
    purpose: row.purpose,
    query: {
      region: row.region,
      window: row.window,
      category: row.category_id || null,
      categoryName: row.category_name,
      q: row.q || null,
      page: row.page,
    },
    credits: row.price_credits,
    outcome,
    basis: row.basis,
    byRule: row.basis === "assumed" && row.reason === "team_rule",
    ending: UNSETTLED_ENDINGS.find((known) => known === row.ending) ?? null,
    httpStatus: row.http_status,
    rawBytes: row.raw_bytes,
    upstreamRequestId: row.upstream_request_id,
    keyLastFour: row.last_four,
    settledBy: row.settled_by === null ? null : { name: row.settled_by, reason: row.reason ?? "" },
  };
}
