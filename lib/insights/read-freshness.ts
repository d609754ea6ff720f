import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { questionKey } from "./question";
import type { Question } from "./schemas";

export type Freshness = {
  question: Question;
  /** When the newest stored answer was fetched; null when there is none. */
  fetchedAt: Date | null;
  /** Whether that answer would serve for nothing now. */
  fresh: boolean;
  /** How many rows it says the whole ranking has. */
  total: number | null;
  snapshotId: string | null;
};

/** What is stored of each question, in the order given, and whether it is younger than the accepted age. */
export async function readFreshness(
  ctx: TeamContext,
  questions: Question[],
  maxAgeMinutes: number,
): Promise<Freshness[]> {
  const { upstream } = ctx.team;
  if (!upstream || questions.length === 0) {
    return questions.map((question) => ({ question, fetchedAt: null, fresh: false, total: null, snapshotId: null }));
  }
  const keys = questions.map((question) => questionKey(upstream, question));
  type Row = { question_key: string; fetched_at: Date; fresh: boolean; total: number | null; id: string };
  const rows = await withTeam(
    ctx,
    "insights:read",
    (tx) => tx.$queryRaw<Row[]>`
      select f.question_key, f.newest_fetched_at as fetched_at, s.total, s.id,
        (f.newest_is_final and ${maxAgeMinutes}::int > 0)
          or f.newest_fetched_at > app_now() - ${maxAgeMinutes}::int * interval '1 minute' as fresh
      from flight f join snapshot s on s.team_id = f.team_id and s.id = f.newest_snapshot_id
      where f.team_id = ${ctx.team.id}::uuid and f.question_key = any(${keys}::text[])`,
  );
  const found = new Map(rows.map((row) => [row.question_key, row]));
  return questions.map((question, index) => {
    const row = found.get(keys[index] ?? "");
    return {
      question,
      fetchedAt: row?.fetched_at ?? null,
      fresh: row?.fresh ?? false,
      total: row?.total ?? null,
      snapshotId: row?.id ?? null,
    };
  });
}
