import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { fetchCreditSettings, requestConditions } from "./internal";
import type { EntriesInput, LedgerEntry } from "./schemas";

const PAGE = 50;

type Row = {
  id: string;
  reserved_at: Date;
  /** The same instant to the microsecond, for the cursor. */
  at_text: string;
  upstream: LedgerEntry["upstream"];
  member_id: string;
  member_name: string;
  token_name: string | null;
  purpose: LedgerEntry["purpose"];
  region: string;
  window: string;
  category_id: string;
  category_name: string | null;
  q: string;
  page: number;
  state: LedgerEntry["outcome"] | "reserved" | "sending";
  over: boolean;
  basis: LedgerEntry["basis"];
  problem: string | null;
  price_credits: number;
  upstream_request_id: string | null;
  row_count: number | null;
};

/** The ledger of the team's upstream, newest first, 50 entries at a time. @throws `invalid_request` for a foreign cursor. */
export async function readEntries(
  ctx: TeamContext,
  input: EntriesInput,
): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> {
  const before = input.cursor ? readCursor(input.cursor) : null;
  const below = before
    ? Prisma.sql`and (r.reserved_at, r.id) < (${before.at}::timestamptz, ${before.id}::uuid)`
    : Prisma.empty;
  return withTeam(ctx, "credits:read", async (tx) => {
    const conditions = requestConditions(ctx, input, await fetchCreditSettings(tx, ctx.team.id));
    const rows = await tx.$queryRaw<Row[]>`
      select r.id, r.reserved_at, r.reserved_at::text as at_text, r.upstream, r.member_id, u.name as member_name,
        k.name as token_name, r.purpose, r.region, r."window", r.category_id, c.name as category_name, r.q, r.page, r.state,
        coalesce(r.lease_until <= clock_timestamp(), false) as over, r.basis, r.problem, r.price_credits,
        r.upstream_request_id, s.row_count
      from credit_request r
        join membership m on m.team_id = r.team_id and m.id = r.member_id
        join user_account u on u.id = m.user_id
        left join api_token k on k.team_id = r.team_id and k.id = r.token_id
        left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
        left join snapshot s on s.team_id = r.team_id and s.request_id = r.id
      where ${conditions} ${below}
      order by r.reserved_at desc, r.id desc limit ${PAGE + 1}`;
    const last = rows.length > PAGE ? rows[PAGE - 1] : null;
    return { items: rows.slice(0, PAGE).map(toEntry), nextCursor: last ? writeCursor(last) : null };
  });
}

/** What a reader is told: a request whose lease ran out is what the sweeper will make of it. */
function outcomeOf({ state, over }: Pick<Row, "state" | "over">): LedgerEntry["outcome"] {
  if (state === "sending") return over ? "unsettled" : "held";
  if (state === "reserved") return over ? "released" : "held";
  return state;
}

function toEntry(row: Row): LedgerEntry {
  const outcome = outcomeOf(row);
  return {
    id: row.id,
    at: row.reserved_at.toISOString(),
    upstream: row.upstream,
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
    outcome,
    basis: row.basis,
    problem: row.problem,
    credits: outcome === "not_charged" || outcome === "released" ? 0 : row.price_credits,
    upstreamRequestId: row.upstream_request_id,
    rowCount: row.row_count,
  };
}

const writeCursor = (row: Row) => Buffer.from(`${row.at_text}|${row.id}`).toString("base64url");

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  const known =
    at && id && /^[0-9a-f-]{36}$/.test(id) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/.test(at);
  if (!known) throw invalid("cursor", "cursor_unknown");
  return { at, id };
}
