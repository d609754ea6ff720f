import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { insightsProducts } from "@/lib/keyapi/endpoints/insights-products";
import { requestPath } from "@/lib/keyapi/request-path";
import type { Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { fetchReceiptScope, type ReceiptScope } from "./internal";
import type { FullReceipt, ReceiptEvent } from "./schemas";

type Row = Pick<FullReceipt, "upstream" | "outcome" | "basis" | "problem"> & {
  id: string;
  member_name: string;
  by_share: boolean;
  token_name: string | null;
  purpose: NonNullable<FullReceipt["details"]>["purpose"];
  reserved_at: Date;
  sent_at: Date | null;
  region: FullReceipt["query"]["region"];
  window: string;
  category_id: string;
  category_name: string | null;
  q: string;
  page: number;
  http_status: number | null;
  upstream_request_id: string | null;
  price_credits: number;
  row_count: number | null;
  total: number | null;
  received_at: Date | null;
  raw_bytes: number | null;
  raw_sha256: string | null;
  forgotten_at: Date | null;
};

/**
 * The receipt of a request: who asked for what, when and at what price, what came of it step by step, and how often
 * its answer served for nothing since. Credits; times in milliseconds. Never holds the key.
 * @throws `not_found` for a request of another team, and for a failed one of somebody whose requests are hidden
 */
export async function readReceipt(ctx: TeamContext, requestId: string): Promise<FullReceipt> {
  return withTeam(ctx, "insights:read", async (tx) => {
    const scope = await fetchReceiptScope(tx, ctx, requestId);
    const [row] = await tx.$queryRaw<Row[]>`
      select r.id, r.upstream, u.name as member_name, r.by_share, k.name as token_name, r.purpose, r.reserved_at, r.sent_at, r.region,
        r."window", r.category_id, c.name as category_name, r.q, r.page, r.http_status, r.upstream_request_id,
        r.price_credits, r.basis, r.problem, s.row_count, s.total,
        coalesce(s.fetched_at, a.received_at, f.received_at) as received_at,
        coalesce(octet_length(a.body), f.bytes) as raw_bytes,
        coalesce(encode(sha256(a.body), 'hex'), f.sha256) as raw_sha256, f.forgotten_at,
        case when r.state = 'sending' and r.lease_until <= clock_timestamp() then 'unsettled'
          when r.state = 'reserved' and r.lease_until <= clock_timestamp() then 'released'
          when r.state in ('reserved', 'sending') then 'held' else r.state end as outcome
      from credit_request r
        join membership m on m.team_id = r.team_id and m.id = r.member_id
        join user_account u on u.id = m.user_id
        left join api_token k on k.team_id = r.team_id and k.id = r.token_id
        left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
        left join snapshot s on s.team_id = r.team_id and s.request_id = r.id
        left join raw_answer a on a.team_id = r.team_id and a.request_id = r.id
        left join raw_forgotten f on f.team_id = r.team_id and f.request_id = r.id
      where r.team_id = ${ctx.team.id}::uuid and r.id = ${requestId}::uuid`;
    if (!row) throw notFound();
    return { ...toReceipt(row, scope), details: scope.seesDetails ? await readDetails(tx, ctx, row, scope) : null };
  });
}

function toReceipt(row: Row, { memberId }: ReceiptScope): Omit<FullReceipt, "details"> {
  const asked = { region: row.region, window: row.window, category: row.category_id || null, q: row.q || null };
  const isFree = row.outcome === "not_charged" || row.outcome === "released";
  return {
    id: row.id,
    upstream: row.upstream,
    boughtBy: { id: memberId, name: row.member_name },
    paidBy: row.by_share ? "share" : "member",
    askedAt: row.reserved_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    query: { ...asked, categoryName: row.category_name, page: row.page },
    upstreamPath: row.sent_at && requestPath(insightsProducts, { ...asked, page: row.page }),
    upstreamRequestId: row.upstream_request_id,
    httpStatus: row.http_status,
    priceCredits: row.price_credits,
    credits: isFree ? 0 : row.price_credits,
    outcome: row.outcome,
    basis: row.basis,
    problem: row.problem,
    rowCount: row.row_count,
    total: row.total,
    raw: {
      state: row.forgotten_at ? "forgotten" : row.raw_bytes === null ? "none" : "kept",
      bytes: row.raw_bytes,
      sha256: row.raw_sha256,
      forgottenAt: row.forgotten_at?.toISOString() ?? null,
    },
  };
}

async function readDetails(tx: Tx, ctx: TeamContext, row: Row, scope: ReceiptScope): Promise<FullReceipt["details"]> {
  const events = await tx.$queryRaw<(Omit<ReceiptEvent, "at"> & { at: Date })[]>`
    select e.seq, e.kind, e.credits, e.state, e.at, e.basis, e.problem,
      case when e.by_member_id is not null then e.reason end as reason, u.name as by
    from credit_event e
      left join membership m on m.team_id = e.team_id and m.id = e.by_member_id
      left join user_account u on u.id = m.user_id
    where e.team_id = ${ctx.team.id}::uuid and e.request_id = ${row.id}::uuid order by e.seq`;
  // Two counts and not one with "or": each has an index of its own.
  const [served] = await tx.$queryRaw<{ free: number }[]>`
    select ((select count(*) from served_answer x where x.team_id = ${ctx.team.id}::uuid and x.source = 'stored'
          and x.snapshot_id = ${scope.snapshotId}::uuid)
      + (select count(*) from served_answer x where x.team_id = ${ctx.team.id}::uuid and x.source = 'shared'
          and x.request_id = ${row.id}::uuid))::int as free`;
  const servedFree = served?.free ?? 0;
  return {
    purpose: row.purpose,
    tokenName: row.token_name,
    latencyMs: row.sent_at && row.received_at ? Math.max(0, row.received_at.getTime() - row.sent_at.getTime()) : null,
    events: events.map((event) => ({ ...event, at: event.at.toISOString() })),
    servedFree,
    // Those who waited for an answer that never came have saved nothing.
    savedCredits: scope.snapshotId ? servedFree * row.price_credits : 0,
  };
}
