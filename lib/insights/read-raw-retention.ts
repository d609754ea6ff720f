import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { notFound } from "@/lib/platform/errors";
import type { RawRetention, RawRetentionInput } from "./schemas";

type Row = {
  days: number | null;
  answers: number;
  bytes: bigint;
  freed_answers: number;
  freed_bytes: bigint;
  forgotten_answers: number;
  forgotten_bytes: bigint;
};

/**
 * What the team's retention of raw answers, or another number of days, would free now; what a request still to confirm
 * brought is never freed. Changes nothing.
 */
export async function readRawRetention(ctx: TeamContext, input: RawRetentionInput): Promise<RawRetention> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select t.days, count(a.body)::int as answers, coalesce(sum(octet_length(a.body)), 0)::bigint as bytes,
        (count(*) filter (where a.goes))::int as freed_answers,
        coalesce(sum(octet_length(a.body)) filter (where a.goes), 0)::bigint as freed_bytes,
        f.answers as forgotten_answers, f.bytes as forgotten_bytes
      from (select coalesce(${input.days ?? null}::int, x.raw_retention_days) as days, app_now() as now
          from team x where x.id = ${ctx.team.id}::uuid) t
        cross join (select count(*)::int as answers, coalesce(sum(x.bytes), 0)::bigint as bytes
          from raw_forgotten x where x.team_id = ${ctx.team.id}::uuid) f
        left join lateral (select x.body, x.received_at < t.now - make_interval(days => t.days)
            and r.state in ('charged', 'not_charged', 'released') as goes
          from raw_answer x join credit_request r on r.team_id = x.team_id and r.id = x.request_id
          where x.team_id = ${ctx.team.id}::uuid) a on true
      group by t.days, f.answers, f.bytes`;
    if (!row) throw notFound();
    const bytes = Number(row.bytes);
    const freed = { answers: row.freed_answers, bytes: Number(row.freed_bytes) };
    return {
      days: row.days,
      freed,
      kept: { answers: row.answers - freed.answers, bytes: bytes - freed.bytes },
      forgotten: { answers: row.forgotten_answers, bytes: Number(row.forgotten_bytes) },
    };
  });
}
