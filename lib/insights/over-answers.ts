import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Prisma, Tx } from "@/lib/platform/db";
import { fetchWalls } from "./breaks";

type Team = Pick<TeamContext["team"], "id" | "upstream">;

const MOST_KEPT = 50;
const kept = new Map<string, readonly unknown[]>();

/**
 * The rows of a long statement over a team's stored answers, kept by this process until that could come to something
 * else: stored answers never change, so it takes another answer, another verdict on a change of the provider's, or
 * something that the statement reads `besides`. Whoever gets the rows leaves them as they are.
 */
export async function overAnswers<Row>(
  tx: Tx,
  team: Team,
  statement: Prisma.Sql,
  besides: readonly string[] = [],
): Promise<readonly Row[]> {
  const [stored, walls] = await Promise.all([fetchStored(tx, team), fetchWalls(tx, team)]);
  const key = JSON.stringify([statement.sql, statement.values, stored, walls, besides]);
  const rows = (kept.get(key) as readonly Row[] | undefined) ?? (await tx.$queryRaw<Row[]>(statement));
  // The ones used last stay.
  kept.delete(key);
  kept.set(key, rows);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return rows;
}

/**
 * Names what is stored: the newest answer, and how many came shortly before. An answer is stored within its request's
 * lease of being fetched, so that one that comes out of turn is among those.
 */
async function fetchStored(tx: Tx, team: Team) {
  const [newest] = await tx.$queryRaw<{ id: string; at: Date; many: number }[]>`
    select s.id, s.fetched_at as at, (select count(*)::int from snapshot r where r.team_id = ${team.id}::uuid
      and r.upstream = ${team.upstream ?? ""} and r.fetched_at > s.fetched_at - interval '15 minutes') as many
    from snapshot s where s.team_id = ${team.id}::uuid and s.upstream = ${team.upstream ?? ""}
    order by s.fetched_at desc limit 1`;
  return newest ?? null;
}
